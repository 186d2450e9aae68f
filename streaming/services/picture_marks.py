"""Write switches into the picture: claim, judge, one call, record. No transaction is open during the call.

A worker that dies anywhere loses a lease of seconds; the next one writes the same note again, which viewers
know by its revision.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from events.models import LiveCounter
from streaming.console_live import console_changed
from streaming.enums import MarkState, Part
from streaming.marks import GIVE_UP_SECONDS, PER_ACCOUNT, PER_PICTURE, mark_text, pause
from streaming.media.gateway import GatewayError, GatewayPermanent, GatewayTransient
from streaming.media.marking import Marker, cloud_marker
from streaming.models import OnAirLog, Stream, SwitchTimes

LEASE = timedelta(seconds=3)
SECOND = timedelta(seconds=1)
TOO_LATE = "It was not written within 10 seconds."


def due_marks() -> list[int]:
    """What the tick should drive now."""
    due = SwitchTimes.objects.filter(mark=MarkState.WAITING, try_at__lte=Now())
    return list(due.order_by("try_at").values_list("pk", flat=True))


def write_mark(times_id: int, marker_of: Callable[[], Marker] = cloud_marker) -> float | None:
    """Make one attempt; returns in how many seconds the next should come, or None when there is none."""
    times = _claim(times_id)
    if times is None:
        return None
    picture = _picture(times)
    if not picture:
        return _end(times, MarkState.NO_PICTURE)
    if _is_overtaken(times):
        return _end(times, MarkState.SUPERSEDED)
    if _is_too_late(times):
        return _end(times, MarkState.FAILED, error=times.error or TOO_LATE)
    if not _book_call(times):
        return _put_off(times, random.uniform(0.5, 1.0))
    return _attempt(times, picture, marker_of())


def _attempt(times: SwitchTimes, picture: str, marker: Marker) -> float | None:
    try:
        is_live = marker.put(picture, _text(times))
    except GatewayTransient as error:
        return _put_off(times, pause(times.attempts + 1), **_told(error))
    except GatewayPermanent as error:
        return _end(times, MarkState.FAILED, **_told(error))
    if not is_live:
        return _end(times, MarkState.NO_PICTURE)
    return _end(times, MarkState.WRITTEN, written_at=Now(), error="", fault="", fault_subject="")


def _claim(times_id: int) -> SwitchTimes | None:
    free = SwitchTimes.objects.filter(pk=times_id, mark=MarkState.WAITING, try_at__lte=Now())
    if not free.update(try_at=Now() + LEASE):
        return None
    return SwitchTimes.objects.select_related("log__track__event", "log__to_talk").get(pk=times_id)


def _picture(times: SwitchTimes) -> str:
    """The cloud's name of the low-latency picture; empty when the track has none by now."""
    stream = Stream.objects.filter(track=times.log.track_id).first()
    if stream is None:
        return ""
    known = stream.resources.filter(part=Part.PICTURE).values_list("external_id", flat=True).first()
    found = known or stream.external_id
    return found if found.startswith("arn:aws:ivs") else ""


def _is_overtaken(times: SwitchTimes) -> bool:
    newer = OnAirLog.objects.filter(track=times.log.track_id, revision__gt=times.log.revision)
    return newer.exists()


def _is_too_late(times: SwitchTimes) -> bool:
    oldest = Now() - timedelta(seconds=GIVE_UP_SECONDS)
    return OnAirLog.objects.filter(pk=times.log_id, at__lt=oldest).exists()


def _book_call(times: SwitchTimes) -> bool:
    """Write the call down, then count: two workers at the limit see each other, and neither exceeds it."""
    row = SwitchTimes.objects.filter(pk=times.pk)
    row.update(tried_at=Now(), attempts=F("attempts") + 1)
    booked = SwitchTimes.objects.filter(tried_at__gt=Now() - SECOND)
    of_picture = booked.filter(log__track=times.log.track_id).count()
    if of_picture <= PER_PICTURE and booked.count() <= PER_ACCOUNT:
        return True
    row.update(tried_at=None, attempts=times.attempts)
    return False


def _text(times: SwitchTimes) -> str:
    log = times.log
    counted = LiveCounter.objects.filter(event=log.track.event_id).values_list("revision", flat=True).first()
    return mark_text(
        track_id=log.track_id,
        revision=log.revision,
        talk_id=log.to_talk_id,
        event_revision=counted or 0,
        title=log.to_talk.title if log.to_talk else "",
    )


def _told(error: GatewayError) -> dict[str, Any]:
    return {"error": str(error), "fault": error.fault, "fault_subject": error.subject[:120]}


def _put_off(times: SwitchTimes, seconds: float, **facts: Any) -> float:
    waiting = SwitchTimes.objects.filter(pk=times.pk, mark=MarkState.WAITING)
    waiting.update(try_at=Now() + timedelta(seconds=seconds), **facts)
    return seconds


def _end(times: SwitchTimes, mark: MarkState, **facts: Any) -> float | None:
    with transaction.atomic():
        waiting = SwitchTimes.objects.filter(pk=times.pk, mark=MarkState.WAITING)
        if waiting.update(mark=mark, try_at=None, **facts):
            console_changed(times.log.track.event, times.log.track_id)
    return None
