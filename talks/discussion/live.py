"""What the questions to a talk say to those who follow it, on `talk.<id>`.

The revision is the talk's own count of changes, one per frame. A frame holds the whole question, and nothing
that only one person may know. One that viewers no longer see is told as removed, whatever the reason. Votes
come in storms: one frame has the numbers of all questions that were voted for since the last.
"""

from collections.abc import Iterable
from typing import Any

from dreamkast.lib.broadcast import send_on_commit
from events.live import moment
from talks.discussion.models import Answer, TalkQuestion
from talks.live import talk_group

ASKED, VOTED, ANSWERED, CHANGED = "question.asked", "question.voted", "question.answered", "question.changed"
REMOVED = "question.removed"


def question_state(question: TalkQuestion) -> dict[str, Any]:
    """One question, whole, as frames and the list by HTTP write it; its answers must be at hand."""
    return {
        "id": question.pk,
        "talk_id": question.talk_id,
        "body": question.body,
        "votes_count": question.votes,
        "state": question.state,
        "is_pinned": question.is_pinned,
        "created_at": moment(question.created_at),
        "answers": [answer_state(answer, question.talk.lang) for answer in question.answers.all()],
    }


def answer_state(answer: Answer, lang: str) -> dict[str, Any]:
    """Speakers answer by name, in the language of their talk; staff by their role alone."""
    name = answer.speaker.name_in(lang) if answer.speaker else ""
    return {
        "id": answer.pk,
        "body": answer.body,
        "answerer": {"type": answer.role, "name": name},
        "created_at": moment(answer.created_at),
    }


def question_changed(kind: str, revision: int, question: TalkQuestion) -> None:
    """Called inside the transaction that changed it."""
    send_on_commit(talk_group(question.talk_id), kind, revision, question_state(question))


def votes_counted(talk_id: int, revision: int, questions: Iterable[TalkQuestion]) -> None:
    """Called inside the transaction that wrote down what was told."""
    votes = [{"id": question.pk, "votes_count": question.votes} for question in questions]
    send_on_commit(talk_group(talk_id), VOTED, revision, {"talk_id": talk_id, "votes": votes})


def question_removed(revision: int, question: TalkQuestion) -> None:
    body = {"id": question.pk, "talk_id": question.talk_id}
    send_on_commit(talk_group(question.talk_id), REMOVED, revision, body)
