"""What the chat gives back to a person, what erasing takes, and what is left when an event is long over."""

import pytest

from talks.discussion.models import (
    ChatLog,
    ChatMember,
    ChatMessage,
    ChatReaction,
    ChatReport,
    ChatRoom,
    ChatSettings,
    ChatSilence,
)
from talks.discussion.services import message_own, moderation_desk
from talks.discussion.services.chat_retention import forget_chat, forget_chatter
from talks.discussion.services.message_posting import post
from talks.discussion.services.moderation_people import silence
from tests.factories.accounts import UserFactory
from tests.factories.chat import chat_track, chatter

pytestmark = pytest.mark.django_db


@pytest.fixture
def track():
    return chat_track()


def test_messages_of_an_erased_person_vanish_with_their_words(track):
    person, other = chatter(track, "波"), chatter(track, "海")
    mine = post(track=track, body="My words", actor=person)
    kept = post(track=track, body="Answer", reply_to=mine.pk, actor=other)
    message_own.react(message=kept, kind="heart", actor=person)
    before = ChatRoom.objects.get().counter
    assert forget_chatter(user=person) == 2
    rows = ChatMessage.objects.order_by("pk").values_list("state", "body")
    assert list(rows) == [("deleted", ""), ("shown", "Answer")]
    assert (ChatReaction.objects.count(), ChatRoom.objects.get().counter) == (0, before + 2)


def test_log_loses_the_name_and_keeps_the_evidence(track):
    person, moderator = chatter(track, "波"), UserFactory()
    moderation_desk.hide(message=post(track=track, body="Rude", actor=person), actor=moderator)
    forget_chatter(user=person)
    ChatMember.objects.all().delete()
    line = ChatLog.objects.get()
    assert (line.text, line.member, line.actor) == ("Rude", None, moderator)


def test_nothing_that_was_said_outlives_the_event_s_retention(track):
    person, elsewhere = chatter(track, "波"), chat_track()
    row = post(track=track, body="Words", actor=person)
    message_own.report(message=row, reason="", actor=UserFactory())
    silence(member=ChatMember.objects.get(), minutes=5, reason="Calm", actor=UserFactory())
    kept = post(track=elsewhere, body="Elsewhere", actor=chatter(elsewhere, "海"))
    assert forget_chat(event=track.event) > 0
    assert forget_chat(event=track.event) == 0
    left = [model.objects.count() for model in (ChatLog, ChatReport, ChatSilence, ChatRoom, ChatSettings)]
    assert (list(ChatMessage.objects.all()), left) == ([kept], [0, 0, 0, 2, 2])
