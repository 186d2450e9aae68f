"""Tell viewers the numbers of votes: a first vote at once, a storm of them in one frame now and then.

Locks are taken in one order everywhere: questions, then the talk's count.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from talks.discussion import live
from talks.discussion.models import QuestionCount, TalkQuestion

REST = timedelta(milliseconds=500)
AT_ONCE = 200


def tell_vote(question: TalkQuestion) -> None:
    """Inside the transaction that holds the question. Within the rest nothing is sent: the tick does it."""
    now = timezone.now()
    QuestionCount.objects.get_or_create(talk_id=question.talk_id)
    if _rested(question.talk_id, now).update(votes_told_at=now):
        _tell(question.talk_id, [question.pk])


def tell_waiting_votes(now: datetime) -> int:
    """What was voted within the rest, by talk; how many talks were told. Run by a tick."""
    waiting = TalkQuestion.objects.untold().order_by().values_list("talk", flat=True).distinct()
    return sum(_tell_talk(talk_id, now) for talk_id in list(waiting))


@transaction.atomic
def _tell_talk(talk_id: int, now: datetime) -> bool:
    """Questions that somebody is voting for right now are left to the next round: nobody waits."""
    rows = TalkQuestion.objects.select_for_update(skip_locked=True).filter(talk=talk_id).order_by("pk")
    ids = [row.pk for row in rows.untold()[:AT_ONCE]]
    if not ids or not _rested(talk_id, now).update(votes_told_at=now):
        return False
    _tell(talk_id, ids)
    return True


def _rested(talk_id: int, now: datetime) -> QuerySet[QuestionCount]:
    told_before = Q(votes_told_at=None) | Q(votes_told_at__lte=now - REST)
    return QuestionCount.objects.filter(told_before, pk=talk_id)


def _tell(talk_id: int, ids: Sequence[int]) -> None:
    questions = TalkQuestion.objects.filter(pk__in=ids)
    questions.update(told_votes=F("votes"))
    counter = QuestionCount.objects.filter(pk=talk_id)
    counter.update(revision=F("revision") + 1)
    live.votes_counted(talk_id, counter.values_list("revision", flat=True).get(), questions.shown())
