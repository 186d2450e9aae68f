"""What speakers and staff do with the questions to a talk. Each act is a row of the log; twice is once."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from talks.discussion import live
from talks.discussion.enums import QuestionState, QuestionVerb
from talks.discussion.errors import CannotMerge
from talks.discussion.models import QuestionLog, QuestionVote, TalkQuestion
from talks.discussion.services.asking import locked
from talks.discussion.services.question_counter import announce


def mark_answered(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    return _set(question, QuestionVerb.ANSWERED, actor, state=QuestionState.ANSWERED)


def reopen(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    return _set(question, QuestionVerb.REOPENED, actor, state=QuestionState.OPEN)


def pin(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    return _set(question, QuestionVerb.PINNED, actor, is_pinned=True)


def unpin(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    return _set(question, QuestionVerb.UNPINNED, actor, is_pinned=False)


def hide(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    """Gone from every screen at once; those who moderate still see it in the list."""
    with transaction.atomic():
        row = locked(question, hidden_too=True)
        if row.is_hidden:
            return row
        return _write(row, QuestionVerb.HIDDEN, actor, hidden_at=timezone.now(), hidden_by=actor)


def show(*, question: TalkQuestion, actor: User) -> TalkQuestion:
    return _set(question, QuestionVerb.SHOWN, actor, hidden_at=None, hidden_by=None)


def _set(question: TalkQuestion, verb: QuestionVerb, actor: User, **values: Any) -> TalkQuestion:
    """Nothing is written, logged or said when it is so already."""
    with transaction.atomic():
        row = locked(question, hidden_too=True)
        if all(getattr(row, name) == value for name, value in values.items()):
            return row
        return _write(row, verb, actor, **values)


def _write(row: TalkQuestion, verb: QuestionVerb, actor: User, **values: Any) -> TalkQuestion:
    TalkQuestion.objects.filter(pk=row.pk).update(**values)
    QuestionLog.objects.create(question=row, verb=verb, actor=actor)
    return announce(live.CHANGED, row)


def merge(*, question: TalkQuestion, into: TalkQuestion, actor: User) -> TalkQuestion:
    """One question of two: the votes of both without doubles, and all answers. Raises DiscussionRefused."""
    if question.pk == into.pk or question.talk_id != into.talk_id:
        raise CannotMerge
    with transaction.atomic():
        # Always in the same order: two who merge crosswise must not wait for each other.
        rows = {row.pk: locked(row, hidden_too=True) for row in sorted([question, into], key=_number)}
        gone, stays = rows[question.pk], rows[into.pk]
        if stays.is_hidden:
            raise CannotMerge
        _move(gone, stays)
        _write(gone, QuestionVerb.MERGED, actor, merged_into=stays)
        return announce(live.CHANGED, stays)


def _number(question: TalkQuestion) -> int:
    return question.pk


def _move(gone: TalkQuestion, stays: TalkQuestion) -> None:
    same_voter = QuestionVote.objects.filter(question=stays, voter=OuterRef("voter"))
    QuestionVote.objects.filter(~Exists(same_voter), question=gone).update(question=stays)
    gone.answers.update(question=stays)
    gone.merged.update(merged_into=stays)
    TalkQuestion.objects.filter(pk=stays.pk).update(votes=QuestionVote.objects.filter(question=stays).count())
