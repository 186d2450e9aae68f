"""Carry out what people asked of a track's inputs: tell MediaLive, and learn from it what became of it.

Each run takes a stream's open switches in the order in which they were asked for. Nothing here keeps a
transaction open while the network is asked. A worker that dies anywhere loses a lease: the next run repeats
its call, and an action's name is taken only once.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from streaming import console_live
from streaming.enums import InputSwitchFault, InputSwitchState, Part
from streaming.media.aws import NotFound
from streaming.media.gateway import GatewayError, GatewayPermanent
from streaming.media.switching import Desk, Switcher, aws_switcher
from streaming.models import InputSwitch, MediaResource, Stream
from streaming.models.input_switch import OPEN
from streaming.services.active_inputs import note_active_input
from streaming.states import Observed, Seen
from streaming.switch_rules import KEPT, SHOWS_WITHIN, Due, is_late, overtaken

logger = logging.getLogger(__name__)
# Not longer: a switch of the last resort must not wait for a dead worker. Two at once do no harm.
LEASE = timedelta(seconds=15)
SOON, LONGEST = 1.0, 30.0
# What the reconciler saw of an encoder that cannot carry out anything.
AT_REST = [Observed.STOPPED, Observed.ABSENT, Observed.PARTIAL]


@dataclass(frozen=True)
class Run:
    """One stream's turn: its encoder, and whom to ask."""

    stream: Stream
    encoder_id: str
    switcher: Switcher


def due_streams() -> list[int]:
    """What the tick should drive now: something is due, or the encoder stopped under a plan."""
    rows = InputSwitch.objects.filter(_is_due(), state__in=OPEN)
    return list(rows.order_by("stream_id").values_list("stream_id", flat=True).distinct())


def drive(stream_id: int, switcher_for: Callable[[], Switcher] = aws_switcher) -> float | None:
    """Bring the stream's switches on; returns in how many seconds to come again, or None: the tick knows."""
    free = Q(inputs_lease_until=None) | Q(inputs_lease_until__lt=Now())
    # Tick and wakes overlap: of those who come again only the one that finds work goes on coming.
    if not InputSwitch.objects.filter(_is_due(), stream=stream_id, state__in=OPEN).exists():
        return None
    until = timezone.now() + LEASE
    if not Stream.objects.filter(free, pk=stream_id).update(inputs_lease_until=until):
        return None
    stream = Stream.objects.select_related("track__event").get(pk=stream_id)
    try:
        _drive(Run(stream, _encoder_of(stream), switcher_for()))
    except GatewayError as error:
        # What is in the schedule will happen whether we may look or not: nothing has failed yet.
        _put_off(stream, error)
    finally:
        Stream.objects.filter(pk=stream_id, inputs_lease_until=until).update(inputs_lease_until=None)
    return _next(stream)


def _drive(run: Run) -> None:
    if not run.encoder_id:
        return _fail_all(run.stream, InputSwitchFault.STOPPED)
    try:
        for switch in _open(run.stream).filter(cancel_asked_at__isnull=False):
            _cancel(run, switch)
        for switch in _open(run.stream).filter(state=InputSwitchState.ASKED):
            _send(run, switch)
        if _open(run.stream).filter(_is_due()).exists():
            _learn(run)
    except NotFound:
        _fail_all(run.stream, InputSwitchFault.STOPPED)


def _send(run: Run, switch: InputSwitch) -> None:
    """Once its time has passed only what is in the schedule counts: a late "now" would be a surprise."""
    if is_late(switch.at, switch.requested_at, timezone.now()):
        return _confirm(run, switch, InputSwitchFault.LATE)
    try:
        request_id = run.switcher.switch(run.encoder_id, switch.action_name, switch.target, switch.at)
    except NotFound:
        raise
    except GatewayPermanent as error:
        return _confirm(run, switch, InputSwitchFault.REFUSED, error)
    _accept(switch, request_id)


def _confirm(
    run: Run, switch: InputSwitch, fault: InputSwitchFault, error: GatewayError | None = None
) -> None:
    """Whether an earlier call did it, whose answer was lost; "already exists" is such a refusal."""
    try:
        is_there = switch.action_name in run.switcher.scheduled(run.encoder_id)
    except NotFound:
        raise
    except GatewayPermanent as refusal:
        return _fail(switch, InputSwitchFault.REFUSED, error or refusal)
    if is_there:
        _accept(switch, error.request_id if error else "")
    else:
        _fail(switch, fault, error)


def _accept(switch: InputSwitch, request_id: str) -> None:
    since = switch.at or timezone.now()
    own = {"accepted_at": Now(), "request_id": request_id, "look_at": since, "attempts": 0, "detail": ""}
    _write(switch, InputSwitchState.ACCEPTED, **own)


