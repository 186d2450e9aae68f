"""Vote for a question: one person, one vote, however often it is sent."""

import pytest
from django.utils import translation

from events.enums import EventStatus
from talks.discussion.errors import QuestionGone, QuestionsClosed, VotedTooOften
from talks.discussion.models import QuestionVote
from talks.discussion.services.asking import VOTES_PER_PERSON, unvote, vote
from talks.discussion.services.question_desk import hide
from tests.factories.accounts import UserFactory
from tests.factories.discussion import TalkQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return TalkQuestionFactory(talk__event__status=EventStatus.OPENED)


def test_two_people_are_two_votes(question):
    vote(question=question, actor=UserFactory())
    assert vote(question=question, actor=UserFactory()).votes == 2


def test_voting_twice_is_one_vote(question):
    person = UserFactory()
    vote(question=question, actor=person)
    assert vote(question=question, actor=person).votes == 1


def test_vote_is_taken_back_once(question):
    person = UserFactory()
    vote(question=question, actor=person)
    assert unvote(question=question, actor=person).votes == 0
    assert unvote(question=question, actor=person).votes == 0


def test_own_question_can_be_voted_for(question):
    assert vote(question=question, actor=question.asker).votes == 1


def test_hidden_question_takes_no_vote(question):
    hide(question=question, actor=UserFactory())
    with pytest.raises(QuestionGone):
        vote(question=question, actor=UserFactory())
    assert QuestionVote.objects.count() == 0


def test_archived_event_takes_no_vote(question):
    question.talk.event.status = EventStatus.ARCHIVED
    with pytest.raises(QuestionsClosed):
        vote(question=question, actor=UserFactory())


def test_pressing_on_and_on_is_refused_with_a_sentence(question):
    person = UserFactory()
    for _turn in range(VOTES_PER_PERSON.uses):
        unvote(question=question, actor=person)
    with translation.override("en"), pytest.raises(VotedTooOften, match="Please wait a minute"):
        vote(question=question, actor=person)
