"""Carry out what people want of recordings: claim one, ask the service, write down what it said.

The row of the round is there before the call, and name and token of the job derive from the round: whoever
repeats a call after a worker died gets the same job. No transaction is open while the service is asked.
"""

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from streaming.enums import FaultKind, Part, RecordingState
from streaming.media.cutter import Cut, CutSpec, CutState, Cutter
from streaming.media.cutters import cutter_for
from streaming.media.gateway import GatewayError, GatewayPermanent, GatewayTransient, shared_name
from streaming.models import MediaResource, Recording
from streaming.services.reconcile import spec_of

FREE = Q(lease_until__isnull=True) | Q(lease_until__lt=Now())
AT_WORK = Q(state__in=[RecordingState.WANTED, RecordingState.WORKING])
LEFT_OPEN = Q(state=RecordingState.DROPPED, is_open=True)
LEASE = timedelta(seconds=90)
FIRST_SECONDS, LONGEST_SECONDS, MOST_ATTEMPTS = 2.0, 300.0, 40
LOOK_SECONDS = 5.0


@dataclass(frozen=True)
class Claim:
    recording: Recording
    owner: str

    def release(self, **facts: Any) -> bool:
        """Nothing is written when another run has taken over, or people want another round meanwhile."""
        own = Recording.objects.filter(
            pk=self.recording.pk, lease_owner=self.owner, round=self.recording.round
        )
        facts.setdefault("look_at", timezone.now() + timedelta(seconds=LOOK_SECONDS))
        if own.filter(state=self.recording.state).update(**facts, lease_until=None, lease_owner=""):
            return True
        # Dropped meanwhile: the next look cancels.
        own.update(lease_until=None, lease_owner="")
        return False


def due_recordings() -> list[int]:
    due = Recording.objects.filter(FREE, AT_WORK | LEFT_OPEN, look_at__lte=Now())
    return list(due.order_by("look_at").values_list("pk", flat=True))


def drive(recording_id: int, cutter_named: Callable[[str], Cutter] = cutter_for) -> None:
    """One step for one recording; does nothing when another worker is at it."""
    claim = _claim(recording_id)
    if claim is None:
        return
    try:
        _step(claim, cutter_named(claim.recording.source), spec_of_cut(claim.recording))
    except GatewayTransient as error:
        _note_unknown(claim, error)
    except GatewayPermanent as error:
        _note_refused(claim, error)


def spec_of_cut(recording: Recording) -> CutSpec:
    talk, stream = recording.talk, spec_of(recording.stream)
    picture = MediaResource.objects.filter(stream=recording.stream, part=Part.PICTURE).first()
    return CutSpec(
        environment=settings.ENVIRONMENT,
        shared_name=shared_name(settings.ENVIRONMENT),
        stream_name=stream.name,
        stream_id=str(stream.public_id),
        event=talk.event.slug,
        talk=str(talk.guid),
        round=recording.round,
        starts_at=recording.starts_at,
        ends_at=recording.ends_at,
        bucket=settings.AWS_ARCHIVE_BUCKET,
        picture_arn=picture.external_id if picture else recording.stream.external_id,
    )


def _claim(recording_id: int) -> Claim | None:
    owner = uuid.uuid4().hex
    free = Recording.objects.filter(FREE, AT_WORK | LEFT_OPEN, pk=recording_id)
    if not free.update(lease_until=Now() + LEASE, lease_owner=owner):
        return None
    rows = Recording.objects.select_related("talk__event", "stream__track__event")
    return Claim(rows.get(pk=recording_id), owner)


def _step(claim: Claim, cutter: Cutter, spec: CutSpec) -> None:
    if not spec.bucket and claim.recording.source != "local":
        raise GatewayPermanent("No bucket is set (DREAMKAST_AWS_ARCHIVE_BUCKET).", is_sure=True)
    if claim.recording.state == RecordingState.DROPPED:
        cutter.cancel(spec)
        claim.release(is_open=False)
    elif claim.recording.state == RecordingState.WANTED:
        request_id = cutter.begin(spec)
        known = {"request_id": request_id, "error": "", "fault": FaultKind.NONE}
        claim.release(state=RecordingState.WORKING, job=spec.name, attempts=0, **known)
    else:
        _note(claim, cutter.look(spec))


def _note(claim: Claim, cut: Cut) -> None:
    if cut.state is CutState.WORKING:
        claim.release(attempts=0, error="")
    elif cut.state is CutState.DONE:
        edges = {"cut_start": claim.recording.starts_at, "cut_end": claim.recording.ends_at}
        claim.release(
            state=RecordingState.DONE, is_open=False, cut_path=cut.path, error="", attempts=0, **edges
        )
    elif cut.state is CutState.FAILED:
        claim.release(
            state=RecordingState.FAILED,
            is_open=False,
            error=cut.error or "The job failed.",
            fault=FaultKind.OTHER,
        )
    else:
        # A sure no: the same name and token once more.
        claim.release(state=RecordingState.WANTED, **_later(claim))


def _note_unknown(claim: Claim, error: GatewayError) -> None:
    facts = {"error": str(error), "request_id": error.request_id, **_later(claim)}
    if claim.recording.attempts >= MOST_ATTEMPTS and claim.recording.state != RecordingState.DROPPED:
        # Its job may exist all the same: dropping it cancels that, cutting again is another round.
        facts |= {"state": RecordingState.GIVEN_UP, "is_open": False}
    claim.release(**facts)


def _note_refused(claim: Claim, error: GatewayError) -> None:
    known = {"error": str(error), "request_id": error.request_id, "fault": error.fault}
    is_dropped = claim.recording.state == RecordingState.DROPPED
    state = RecordingState.DROPPED if is_dropped else RecordingState.FAILED
    claim.release(state=state, is_open=False, **known)


def _later(claim: Claim) -> dict[str, Any]:
    """Doubled with every attempt, with jitter so that recordings do not ask in step."""
    attempts = claim.recording.attempts + 1
    longest = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(attempts, 10))
    delay = timedelta(seconds=random.uniform(longest / 2, longest))
    return {"attempts": attempts, "look_at": timezone.now() + delay}