def _cancel(run: Run, switch: InputSwitch) -> None:
    """Out of the schedule, or never in it. Too late is no failure of the switch: it goes on."""
    try:
        if switch.action_name in run.switcher.scheduled(run.encoder_id):
            run.switcher.drop(run.encoder_id, [switch.action_name])
    except NotFound:
        raise
    except GatewayPermanent as error:
        own = {"cancel_asked_at": None, "fault": InputSwitchFault.NOT_CANCELLED, "detail": str(error)}
        return _write(switch, InputSwitchState(switch.state), **own)
    _write(switch, InputSwitchState.CANCELLED)


def _learn(run: Run) -> None:
    """Effective is what the encoder names as active, never what was only accepted."""
    began = timezone.now()
    desk = run.switcher.look(run.encoder_id)
    if desk.seen not in {Seen.RUNNING, Seen.STARTING}:
        return _end(run)
    with transaction.atomic():
        note_active_input(run.stream, desk.active, asked_at=began)
    rows = list(_open(run.stream).filter(state=InputSwitchState.ACCEPTED))
    gone = overtaken([Due(row.action_name, _since(row)) for row in rows], desk.action)
    for row in rows:
        _judge(row, desk, gone)
    if any(row.action_name == desk.action for row in rows):
        _tidy(run, desk.action)


def _judge(row: InputSwitch, desk: Desk, gone: set[str]) -> None:
    if row.action_name == desk.action:
        _write(row, InputSwitchState.EFFECTIVE, effective_at=Now(), detail="")
    elif row.action_name in gone:
        _write(row, InputSwitchState.PASSED)
    elif timezone.now() > _since(row) + SHOWS_WITHIN:
        _fail(row, InputSwitchFault.UNSEEN)
    elif _since(row) <= timezone.now():
        InputSwitch.objects.filter(pk=row.pk).update(look_at=Now() + timedelta(seconds=SOON))


def _end(run: Run) -> None:
    """The next start begins with the studio and an empty schedule: what was planned is over."""
    _fail_all(run.stream, InputSwitchFault.STOPPED)
    with transaction.atomic():
        note_active_input(run.stream, "", asked_at=timezone.now())


def _tidy(run: Run, active: str) -> None:
    """Past actions leave the schedule long before it is full; the active one MediaLive keeps."""
    past = InputSwitch.objects.filter(stream=run.stream, accepted_at__lt=Now() - KEPT)
    names = set(past.exclude(state__in=OPEN).values_list("action_name", flat=True)) - {active}
    try:
        if names and (there := names & run.switcher.scheduled(run.encoder_id)):
            run.switcher.drop(run.encoder_id, sorted(there))
    except GatewayError as error:
        # The switch has taken effect; the next one tidies up.
        logger.warning("past input switches stay in the schedule of %s: %s", run.stream, error)


def _open(stream: Stream) -> Any:
    return InputSwitch.objects.filter(stream=stream, state__in=OPEN).order_by("number")


def _is_due() -> Q:
    """A stop is looked into at once; whatever did not work waits for its time."""
    return Q(look_at__lte=Now()) | Q(stream__observed__in=AT_REST, attempts=0)


def _since(row: InputSwitch) -> datetime:
    since = row.at or row.accepted_at
    assert since is not None
    return since


def _encoder_of(stream: Stream) -> str:
    row = MediaResource.objects.filter(stream=stream, part=Part.ENCODER).first()
    return row.external_id if row else ""


def _write(switch: InputSwitch, state: InputSwitchState, **facts: object) -> None:
    """Only from the state that this run saw: a switch that came to its end stays there."""
    with transaction.atomic():
        rows = InputSwitch.objects.filter(pk=switch.pk, state=switch.state)
        if rows.update(state=state, **facts):
            console_live.console_changed(switch.stream.track.event, switch.stream.track_id)


def _fail(switch: InputSwitch, fault: InputSwitchFault, error: GatewayError | None = None) -> None:
    told = {"detail": str(error), "request_id": error.request_id} if error else {}
    _write(switch, InputSwitchState.FAILED, fault=fault, **told)


def _fail_all(stream: Stream, fault: InputSwitchFault, error: GatewayError | None = None) -> None:
    for switch in _open(stream):
        _fail(switch, fault, error)


def _put_off(stream: Stream, error: GatewayError) -> None:
    """Nothing is known; the same again, a little later each time."""
    rows = _open(stream).filter(_is_due())
    attempts = max((row.attempts for row in rows), default=0) + 1
    wait = min(LONGEST, 0.5 * 2.0 ** min(attempts, 10))
    told = {"detail": str(error), "request_id": error.request_id}
    rows.order_by().update(attempts=F("attempts") + 1, look_at=Now() + timedelta(seconds=wait), **told)


def _next(stream: Stream) -> float | None:
    first = _open(stream).order_by("look_at").values_list("look_at", flat=True).first()
    if first is None:
        return None
    seconds = (first - timezone.now()).total_seconds()
    return max(SOON, seconds) if seconds <= LONGEST else None
