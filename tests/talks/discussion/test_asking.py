"""Ask a question: once, by whom it is open to, in time, and not too often."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.services.limits import Limit
from events.enums import EventStatus
from talks.discussion.errors import AskedTooOften, Empty, QuestionsClosed, TooLong
from talks.discussion.models import QuestionSettings, TalkQuestion
from talks.discussion.services.asking import QUESTIONS_PER_PERSON, ask
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.factories.talks import TalkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def talk_of(status=EventStatus.OPENED, **values):
    return TalkFactory(event=EventFactory(status=status), **values)


def test_question_is_kept_trimmed_with_its_asker():
    talk, person = talk_of(), UserFactory()
    question = ask(talk=talk, body="  Why?\r\nHow?\n", actor=person)
    assert (question.body, question.asker, question.votes, question.state) == (
        "Why?\nHow?",
        person,
        0,
        "open",
    )


def test_same_key_is_the_same_question():
    talk, person, key = talk_of(), UserFactory(), uuid.uuid4()
    first = ask(talk=talk, body="Why?", client_key=key, actor=person)
    assert ask(talk=talk, body="Why?", client_key=key, actor=person) == first
    assert TalkQuestion.objects.count() == 1


def test_same_key_of_two_people_is_two_questions():
    talk, key = talk_of(), uuid.uuid4()
    for _turn in range(2):
        ask(talk=talk, body="Why?", client_key=key, actor=UserFactory())
    assert TalkQuestion.objects.count() == 2


@pytest.mark.parametrize("body", ["", "  \n ", "\0"])
def test_empty_question_is_refused(body):
    with pytest.raises(Empty, match="Please write something first"):
        ask(talk=talk_of(), body=body, actor=UserFactory())


def test_five_hundred_signs_are_taken_and_one_more_is_refused():
    talk, person = talk_of(), UserFactory()
    assert ask(talk=talk, body="質" * 500, actor=person).body == "質" * 500
    with pytest.raises(TooLong, match="at most 500 characters"):
        ask(talk=talk, body="質" * 501, actor=person)


def test_flood_is_refused_with_a_sentence_and_the_others_are_not():
    talk, person = talk_of(), UserFactory()
    for number in range(QUESTIONS_PER_PERSON.uses):
        ask(talk=talk, body=f"{number}?", actor=person)
    with pytest.raises(AskedTooOften, match="Please wait a minute"):
        ask(talk=talk, body="Once more?", actor=person)
    assert ask(talk=talk, body="Me too?", actor=UserFactory()).body == "Me too?"


def test_question_that_is_sent_again_uses_up_no_turn():
    talk, person, key = talk_of(), UserFactory(), uuid.uuid4()
    for _turn in range(QUESTIONS_PER_PERSON.uses + 1):
        ask(talk=talk, body="Why?", client_key=key, actor=person)
    assert TalkQuestion.objects.count() == 1


def test_limit_is_five_a_minute():
    assert Limit("questions per person", 5, timedelta(minutes=1)) == QUESTIONS_PER_PERSON


def refusal(talk):
    with pytest.raises(QuestionsClosed) as caught:
        ask(talk=talk, body="Why?", actor=UserFactory())
    assert TalkQuestion.objects.count() == 0
    return caught.value.why


@pytest.mark.parametrize(
    ("status", "why"), [(EventStatus.DRAFT, "not_public"), (EventStatus.ARCHIVED, "archived")]
)
def test_event_that_is_not_public_or_archived_takes_none(status, why):
    assert refusal(talk_of(status)) == why


@pytest.mark.parametrize("status", [EventStatus.ANNOUNCED, EventStatus.OPENED, EventStatus.CLOSED])
def test_announced_opened_and_closed_events_take_questions(status):
    assert ask(talk=talk_of(status), body="Why?", actor=UserFactory()).body == "Why?"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"is_published": False}, "not_public"),
        ({"cancelled_at": timezone.now()}, "cancelled"),
        ({"kind": "break"}, "no_talk"),
    ],
)
def test_talk_that_does_not_take_place_takes_none(values, why):
    assert refusal(talk_of(**values)) == why


def ended(ago):
    end = timezone.now() - ago
    return {"starts_at": end - timedelta(hours=1), "ends_at": end}


def test_questions_are_open_for_a_week_after_the_talk():
    soon = talk_of(**ended(timedelta(days=7, seconds=-60)))
    assert ask(talk=soon, body="Why?", actor=UserFactory()).talk == soon
    TalkQuestion.objects.all().delete()
    assert refusal(talk_of(**ended(timedelta(days=7)))) == "over"


def test_event_says_for_how_many_days():
    talk = talk_of(**ended(timedelta(days=3)))
    QuestionSettings.objects.create(event=talk.event, days=2)
    assert refusal(talk) == "over"


def test_event_can_switch_questions_off():
    talk = talk_of()
    QuestionSettings.objects.create(event=talk.event, takes_questions=False)
    assert refusal(talk) == "switched_off"
