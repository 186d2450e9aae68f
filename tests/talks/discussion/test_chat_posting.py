"""Writing in the chat: names, keys, pace, and everything that can be in the way."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.enums import Role
from events.models import PublicProfile, Registration
from talks.discussion import chat_errors
from talks.discussion.chat_enums import Badge, MessageState
from talks.discussion.errors import Empty, TooLong
from talks.discussion.models import ChatMember, ChatMessage, ChatRoom
from talks.discussion.services.chat_rooms import change_room, switch_chat
from talks.discussion.services.message_posting import post
from talks.discussion.services.moderation_desk import hide
from talks.discussion.services.moderation_people import ban, lift, silence
from tests.factories.accounts import UserFactory
from tests.factories.chat import chat_track, chatter
from tests.factories.events import RegistrationFactory, RoleGrantFactory
from tests.factories.talks import SpeakerFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return chat_track()


def rest(person):
    """The person has waited long enough."""
    ChatMember.objects.filter(user=person).update(next_at=None)


def fresh(track):
    return type(track).objects.select_related("event__chat_settings", "chat_room").get(pk=track.pk)


def test_message_is_shown_and_has_its_place(track):
    person = chatter(track, "波")
    first, second = (post(track=track, body=f" {word} ", actor=person) for word in ("こんにちは", "Hello"))
    assert [first.body, second.body] == ["こんにちは", "Hello"]
    assert [(row.state, row.number, row.changed) for row in (first, second)] == [
        ("shown", 1, 1),
        ("shown", 2, 2),
    ]
    assert ChatRoom.objects.get().counter == 2


def test_same_key_is_the_same_message_whatever_has_happened_meanwhile(track):
    person, key = chatter(track, "波"), uuid.uuid4()
    first = post(track=track, body="Once", client_key=key, actor=person)
    change_room(track=track, slow_seconds=60, actor=person)
    again = post(track=fresh(track), body="Once", client_key=key, actor=person)
    assert (again.pk, ChatMessage.objects.count()) == (first.pk, 1)


def test_key_of_somebody_else_is_another_message(track):
    key = uuid.uuid4()
    rows = [post(track=track, body="Hi", client_key=key, actor=chatter(track, name)) for name in ("波", "海")]
    assert rows[0].pk != rows[1].pk


@pytest.mark.parametrize(("body", "error"), [(" \n ", Empty), ("", Empty), ("x" * 513, TooLong)])
def test_text_that_is_no_message_is_refused(track, body, error):
    with pytest.raises(error):
        post(track=track, body=body, actor=chatter(track, "波"))
    assert ChatMessage.objects.count() == 0


def test_nothing_is_posted_while_the_chat_is_off(track):
    person = chatter(track, "波")
    switch_chat(event=track.event, is_on=False, actor=person)
    with pytest.raises(chat_errors.ChatOff):
        post(track=fresh(track), body="Hi", actor=person)


def test_closed_room_is_open_to_staff_alone(track):
    person = chatter(track, "波")
    change_room(track=track, is_open=False, actor=person)
    with pytest.raises(chat_errors.RoomClosed):
        post(track=fresh(track), body="Hi", actor=person)
    moderator = RoleGrantFactory(event=track.event, role=Role.MODERATOR).user
    row = post(track=fresh(track), body="Closed for lunch", name="Mod", actor=moderator)
    assert (row.badge, row.author.name) == (Badge.STAFF, "Mod")


# Names


def test_first_message_needs_a_name_and_the_next_does_not(track):
    person = chatter(track)
    with pytest.raises(chat_errors.NameNeeded):
        post(track=track, body="Hi", actor=person)
    assert post(track=track, body="Hi", name=" 海の 人 ", actor=person).author.name == "海の 人"
    assert post(track=track, body="Hi", name="Other", actor=person).author.name == "海の 人"


def test_public_profile_names_an_attendee_and_one_kept_to_oneself_does_not(track):
    person = chatter(track)
    registration = Registration.objects.get(user=person)
    profile = PublicProfile.objects.create(registration=registration, nickname="灯台守", is_public=False)
    with pytest.raises(chat_errors.NameNeeded):
        post(track=track, body="Hi", actor=person)
    PublicProfile.objects.filter(pk=profile.pk).update(is_public=True)
    assert post(track=track, body="Hi", actor=person).author.name == "灯台守"


def test_speaker_writes_under_the_name_of_the_programme_with_a_badge(track):
    person = chatter(track)
    SpeakerFactory(event=track.event, user=person, name_ja="山田 太郎")
    row = post(track=track, body="Thanks", actor=person)
    assert (row.author.name, row.badge) == ("山田 太郎", Badge.SPEAKER)


@pytest.mark.parametrize("name", ["ai@example.com", "www.example.com", "https://x.test", "​", "…!", "x" * 41])
def test_address_or_nothing_is_no_name(track, name):
    with pytest.raises((chat_errors.NameRefused, chat_errors.NameNeeded)):
        post(track=track, body="Hi", name=name, actor=chatter(track))
    assert ChatMember.objects.count() == 0


@pytest.mark.parametrize("name", ["Nami", "ＮＡＭＩ", "na mi", "Taro Yamada"])
def test_nobody_writes_in_the_name_of_another(track, name):
    chatter(track, "nami")
    SpeakerFactory(event=track.event, name_en="Taro Yamada")
    with pytest.raises(chat_errors.NameTaken):
        post(track=track, body="Hi", name=name, actor=chatter(track))


# Replies


def test_answer_to_an_answer_hangs_on_the_first_message(track):
    person = chatter(track, "波")
    first = post(track=track, body="Question", actor=person)
    answer = post(track=track, body="Answer", reply_to=first.pk, actor=person)
    third = post(track=track, body="Thanks", reply_to=answer.pk, actor=person)
    assert [answer.reply_to_id, third.reply_to_id] == [first.pk, first.pk]


def test_answer_to_what_has_gone_is_refused_and_never_becomes_a_message_of_its_own(track):
    person = chatter(track, "波")
    first = post(track=track, body="Question", actor=person)
    hide(message=first, actor=person)
    with pytest.raises(chat_errors.MessageGone):
        post(track=track, body="Answer", reply_to=first.pk, actor=person)
    assert ChatMessage.objects.count() == 1
    assert ChatRoom.objects.get().counter == 2


# Pace


def test_burst_is_taken_and_then_there_is_a_countdown(track):
    person = chatter(track, "波")
    for number in range(5):
        post(track=track, body=str(number), actor=person)
    with pytest.raises(chat_errors.TooFast) as refused:
        post(track=track, body="5", actor=person)
    assert refused.value.retry_after in {1, 2}
    assert ChatMessage.objects.count() == 5


def test_slow_mode_counts_down_and_does_not_hold_staff(track):
    person = chatter(track, "波")
    moderator = RoleGrantFactory(event=track.event, role=Role.MODERATOR).user
    change_room(track=track, slow_seconds=30, actor=moderator)
    post(track=fresh(track), body="1", actor=person)
    with pytest.raises(chat_errors.TooFast) as refused:
        post(track=fresh(track), body="2", actor=person)
    assert refused.value.retry_after in {29, 30}
    with translation.override("en"):
        assert str(refused.value) == f"You can write again in {refused.value.retry_after} seconds."
    for number in range(8):
        post(track=fresh(track), body=str(number), name="Mod", actor=moderator)
    rest(person)
    assert post(track=fresh(track), body="2", actor=person).is_shown


@pytest.mark.django_db(transaction=True)
def test_burst_sent_at_once_is_no_longer_than_one_sent_in_order():
    track = chat_track()
    person = chatter(track, "波")
    change_room(track=track, slow_seconds=30, actor=person)

    def attempt():
        try:
            return post(track=fresh(track), body="Hi", actor=person).pk
        except chat_errors.TooFast:
            return None

    assert len([pk for pk in at_once(attempt, 6) if pk]) == 1


# Silence


def test_silenced_person_gets_the_reason_and_the_time(track):
    person, moderator = chatter(track, "波"), UserFactory()
    member = ChatMember.objects.get()
    silence(member=member, minutes=10, reason="Please calm down", actor=moderator)
    with pytest.raises(chat_errors.Silenced, match="Please calm down") as refused:
        post(track=track, body="Hi", actor=person)
    assert refused.value.until - timezone.now() < timedelta(minutes=10)


def test_silence_ends_by_itself_and_a_ban_does_not(track):
    person, moderator = chatter(track, "波"), UserFactory()
    member = ChatMember.objects.get()
    row = silence(member=member, minutes=10, reason="Calm", actor=moderator)
    type(row).objects.update(until=timezone.now() - timedelta(seconds=1))
    post(track=track, body="Back", actor=person)
    row = ban(member=member, reason="Enough", actor=moderator)
    with pytest.raises(chat_errors.Silenced, match="Enough"):
        post(track=track, body="Hi", actor=person)
    assert [lift(silence=row, actor=moderator) for _ in range(2)] == [True, False]
    assert post(track=track, body="Hi again", actor=person).is_shown


def test_silence_holds_in_every_room_of_its_event_and_in_no_other(track):
    person, elsewhere = chatter(track, "波"), chat_track()
    RegistrationFactory(event=elsewhere.event, user=person)
    silence(member=ChatMember.objects.get(), minutes=10, reason="Calm", actor=UserFactory())
    assert post(track=elsewhere, body="Hi", name="波", actor=person).is_shown


# Approval


def test_room_that_approves_first_keeps_the_message_waiting_and_counts_nothing(track):
    person = chatter(track, "波")
    change_room(track=track, approve_first=True, actor=person)
    row = post(track=fresh(track), body="Hi", actor=person)
    assert (row.state, row.number) == (MessageState.WAITING, None)
    assert ChatRoom.objects.get().counter == 1
