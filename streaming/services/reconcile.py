"""Bring a stream one step nearer to what people want: claim, look, plan, one step, record.

Nothing here keeps a transaction open while the network is asked. A worker that dies anywhere loses a lease,
not a stream: the next look finds what it left behind.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from events.models import Track
from events.services.revision import touch
from streaming import live
from streaming.console_live import console_changed
from streaming.enums import GatewayName
from streaming.media.gateway import (
    Gateway,
    GatewayError,
    GatewayPermanent,
    GatewayTransient,
    Look,
    StreamSpec,
    gateway_named,
)
from streaming.models import Stream, StreamLog
from streaming.services.active_inputs import note_active_input
from streaming.services.on_air import ensure_on_air
from streaming.services.resources import ResourceJournal, note_pieces, seen_parts, with_resources
from streaming.services.running import note_running
from streaming.states import Desired, Observed, Step, plan

WATCH_SECONDS, REST_SECONDS = 10.0, 300.0
WAIT_SECONDS, LONGEST_SECONDS, SOON_SECONDS = 1.0, 300.0, 30.0

FREE = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
GIVEN_UP = Q(observed=Observed.FAILED, observed_generation=F("generation"))


# What the control room shows of a stream, without the times.
Told = tuple[Any, ...]


@dataclass(frozen=True)
class Claim:
    """The stream as it was when this run won its lease."""

    stream: Stream
    owner: str
    spec: StreamSpec
    told: Told
    began: datetime = field(default_factory=timezone.now)

    @property
    def row(self) -> Any:
        """The row as long as the lease is still this run's."""
        return Stream.objects.filter(pk=self.stream.pk, lease_owner=self.owner)

    def hold(self) -> None:
        """The look may have used up the lease, and two runs that create would make two."""
        if not self.row.update(lease_until=_lease_end()):
            raise LeaseLost


class LeaseLost(Exception):
    """This run took too long and another one has taken over."""


def _lease_end() -> Any:
    return Now() + timedelta(seconds=settings.STREAM_LEASE_SECONDS)


def due_streams() -> list[int]:
    """What the tick should drive now."""
    due = Stream.objects.filter(FREE, look_at__lte=Now()).exclude(GIVEN_UP)
    return list(due.order_by("look_at").values_list("pk", flat=True))


def resume_local_streams() -> None:
    """For the start of the one process that runs local streams: nobody else can hold a lease on them."""
    Stream.objects.filter(gateway=GatewayName.LOCAL).update(look_at=Now(), lease_until=None, lease_owner="")


def reconcile(stream_id: int, gateway_for: Callable[[str], Gateway] = gateway_named) -> float | None:
    """Take one step; returns in how many seconds the next one should come, or None: then the tick knows."""
    claim = _claim(stream_id)
    if claim is None:
        return None
    try:
        step, look = _step(claim, gateway_for(claim.stream.gateway))
    except GatewayTransient as error:
        return _put_off(claim, error)
    except GatewayPermanent as error:
        return _put_off(claim, error) if _is_fulfilled(claim.stream) else _give_up(claim, error)
    except LeaseLost:
        return None
    return _record(claim, step, look)


def _claim(stream_id: int) -> Claim | None:
    owner = uuid.uuid4().hex
    free = Stream.objects.filter(FREE, pk=stream_id).exclude(GIVEN_UP)
    if not free.update(lease_owner=owner, lease_until=_lease_end()):
        return None
    stream = Stream.objects.select_related("track__event").get(pk=stream_id)
    spec = spec_of(stream)
    return Claim(stream, owner, spec, _told(stream, spec))


def _step(claim: Claim, gateway: Gateway) -> tuple[Step | None, Look]:
    look = gateway.look(claim.spec)
    step = plan(Desired(claim.stream.desired), look.observed)
    verbs = {
        Step.CREATE: gateway.create,
        Step.START: gateway.start,
        Step.STOP: gateway.stop,
        Step.DELETE: gateway.delete,
    }
    if step is None or step not in verbs:
        return step, look
    claim.hold()
    # What is gone is a new round before it is asked for: the old token would answer with what was.
    note_pieces(claim.spec, claim.stream, look)
    spec = replace(with_resources(claim.spec, claim.stream), external_id=look.external_id, found=look.pieces)
    after = verbs[step](spec, ResourceJournal(claim.stream, spec, claim.hold))
    # Why it had to be started again is worth knowing until it runs.
    return step, replace(after, error=after.error or look.error)


def spec_of(stream: Stream) -> StreamSpec:
    track = stream.track
    spec = StreamSpec(
        public_id=stream.public_id,
        environment=settings.ENVIRONMENT,
        event=track.event.slug,
        track=track.name,
        number=track.position,
        zone=track.event.time_zone,
        generation=stream.generation,
        is_wanted=stream.desired == Desired.RUNNING,
        is_unwanted=stream.desired == Desired.ABSENT,
        external_id=stream.external_id,
        is_key_known=bool(stream.stream_key),
        key_number=stream.key_number,
        placed_key_number=stream.placed_key_number,
        source_url=stream.source_url,
        has_backup=stream.has_backup,
        slate_url=stream.slate_url,
    )
    return with_resources(spec, stream)


def _record(claim: Claim, step: Step | None, look: Look) -> float | None:
    """Facts count whatever was wished meanwhile; they only answer the wish that this run knew."""
    with transaction.atomic():
        acted = step not in {None, Step.WAIT}
        row = _release(
            claim,
            **_facts(claim.stream, look),
            observed_generation=claim.stream.generation,
            observed_at=Now(),
            attempts=_attempts(look, acted),
            error=look.error,
            request_id="",
            fault="",
            fault_subject="",
        )
        if row is None:
            return None
        note_pieces(claim.spec, row, look)
        note_running(row)
        if len(row.inputs) > 1:
            note_active_input(row, look.active_input, asked_at=claim.began)
        if step and acted:
            _log(claim, step, look.error, part=look.touched or "")
        _tell_staff(claim, row, is_logged=acted)
        if _shown(row) != _shown(claim.stream):
            _announce(row.track)
        return _plan_next(row, claim, look)


