"""How the running pictures are: claim a look, ask, write down. No transaction is open during the call.

What did not answer leaves the former values as they were: they grow old, and then they are unknown.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from streaming import console_live
from streaming.enums import Part
from streaming.health_rules import condition
from streaming.media.gateway import GatewayError
from streaming.media.pulse import READERS, Place, Pulse, PulseReader, reader_named
from streaming.models import OnAir, Stream, StreamHealth
from streaming.pacing import Waiting, pause, to_ask
from streaming.selectors.health import heard_of
from streaming.services import slate
from streaming.states import Desired, Observed

# A local picture that broke off is not running any more, and still wanted: its loss counts.
WATCHED = Q(
    desired=Desired.RUNNING,
    observed__in=[Observed.RUNNING, Observed.STARTING, Observed.STOPPED],
    gateway__in=list(READERS),
)


def claim_looks(now: datetime | None = None) -> list[tuple[int, datetime]]:
    """The streams to ask now, each for one worker alone, with the moment of the claim."""
    now = now or timezone.now()
    return [(one.id, now) for one in to_ask(_waiting(), now) if _claim(one, now)]


def look(stream_id: int, asked_at: datetime, reader_for: Callable[[str], PulseReader] = reader_named) -> None:
    """Ask once and write down what was said; then the automatic slate may act."""
    stream = Stream.objects.select_related("track__event", "health").get(pk=stream_id)
    try:
        pulse = reader_for(stream.gateway).read(_place(stream))
    except GatewayError as error:
        _missed(stream, error)
        return
    if _heard(stream, pulse, asked_at):
        slate.consider(stream=stream, is_lost=pulse.input_lost, now=timezone.now())


def _waiting() -> list[Waiting]:
    _make_rows()
    rows = StreamHealth.objects.filter(stream__in=Stream.objects.filter(WATCHED))
    return [_waiting_row(row) for row in rows.select_related("stream__track__on_air")]


def _waiting_row(row: StreamHealth) -> Waiting:
    on_air = getattr(row.stream.track, "on_air", None)
    return Waiting(
        id=row.stream_id,
        gateway=row.stream.gateway,
        is_on_air=on_air is not None and on_air.talk_id is not None,
        asked_at=row.asked_at,
        next_at=row.next_at,
        misses=row.misses,
        is_asking=row.is_asking,
    )


def _make_rows() -> None:
    new = list(Stream.objects.filter(WATCHED, health=None).values_list("pk", flat=True))
    if new:
        StreamHealth.objects.bulk_create([StreamHealth(stream_id=pk) for pk in new], ignore_conflicts=True)


def _claim(one: Waiting, now: datetime) -> bool:
    """Whoever moves the times on does the look."""
    unclaimed = StreamHealth.objects.filter(stream=one.id, asked_at=one.asked_at, next_at=one.next_at)
    next_at = now + pause(is_on_air=one.is_on_air, misses=one.misses)
    return bool(unclaimed.update(is_asking=True, asked_at=now, next_at=next_at))


def _place(stream: Stream) -> Place:
    known = dict(stream.resources.values_list("part", "external_id"))
    picture = known.get(Part.PICTURE) or stream.external_id
    return Place(stream.public_id, picture=picture, encoder=known.get(Part.ENCODER, ""))


def _heard(stream: Stream, pulse: Pulse, asked_at: datetime) -> bool:
    """False when a later question was answered sooner: then this answer is worth nothing."""
    misses = stream.health.misses + 1 if pulse.trouble else 0
    said = {
        "is_live": pulse.is_live,
        "health": pulse.health,
        "input_lost": pulse.input_lost,
        "viewers": pulse.viewers,
        "alerts": [alert.as_json() for alert in pulse.alerts],
        "seen_at": asked_at,
    }
    return _write(stream, Q(seen_at=None) | Q(seen_at__lt=asked_at), misses, error=pulse.trouble, **said)


def _missed(stream: Stream, error: GatewayError) -> None:
    told = {"fault": error.fault, "fault_subject": error.subject[:120]}
    _write(stream, Q(), stream.health.misses + 1, error=str(error), **told)


def _write(stream: Stream, still: Q, misses: int, **facts: Any) -> bool:
    is_on_air, now = _is_on_air(stream), timezone.now()
    known = {"fault": "", "fault_subject": "", "misses": misses, "is_asking": False} | facts
    if misses or stream.health.misses:
        known["next_at"] = now + pause(is_on_air=is_on_air, misses=misses)
    with transaction.atomic():
        if not StreamHealth.objects.filter(still, stream=stream).update(**known):
            return False
        row = StreamHealth.objects.get(stream=stream)
        _tell(stream, row, now, is_on_air)
    return True


def _tell(stream: Stream, row: StreamHealth, now: datetime, is_on_air: bool) -> None:
    """Control rooms hear of a change, not of every look; the number of viewers is none."""
    word = condition(heard_of(row), now, is_on_air=is_on_air)
    told = hashlib.sha256(json.dumps([word, row.alerts, row.error]).encode()).hexdigest()
    if StreamHealth.objects.filter(stream=stream).exclude(told=told).update(told=told):
        console_live.console_changed(stream.track.event, stream.track_id)


def _is_on_air(stream: Stream) -> bool:
    return OnAir.objects.filter(track=stream.track_id, talk__isnull=False).exists()
