"""The last switches of each track: when they were asked for, accepted, in the picture, and seen."""

from collections import defaultdict
from typing import Any

from django.db.models import F

from events.live import moment
from events.models import Event
from streaming.models import OnAirLog, SwitchTimes

LAST = 5


def switches(event: Event) -> dict[int, list[dict[str, Any]]]:
    """By track, the newest first; one query."""
    last = OnAirLog.objects.filter(
        track__event=event, revision__gt=F("track__on_air__revision") - LAST
    ).select_related("times", "to_talk")
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for log in last.order_by("track_id", "-revision"):
        found[log.track_id].append(_switch(log, getattr(log, "times", None)))
    return found


def _switch(log: OnAirLog, times: SwitchTimes | None) -> dict[str, Any]:
    return {
        "revision": log.revision,
        "command": log.command,
        "talk_id": log.to_talk_id,
        "title": log.to_talk.title if log.to_talk else "",
        "card": log.to_card or None,
        "requested_at": moment(times.requested_at) if times else None,
        "accepted_at": moment(log.at),
        "mark": times.mark if times else None,
        "written_at": moment(times.written_at) if times else None,
        "error": times.error.partition("\n")[0][:200] if times else "",
        "fault": times.fault if times else "",
        "fault_subject": times.fault_subject if times else "",
        "seen": _seen(times),
    }


def _seen(times: SwitchTimes | None) -> dict[str, int | None] | None:
    """In milliseconds after the command; None when nobody has reported."""
    if times is None or not times.seen_count:
        return None
    return {
        "count": times.seen_count,
        "first_ms": times.seen_first_ms,
        "median_ms": times.seen_median_ms,
    }
