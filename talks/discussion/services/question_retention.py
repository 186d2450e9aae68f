"""Who asked and who voted is forgotten with the registrations of the event; words and numbers stay."""

from django.utils import timezone

from events.models import Event
from talks.discussion.models import QuestionVote, TalkQuestion


def forget_askers(*, event: Event) -> int:
    """How many rows knew somebody. Votes go, their number stays in the question."""
    asked = TalkQuestion.objects.filter(talk__event=event, asker__isnull=False)
    forgotten = asked.update(asker=None, updated_at=timezone.now())
    votes, _by_model = QuestionVote.objects.filter(question__talk__event=event).delete()
    return forgotten + votes
