"""The questions to a talk, shaped for its list, and for the mail to its speakers."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from events.rules import Person
from talks.discussion import rules
from talks.discussion.live import question_state
from talks.discussion.models import Answer, QuestionVote, TalkQuestion
from talks.discussion.models.question import QuestionQuerySet
from talks.discussion.opening import CLOSED, why_closed
from talks.models import Talk


def whole_questions() -> QuestionQuerySet:
    """With everything that `live.question_state` reads; one further query for the answers."""
    answers = Prefetch("answers", Answer.objects.shown().select_related("speaker"))
    return TalkQuestion.objects.all().select_related("talk__event").prefetch_related(answers)


def talks_with_questions() -> QuerySet[Talk]:
    return Talk.objects.select_related("event__question_settings", "question_counter")


def revision_of(talk: Talk) -> int:
    """How many changes there were; no query after `talks_with_questions`."""
    counter = getattr(talk, "question_counter", None)
    return counter.revision if counter else 0


def standing(talk: Talk, user: Person, now: datetime, *, may_use_roles: bool) -> dict[str, Any]:
    """What this person may do here. Roles open nothing before the second factor."""
    role, why = rules.answer_role(user, talk), why_closed(talk, now)
    is_speaker = rules.is_speaker_of(user, talk)
    return {
        "signed_in": bool(user.is_authenticated),
        "current_user_role": role if is_speaker or may_use_roles else None,
        "can_ask": not why and rules.can_ask(user, talk),
        "can_moderate": is_speaker or (may_use_roles and rules.moderates_by_role(user, talk)),
        "can_delete": may_use_roles and rules.moderates_by_role(user, talk),
        "closed": {"code": why, "message": str(CLOSED[why])} if why else None,
    }


def listed_questions(talk: Talk, user: Person, *, hidden_too: bool) -> list[dict[str, Any]]:
    """Newest first, with what is the reader's own; three queries."""
    rows = whole_questions().filter(talk=talk)
    rows = rows.alive() if hidden_too else rows.shown()
    voted = _voted(talk, user)
    return [own_view(row, user, has_voted=row.pk in voted, hidden_too=hidden_too) for row in rows]


def own_view(row: TalkQuestion, user: Person, *, has_voted: bool, hidden_too: bool) -> dict[str, Any]:
    """A question for one reader. `is_hidden` is there for those who moderate, and for nobody else."""
    state = question_state(row)
    mine = {answer.pk for answer in row.answers.all() if user.pk and answer.author_id == user.pk}
    for answer in state["answers"]:
        answer["is_mine"] = answer["id"] in mine
    hidden = {"is_hidden": row.is_hidden} if hidden_too else {}
    return {**state, "has_voted": has_voted, "is_mine": rules.is_asker(user, row), **hidden}


def has_voted(question: TalkQuestion, user: Person) -> bool:
    return QuestionVote.objects.filter(question=question, voter=user.pk).exists()


def _voted(talk: Talk, user: Person) -> set[int]:
    if not user.is_authenticated:
        return set()
    rows = QuestionVote.objects.filter(question__talk=talk, voter=user.pk)
    return set(rows.values_list("question_id", flat=True))
