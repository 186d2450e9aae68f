"""What authors, readers and moderators do with messages, and what the log keeps of it."""

import pytest

from talks.discussion.chat_enums import MessageState, Reaction
from talks.discussion.chat_errors import MessageGone, NoReason
from talks.discussion.models import (
    ChatLog,
    ChatMember,
    ChatMessage,
    ChatReaction,
    ChatReport,
    ChatRoom,
    ChatSilence,
)
from talks.discussion.services import message_own, moderation_desk, moderation_people
from talks.discussion.services.chat_rooms import change_room, switch_chat
from talks.discussion.services.message_posting import post
from tests.factories.accounts import UserFactory
from tests.factories.chat import chat_track, chatter

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return chat_track()


@pytest.fixture
def author(track):
    return chatter(track, "波")


@pytest.fixture
def message(track, author):
    return post(track=track, body="First words", actor=author)


@pytest.fixture
def moderator():
    return UserFactory()


def log():
    return [(row.verb, row.text) for row in ChatLog.objects.order_by("pk")]


def counter():
    return ChatRoom.objects.get().counter


def test_author_changes_the_words_and_the_log_keeps_the_old_ones(message, author):
    row = message_own.edit(message=message, body="Second words", actor=author)
    message_own.edit(message=message, body="Second words", actor=author)
    assert (row.body, row.edited_at is not None, row.changed, row.number) == ("Second words", True, 2, 1)
    assert log() == [("edited", "First words")]


def test_change_in_a_room_that_approves_first_waits_again(track, message, author, moderator):
    change_room(track=track, approve_first=True, actor=moderator)
    message = ChatMessage.objects.select_related("room__track").get()
    row = message_own.edit(message=message, body="Worse words", actor=author)
    assert row.state == MessageState.WAITING
    assert row.changed == counter() == 3


def test_author_deletes_and_the_words_are_gone(message, author):
    assert [message_own.delete(message=message, actor=author) for _ in range(2)] == [True, False]
    row = ChatMessage.objects.get()
    assert (row.state, row.body, row.changed, log()) == ("deleted", "", 2, [])


def test_reactions_are_counted_once_per_person_and_kind(track, message, author):
    other = chatter(track, "海")
    for person in (author, author, other):
        message_own.react(message=message, kind=Reaction.CLAP, actor=person)
    assert (ChatReaction.objects.count(), counter()) == (2, 3)
    for _ in range(2):
        message_own.unreact(message=message, kind=Reaction.CLAP, actor=other)
    assert (ChatReaction.objects.count(), counter()) == (1, 4)


def test_report_keeps_the_text_as_it_was_and_names_nobody_in_the_log(track, message, author):
    reader = chatter(track)
    for reason in ("Rude", "Very rude"):
        message_own.report(message=message, reason=reason, actor=reader)
    message_own.delete(message=message, actor=author)
    report = ChatReport.objects.get()
    assert (report.text, report.reason, report.reporter) == ("First words", "Rude", reader)
    assert [(row.verb, row.text, row.actor) for row in ChatLog.objects.all()] == [
        ("reported", "First words", None)
    ]


def test_waiting_message_is_approved_at_the_end_of_the_room(track, author, moderator):
    change_room(track=track, approve_first=True, actor=moderator)
    fresh = type(track).objects.select_related("chat_room").get(pk=track.pk)
    waiting = post(track=fresh, body="Early", actor=author)
    change_room(track=track, approve_first=False, actor=moderator)
    later = post(track=track, body="Late", actor=author)
    row = moderation_desk.approve(message=waiting, actor=moderator)
    again = moderation_desk.approve(message=waiting, actor=moderator)
    assert (later.number, row.number, again.changed) == (3, 4, 4)
    assert log()[-1] == ("approved", "Early")


def test_hidden_message_is_shown_again_in_its_old_place(message, moderator):
    for _ in range(2):
        row = moderation_desk.hide(message=message, actor=moderator)
    assert (row.state, counter()) == ("hidden", 2)
    row = moderation_desk.show(message=message, actor=moderator)
    assert (row.state, row.number, row.changed) == ("shown", 1, 3)
    assert log() == [("hidden", "First words"), ("shown", "First words")]


def test_removed_message_loses_its_words_and_the_log_keeps_them(message, moderator):
    moderation_desk.remove(message=message, actor=moderator)
    assert ChatMessage.objects.get().body == ""
    assert log() == [("deleted", "First words")]
    with pytest.raises(MessageGone):
        moderation_desk.show(message=message, actor=moderator)


def test_act_of_a_moderator_settles_the_reports(track, message, moderator):
    message_own.report(message=message, reason="", actor=chatter(track))
    moderation_desk.dismiss(message=message, actor=moderator)
    moderation_desk.dismiss(message=message, actor=moderator)
    assert ChatReport.objects.get().settled_at is not None
    assert log() == [("reported", "First words"), ("dismissed", "First words")]


def test_ban_takes_everything_of_the_person_from_the_screens(track, message, author, moderator):
    second, others = post(track=track, body="More", actor=author), chatter(track, "海")
    kept = post(track=track, body="Mine", actor=others)
    moderation_people.ban(member=ChatMember.objects.get(name="波"), reason="Spam", actor=moderator)
    states = dict(ChatMessage.objects.values_list("pk", "state"))
    assert states == {message.pk: "hidden", second.pk: "hidden", kept.pk: "shown"}
    assert sorted(ChatMessage.objects.exclude(pk=kept.pk).values_list("changed", flat=True)) == [4, 5]
    assert log() == [("banned", ""), ("hidden", "First words"), ("hidden", "More")]


def test_second_silence_replaces_the_first(author, moderator):
    member = ChatMember.objects.get()
    for minutes in (10, 60):
        moderation_people.silence(member=member, minutes=minutes, reason="Calm", actor=moderator)
    assert ChatSilence.objects.filter(lifted_at=None).count() == 1


def test_silence_without_a_reason_is_refused(author, moderator):
    with pytest.raises(NoReason):
        moderation_people.ban(member=ChatMember.objects.get(), reason="  ", actor=moderator)
    assert ChatSilence.objects.count() == 0


def test_each_switch_is_logged_once_and_told_to_every_room(track, message, moderator):
    assert [switch_chat(event=track.event, is_on=False, actor=moderator) for _ in range(2)] == [True, False]
    change_room(track=track, slow_seconds=5, is_open=True, actor=moderator)
    change_room(track=track, slow_seconds=5, actor=moderator)
    notes = list(ChatLog.objects.order_by("pk").values_list("verb", "note", "room"))
    assert notes == [("switched", "is_on=False", None), ("switched", "slow_seconds=5", track.pk)]
    assert counter() == 3
