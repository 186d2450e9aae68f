"""A person's questions, votes and answers: theirs to take along, and nameless after them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from accounts.services.privacy import erase, export_everything
from events.enums import EventStatus
from talks.discussion.models import QuestionLog, QuestionVote
from talks.discussion.personal_data import forget
from talks.discussion.services.asking import vote
from talks.discussion.services.question_desk import hide
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return TalkQuestionFactory(talk__event__status=EventStatus.OPENED, body="Why?")


def test_questions_stay_without_those_who_asked_voted_and_moderated(question):
    person = question.asker
    vote(question=question, actor=person)
    answer = AnswerFactory(question=question, author=person)
    hide(question=question, actor=person)
    erase(user=person)
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.asker, question.body, question.votes, question.hidden_by) == (None, "Why?", 1, None)
    assert (answer.author, QuestionVote.objects.get().voter, QuestionLog.objects.get().actor) == (
        None,
        None,
        None,
    )


def test_download_has_the_questions_and_the_votes_but_no_key(question):
    vote(question=question, actor=question.asker)
    with ZipFile(BytesIO(export_everything(user=question.asker))) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".json")}
    told = json.dumps(texts, ensure_ascii=False)
    assert ("Why?" in told, "votes for questions" in told) == (True, True)
    assert str(question.client_key) not in told


def test_ended_event_forgets_who_asked_and_voted_and_keeps_words_and_numbers(question):
    other = TalkQuestionFactory(talk__event__status=EventStatus.OPENED)
    vote(question=question, actor=UserFactory())
    assert forget(question.talk.event) == 2
    question.refresh_from_db()
    other.refresh_from_db()
    assert (question.asker, question.body, question.votes) == (None, "Why?", 1)
    assert other.asker is not None
    assert forget(question.talk.event) == 0
