"""Which input a track's encoder takes its picture from, as last seen: the one place that writes it."""

from datetime import datetime

from django.db.models import Q

from streaming import console_live
from streaming.models import Stream


def note_active_input(stream: Stream, active: str, *, asked_at: datetime) -> None:
    """Write down what an encoder said; the control rooms hear of a change. Called inside a transaction.

    Two ask beside each other: an answer to a question from before the other one's does not count.
    """
    older = Q(active_input_at=None) | Q(active_input_at__lte=asked_at)
    rows = Stream.objects.filter(older, pk=stream.pk)
    if rows.exclude(active_input=active).update(active_input=active, active_input_at=asked_at):
        console_live.console_changed(stream.track.event, stream.track_id)
    else:
        rows.update(active_input_at=asked_at)
