"""What those who follow a talk hear of its questions: one whole frame per change, after the commit."""

import json

import pytest
from django.db import transaction
from django.utils import timezone

from events.enums import EventStatus
from events.live import moment
from talks.discussion.models import QuestionCount
from talks.discussion.services import question_desk
from talks.discussion.services.answering import answer, delete_answer
from talks.discussion.services.asking import ask, delete_question, vote
from talks.discussion.services.vote_telling import REST, tell_waiting_votes
from tests.factories.accounts import UserFactory
from tests.factories.discussion import AnswerFactory, TalkQuestionFactory
from tests.factories.events import EventFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def frames(django_capture_on_commit_callbacks):
    """What a change sends, as text and group, in order."""

    def of(change):
        with django_capture_on_commit_callbacks() as callbacks:
            change()
        messages = [callback.args[1] for callback in callbacks]
        return [(message["group"], json.loads(message["text"])) for message in messages]

    return of


@pytest.fixture
def question():
    return TalkQuestionFactory(talk__event__status=EventStatus.OPENED)


def whole(question, **changes):
    return {
        "id": question.pk,
        "talk_id": question.talk_id,
        "body": question.body,
        "votes_count": 0,
        "state": "open",
        "is_pinned": False,
        "created_at": moment(question.created_at),
        "answers": [],
    } | changes


def test_asked_question_is_told_whole_and_without_its_asker(frames):
    talk = TalkFactory(event=EventFactory(status=EventStatus.OPENED))
    asked = []
    sent = frames(lambda: asked.append(ask(talk=talk, body="Why?", actor=UserFactory())))
    body = whole(asked[0])
    assert sent == [(f"talk.{talk.pk}", {"kind": "question.asked", "revision": 1, "body": body})]


def test_vote_tells_the_number_and_not_who(frames, question):
    sent = frames(lambda: vote(question=question, actor=UserFactory()))
    assert sent == [(f"talk.{question.talk_id}", voted(question, 1, 1))]


def voted(question, revision, votes):
    numbers = [{"id": question.pk, "votes_count": votes}]
    return {
        "kind": "question.voted",
        "revision": revision,
        "body": {"talk_id": question.talk_id, "votes": numbers},
    }


def test_storm_of_votes_is_told_at_its_start_and_then_in_one_frame(frames, question):
    other = TalkQuestionFactory(talk=question.talk)

    def storm():
        for row in (question, question, other):
            vote(question=row, actor=UserFactory())

    assert [frame for _group, frame in frames(storm)] == [voted(question, 1, 1)]
    assert frames(lambda: tell_waiting_votes(timezone.now())) == []
    [(_group, frame)] = frames(lambda: tell_waiting_votes(timezone.now() + REST))
    numbers = {row["id"]: row["votes_count"] for row in frame["body"]["votes"]}
    assert (frame["revision"], numbers) == (2, {question.pk: 2, other.pk: 1})
    assert frames(lambda: tell_waiting_votes(timezone.now() + 2 * REST)) == []


def test_vote_for_a_question_that_was_hidden_meanwhile_is_not_told(frames, question):
    for _turn in range(2):
        vote(question=question, actor=UserFactory())
    question_desk.hide(question=question, actor=UserFactory())
    assert frames(lambda: tell_waiting_votes(timezone.now() + REST)) == []


def test_vote_that_changes_nothing_tells_nothing(frames, question):
    person = UserFactory()
    vote(question=question, actor=person)
    assert frames(lambda: vote(question=question, actor=person)) == []
    assert QuestionCount.objects.get().revision == 1


def test_answer_of_a_speaker_carries_name_and_role(frames, question):
    speaker = SpeakerFactory(event=question.talk.event, user=UserFactory(), name_ja="折戸 けい")
    question.talk.speakers.add(speaker)
    [(_group, frame)] = frames(
        lambda: answer(question=question, body="Because.", role="speaker", actor=speaker.user)
    )
    given = question.answers.get()
    assert (frame["kind"], frame["body"]["answers"]) == (
        "question.answered",
        [
            {
                "id": given.pk,
                "body": "Because.",
                "answerer": {"type": "speaker", "name": "折戸 けい"},
                "created_at": moment(given.created_at),
            }
        ],
    )


def test_each_change_raises_the_talks_own_count_by_one(frames, question):
    person = UserFactory()
    sent = frames(
        lambda: (
            vote(question=question, actor=person),
            question_desk.pin(question=question, actor=person),
            question_desk.mark_answered(question=question, actor=person),
        )
    )
    assert [(frame["kind"], frame["revision"]) for _group, frame in sent] == [
        ("question.voted", 1),
        ("question.changed", 2),
        ("question.changed", 3),
    ]
    assert sent[-1][1]["body"] == whole(question, votes_count=1, is_pinned=True, state="answered")


def removal(question, revision):
    body = {"id": question.pk, "talk_id": question.talk_id}
    return {"kind": "question.removed", "revision": revision, "body": body}


@pytest.mark.parametrize("take_away", [question_desk.hide, delete_question])
def test_hidden_and_deleted_questions_are_told_as_removed_without_their_words(frames, question, take_away):
    sent = frames(lambda: take_away(question=question, actor=UserFactory()))
    assert sent == [(f"talk.{question.talk_id}", removal(question, 1))]


def test_what_happens_to_a_hidden_question_stays_behind_the_curtain(frames, question):
    question_desk.hide(question=question, actor=UserFactory())
    sent = frames(lambda: question_desk.pin(question=question, actor=UserFactory()))
    assert sent == [(f"talk.{question.talk_id}", removal(question, 2))]


def test_question_that_is_shown_again_comes_whole(frames, question):
    question_desk.hide(question=question, actor=UserFactory())
    [(_group, frame)] = frames(lambda: question_desk.show(question=question, actor=UserFactory()))
    assert frame == {"kind": "question.changed", "revision": 2, "body": whole(question)}


def test_deleted_answer_leaves_the_question_without_it(frames, question):
    given = AnswerFactory(question=question)
    [(_group, frame)] = frames(lambda: delete_answer(answer=given, actor=given.author))
    assert frame == {"kind": "question.changed", "revision": 1, "body": whole(question)}


def test_merged_question_is_removed_and_the_other_told_whole(frames, question):
    other = TalkQuestionFactory(talk=question.talk)
    sent = frames(lambda: question_desk.merge(question=question, into=other, actor=UserFactory()))
    assert [frame for _group, frame in sent] == [
        removal(question, 1),
        {"kind": "question.changed", "revision": 2, "body": whole(other)},
    ]


@transaction.atomic
def vote_and_fail(question):
    vote(question=question, actor=UserFactory())
    raise RuntimeError


def test_nothing_is_told_when_the_transaction_fails(frames, question):
    def fail():
        with pytest.raises(RuntimeError):
            vote_and_fail(question)

    assert frames(fail) == []
    assert not QuestionCount.objects.exists()


def test_talks_have_counts_of_their_own(frames, question):
    other = TalkQuestionFactory(talk__event=question.talk.event)
    vote(question=question, actor=UserFactory())
    [(group, frame)] = frames(lambda: vote(question=other, actor=UserFactory()))
    assert (group, frame["revision"]) == (f"talk.{other.talk_id}", 1)
