"""What a sample of the viewers reports: how soon after the command each of them saw the switch."""

import statistics
from bisect import insort
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from streaming.console_live import console_changed
from streaming.models import SwitchTimes

# So many viewers are enough for a median; what comes after them is not kept.
MOST_SIGHTINGS = 100
RECENT = timedelta(seconds=60)
# Two machines' clocks: a viewer cannot have seen a switch much before it happened.
CLOCKS_APART_MS = 500


def note_sighting(*, event_id: int, track_id: int, revision: int, ago_ms: int, received_at: datetime) -> bool:
    """Keep how long the switch took to one viewer. False when it is old, unknown, untrue or one too many."""
    wanted = _recent().filter(log__track=track_id, log__track__event=event_id, log__revision=revision)
    if not wanted.exists():
        return False
    with transaction.atomic():
        times = wanted.select_for_update(of=("self",)).select_related("log").first()
        if times is None:
            return False
        elapsed_ms = round((received_at - times.log.at).total_seconds() * 1000)
        return _add(times, elapsed_ms - ago_ms)


def tell_consoles() -> None:
    """One frame an event for all that viewers have reported since the last time."""
    untold = list(SwitchTimes.objects.filter(is_untold=True).select_related("log__track__event"))
    if not untold:
        return
    with transaction.atomic():
        SwitchTimes.objects.filter(pk__in=[times.pk for times in untold]).update(is_untold=False)
        for event in {times.log.track.event for times in untold}:
            console_changed(event)


def _recent() -> Any:
    return SwitchTimes.objects.filter(log__at__gte=Now() - RECENT, seen_count__lt=MOST_SIGHTINGS)


def _add(times: SwitchTimes, milliseconds: int) -> bool:
    if milliseconds < -CLOCKS_APART_MS:
        return False
    insort(times.seen_ms, max(milliseconds, 0))
    times.seen_count, times.seen_first_ms = len(times.seen_ms), times.seen_ms[0]
    times.seen_median_ms = round(statistics.median(times.seen_ms))
    times.is_untold = True
    times.save(update_fields=["seen_ms", "seen_count", "seen_first_ms", "seen_median_ms", "is_untold"])
    return True
