"""What speakers and staff do with questions: each act once, and in the log."""

import pytest

from events.enums import EventStatus
from talks.discussion.errors import CannotMerge, QuestionGone, QuestionsClosed
from talks.discussion.models import Answer, QuestionLog, QuestionVote, TalkQuestion
from talks.discussion.services import question_desk
from talks.discussion.services.answering import answer, delete_answer
from talks.discussion.services.asking import delete_question, vote
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.talks import SpeakerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return TalkQuestionFactory(talk__event__status=EventStatus.OPENED)


def log_of(question):
    return list(question.log.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("verb", "field", "value", "logged"),
    [
        ("mark_answered", "state", "answered", "answered"),
        ("pin", "is_pinned", True, "pinned"),
        ("hide", "is_hidden", True, "hidden"),
    ],
)
def test_act_is_done_and_logged_once(question, verb, field, value, logged):
    person = UserFactory()
    for _turn in range(2):
        changed = getattr(question_desk, verb)(question=question, actor=person)
    assert getattr(changed, field) == value
    assert log_of(question) == [logged]
    assert question.log.get().actor == person


@pytest.mark.parametrize(
    ("verb", "back", "logged"),
    [
        ("mark_answered", "reopen", ["answered", "reopened"]),
        ("pin", "unpin", ["pinned", "unpinned"]),
        ("hide", "show", ["hidden", "shown"]),
    ],
)
def test_act_is_taken_back(question, verb, back, logged):
    getattr(question_desk, verb)(question=question, actor=UserFactory())
    row = getattr(question_desk, back)(question=question, actor=UserFactory())
    assert (row.state, row.is_pinned, row.is_hidden, row.hidden_by) == ("open", False, False, None)
    assert log_of(question) == logged


def test_speaker_answers_by_the_name_of_the_programme(question):
    speaker = SpeakerFactory(event=question.talk.event, user=UserFactory())
    question.talk.speakers.add(speaker)
    row = answer(question=question, body=" Because. ", role="speaker", actor=speaker.user)
    given = row.answers.get()
    assert (given.body, given.role, given.speaker, given.author) == (
        "Because.",
        "speaker",
        speaker,
        speaker.user,
    )


def test_staff_answers_without_a_name(question):
    row = answer(question=question, body="Because.", role="staff", actor=UserFactory(name="Private"))
    assert row.answers.get().speaker is None


def test_answer_with_the_same_key_is_one_answer(question):
    person, key = UserFactory(), "8d5f8a3e-7c0d-4ae8-9d4f-0d2f1d6b8a11"
    for _turn in range(2):
        answer(question=question, body="Because.", role="staff", client_key=key, actor=person)
    assert Answer.objects.count() == 1


def test_answers_end_with_the_questions(question):
    question.talk.event.status = EventStatus.ARCHIVED
    with pytest.raises(QuestionsClosed):
        answer(question=question, body="Because.", role="staff", actor=UserFactory())


def test_own_question_is_deleted_with_its_words_and_without_a_name_in_the_log(question):
    assert delete_question(question=question, actor=question.asker) is True
    question.refresh_from_db()
    assert (question.body, question.asker, question.deleted_at is None) == ("", None, False)
    assert [(row.verb, row.actor) for row in QuestionLog.objects.all()] == [("deleted", None)]


def test_question_deleted_by_staff_keeps_its_words_for_the_record(question):
    body, person = question.body, UserFactory()
    delete_question(question=question, actor=person)
    question.refresh_from_db()
    assert (question.body, question.log.get().actor) == (body, person)


def test_deleting_twice_is_deleting_once(question):
    delete_question(question=question, actor=question.asker)
    assert delete_question(question=question, actor=question.asker) is False
    assert log_of(question) == ["deleted"]


def test_deleted_question_can_neither_be_hidden_nor_shown(question):
    delete_question(question=question, actor=UserFactory())
    for verb in (question_desk.hide, question_desk.show):
        with pytest.raises(QuestionGone):
            verb(question=question, actor=UserFactory())


def test_own_answer_is_deleted_with_its_words(question):
    given = AnswerFactory(question=question)
    assert delete_answer(answer=given, actor=given.author) is True
    assert delete_answer(answer=given, actor=given.author) is False
    given.refresh_from_db()
    assert (given.body, given.deleted_at is None) == ("", False)
    assert log_of(question) == ["answer_deleted"]


@pytest.fixture
def pair(question):
    return question, TalkQuestionFactory(talk=question.talk)


def test_merged_question_brings_its_votes_without_doubles_and_its_answers(pair):
    gone, stays = pair
    both, one, other = UserFactory(), UserFactory(), UserFactory()
    for question, person in [(gone, both), (stays, both), (gone, one), (stays, other)]:
        vote(question=question, actor=person)
    given = AnswerFactory(question=gone)
    merged = question_desk.merge(question=gone, into=stays, actor=UserFactory())
    assert (merged.pk, merged.votes) == (stays.pk, 3)
    assert set(QuestionVote.objects.filter(question=stays).values_list("voter", flat=True)) == {
        both.pk,
        one.pk,
        other.pk,
    }
    assert [row.pk for row in merged.answers.all()] == [given.pk]
    assert TalkQuestion.objects.shown().get() == stays
    assert log_of(gone) == ["merged"]


def test_question_merged_twice_follows_the_last(pair):
    gone, stays = pair
    last = TalkQuestionFactory(talk=gone.talk)
    question_desk.merge(question=gone, into=stays, actor=UserFactory())
    question_desk.merge(question=stays, into=last, actor=UserFactory())
    gone.refresh_from_db()
    assert gone.merged_into == last


def test_question_is_not_merged_into_itself_or_into_another_talks(question):
    for target in (question, TalkQuestionFactory()):
        with pytest.raises(CannotMerge):
            question_desk.merge(question=question, into=target, actor=UserFactory())


def test_question_is_not_merged_into_one_that_nobody_sees(pair):
    gone, stays = pair
    question_desk.hide(question=stays, actor=UserFactory())
    with pytest.raises(CannotMerge):
        question_desk.merge(question=gone, into=stays, actor=UserFactory())
    assert log_of(gone) == []