def _attempts(look: Look, acted: bool) -> Any:
    """A stream of many parts comes nearer with each; only what may have been in vain is slowed down."""
    if look.touched:
        return 0
    return F("attempts") + 1 if acted else F("attempts")


def _facts(stream: Stream, look: Look) -> dict[str, Any]:
    # What is gone takes its key with it.
    is_same = look.external_id == stream.external_id and look.observed is not Observed.ABSENT
    return {
        "observed": look.observed,
        "external_id": look.external_id,
        "playback_kind": look.playback_kind,
        "playback_url": look.playback_url,
        "is_low_latency": look.is_low_latency,
        "ingest_url": look.ingest_url,
        "stream_key": look.stream_key or (stream.stream_key if is_same else ""),
        # Where no key is, the next one is the wanted one.
        "placed_key_number": stream.key_number if look.key_number is None else look.key_number,
        "start_over_url": look.start_over_url,
        "backup_ingest_url": look.backup_ingest_url,
        "backup_key": look.backup_key,
    }


def _shown(stream: Stream) -> tuple[str, str, str, bool]:
    return (stream.observed, stream.playback_kind, stream.playback_url, stream.is_low_latency)


def _told(stream: Stream, spec: StreamSpec) -> Told:
    fault = (stream.error, stream.request_id, stream.fault, stream.fault_subject)
    return (*_shown(stream), *fault, stream.placed_key_number, *seen_parts(spec, stream))


def _tell_staff(claim: Claim, row: Stream, *, is_logged: bool = False) -> None:
    """Only of what looks different: a stream that runs well is looked at again every few seconds."""
    if is_logged or _told(row, claim.spec) != claim.told:
        console_changed(row.track.event, row.track_id)


def _announce(track: Track) -> None:
    revision = touch(track.event)
    # Read behind the counter's lock: a command may have committed meanwhile.
    live.stream_changed(ensure_on_air(track), revision)


def _plan_next(row: Stream, claim: Claim, look: Look) -> float | None:
    if row.generation != claim.stream.generation:
        return _come_again(row, 0)
    step = plan(Desired(row.desired), look.observed)
    if step is None:
        Stream.objects.filter(pk=row.pk).update(attempts=0)
        _come_again(row, _rest(claim.stream, look))
        return None
    return _come_again(row, WAIT_SECONDS if step is Step.WAIT else pause(row.attempts))


def _rest(before: Stream, look: Look) -> float:
    """Of two that went together each left what they share to the other: both look once more soon."""
    has_just_gone = look.observed is Observed.ABSENT and before.observed != Observed.ABSENT
    return WATCH_SECONDS if has_just_gone or look.observed is Observed.RUNNING else REST_SECONDS


def _put_off(claim: Claim, error: GatewayError) -> float | None:
    """Nothing new is known: what was last seen stays, so that a deaf cloud takes no picture away."""
    with transaction.atomic():
        row = _fail(claim, error, attempts=F("attempts") + 1)
        if row is None:
            return None
        _tell_staff(claim, row)
        return _come_again(row, pause(row.attempts))


def _give_up(claim: Claim, error: GatewayError) -> float | None:
    """Rest until a person asks again; if one has asked meanwhile, it was the old wish that failed."""
    with transaction.atomic():
        row = _fail(claim, error, observed_at=Now())
        if row is None:
            return None
        # Whatever else is so, that it failed is new.
        _tell_staff(claim, row, is_logged=True)
        if row.generation != claim.stream.generation:
            return _come_again(row, 0)
        Stream.objects.filter(pk=row.pk).update(observed=Observed.FAILED, observed_generation=row.generation)
        _announce(row.track)
        return None


def _fail(claim: Claim, error: GatewayError, **fields: Any) -> Stream | None:
    told = {"error": str(error), "request_id": error.request_id}
    row = _release(claim, **fields, **told, fault=error.fault, fault_subject=error.subject[:120])
    if row and row.error != claim.stream.error:
        what = "put_off" if isinstance(error, GatewayTransient) else "failed"
        _log(claim, what, row.error, request_id=error.request_id)
    return row


def _is_fulfilled(stream: Stream) -> bool:
    """Whether it plays as wished: then a refused look says nothing against the picture."""
    return stream.is_playing and stream.desired == Desired.RUNNING


def _release(claim: Claim, **facts: Any) -> Stream | None:
    """Write and let go in one statement; None when the lease was lost, and then nothing was written."""
    if not claim.row.update(**facts, lease_until=None, lease_owner=""):
        return None
    return Stream.objects.select_related("track__event").get(pk=claim.stream.pk)


def _log(claim: Claim, what: str, detail: str, **more: str) -> None:
    stream = claim.stream
    StreamLog.objects.create(stream=stream, generation=stream.generation, what=what, detail=detail, **more)


def _come_again(row: Stream, seconds: float) -> float | None:
    """Leave the time to the tick; returned is what is too soon for it."""
    Stream.objects.filter(pk=row.pk).update(look_at=Now() + timedelta(seconds=seconds))
    return seconds if seconds <= SOON_SECONDS else None


def pause(attempts: int) -> float:
    """Half a second, doubled with every attempt, with jitter so that streams do not ask in step."""
    longest = min(LONGEST_SECONDS, 0.5 * 2.0 ** min(attempts, 20))
    return random.uniform(longest / 2, longest)
