"""Ask for another input: which ones a track has, switch now or at a time, take a plan back.

Each wish is a row; services.switching carries it out. `number` is the one that the person saw as next: of two
people at once one wins, and a repeat of the same wish is the same row.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from streaming import console_live
from streaming.enums import Attachment, GatewayName, InputSwitchFault, InputSwitchState
from streaming.errors import (
    EncoderNotRunning,
    InputsInUse,
    InputsNotOffered,
    NoSuchInput,
    SwitchedMeanwhile,
    SwitchTimeRefused,
    TooLateToCancel,
    TrackLocked,
)
from streaming.input_tasks import switch_inputs
from streaming.models import InputSwitch, Stream, StreamLog
from streaming.models.input_switch import OPEN
from streaming.models.stream import AT_WORK
from streaming.services.duty import locked_out
from streaming.services.streams import request_look
from streaming.slate_files import validate_slate
from streaming.states import Desired, Observed
from streaming.switch_rules import can_be_cancelled, earliest, latest, offered


def set_inputs(*, stream: Stream, has_backup: bool, slate_url: str, actor: User | None) -> None:
    """Choose what the encoder can be switched to. A stopped one is made anew, by and by.

    Raises InputsNotOffered, InputsInUse, or ValidationError for an address that is no file.
    """
    if stream.gateway != GatewayName.MEDIALIVE:
        raise InputsNotOffered
    validate_slate(slate_url)
    with transaction.atomic():
        rows = Stream.objects.filter(pk=stream.pk).exclude(desired=Desired.RUNNING)
        if not rows.exclude(observed__in=AT_WORK).update(has_backup=has_backup, slate_url=slate_url):
            raise InputsInUse
        stream.refresh_from_db()
        _log(stream, actor)
        console_live.console_changed(stream.track.event, stream.track_id)
    if stream.desired != Desired.ABSENT:
        request_look(stream=stream, actor=actor)


def _log(stream: Stream, actor: User | None) -> None:
    names = ", ".join(stream.inputs)
    StreamLog.objects.create(
        stream=stream, generation=stream.generation, what="inputs", detail=names, actor=actor
    )


def request_switch(
    *, stream: Stream, to: str, number: int, at: datetime | None = None, actor: User | None
) -> InputSwitch:
    """Take the picture from another input, at once or at a time. The same wish again is the same row.

    Raises TrackLocked, EncoderNotRunning, NoSuchInput, SwitchTimeRefused or SwitchedMeanwhile.
    """
    numbered = InputSwitch.objects.filter(stream=stream, number=number)
    known = numbered.first()
    if known is None:
        _check(stream, to, at, actor)
        # Without a row somebody was faster, perhaps a repeat of this very wish.
        known = _ask(stream, to, number, at, actor) or numbered.first()
    if known is None or not _is_same(known, to, at, actor):
        raise SwitchedMeanwhile
    return known


def next_number(stream: Stream) -> int:
    """The number that the stream's next switch will have."""
    newest = InputSwitch.objects.filter(stream=stream).aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def cancel_switch(*, switch: InputSwitch, actor: User | None) -> None:
    """Take a planned switch back. Nothing happens when it has come to its end or is being cancelled.

    Raises TrackLocked, or TooLateToCancel.
    """
    _refuse_locked(switch.stream, actor)
    if switch.state not in OPEN or switch.cancel_asked_at is not None:
        return
    if not can_be_cancelled(switch.at, timezone.now()):
        raise TooLateToCancel
    with transaction.atomic():
        rows = InputSwitch.objects.filter(pk=switch.pk, state__in=OPEN, cancel_asked_at=None)
        own = {"cancelled_by": actor, "look_at": Now(), "fault": InputSwitchFault.NONE, "detail": ""}
        if rows.update(cancel_asked_at=Now(), **own):
            _announce(switch.stream)


def _is_same(known: InputSwitch, to: str, at: datetime | None, actor: User | None) -> bool:
    return (known.target, known.at, known.actor_id) == (to, at, actor.pk if actor else None)


def _check(stream: Stream, to: str, at: datetime | None, actor: User | None) -> None:
    _refuse_locked(stream, actor)
    if stream.gateway != GatewayName.MEDIALIVE or stream.observed != Observed.RUNNING:
        raise EncoderNotRunning
    if to not in stream.inputs:
        raise NoSuchInput
    if at is not None:
        _check_time(stream, at, timezone.now())


def _check_time(stream: Stream, at: datetime, now: datetime) -> None:
    if at < earliest(now):
        raise SwitchTimeRefused("too_soon", offered(now))
    if at > latest(now):
        raise SwitchTimeRefused("too_far", latest(now))
    if InputSwitch.objects.filter(stream=stream, at=at, state__in=OPEN).exists():
        raise SwitchTimeRefused("taken", None)


def _ask(stream: Stream, to: str, number: int, at: datetime | None, actor: User | None) -> InputSwitch | None:
    """The new row; None when the number is not, or no longer, the next one."""
    if number != next_number(stream):
        return None
    wish = {"target": Attachment(to), "at": at, "actor": actor, "state": InputSwitchState.ASKED}
    try:
        with transaction.atomic():
            switch = InputSwitch.objects.create(
                stream=stream, number=number, action_name=f"{stream.track_id}-{number}", **wish
            )
            _announce(stream)
            return switch
    except IntegrityError:
        return None


def _refuse_locked(stream: Stream, actor: User | None) -> None:
    lock = locked_out(track=stream.track, actor=actor)
    if lock is not None:
        raise TrackLocked(lock)


def _announce(stream: Stream) -> None:
    console_live.console_changed(stream.track.event, stream.track_id)
    transaction.on_commit(_wake(stream.pk), robust=True)


def _wake(stream_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def wake() -> None:
        switch_inputs.delay(stream_id)

    return wake
