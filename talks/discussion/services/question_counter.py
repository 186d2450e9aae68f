"""The count of changes of a talk's questions, and the frame that goes with each."""

from django.db.models import F

from talks.discussion import live
from talks.discussion.models import QuestionCount, TalkQuestion
from talks.discussion.selectors import whole_questions


def announce(kind: str, question: TalkQuestion) -> TalkQuestion:
    """Raise the count and say what the question is now. The last write of its transaction, see _raise."""
    revision = _raise(question.talk_id)
    fresh = whole_questions().get(pk=question.pk)
    if fresh.is_hidden or fresh.deleted_at or fresh.merged_into_id:
        live.question_removed(revision, fresh)
    else:
        live.question_changed(kind, revision, fresh)
    return fresh


def _raise(talk_id: int) -> int:
    """The row stays locked until the commit, so frames come out in the order of their revisions."""
    counter = QuestionCount.objects.filter(pk=talk_id)
    if not counter.update(revision=F("revision") + 1):
        QuestionCount.objects.get_or_create(pk=talk_id)
        counter.update(revision=F("revision") + 1)
    value: int = counter.values_list("revision", flat=True).get()
    return value
