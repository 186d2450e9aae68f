"""The automatic slate: the technical card over a talk while no picture comes in, and off again.

It commands as everybody does, with the revision that it saw: whoever is faster wins, and the slate gives up.
Which card is its own stands in the log, so that a worker which dies in between forgets nothing.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from events.models import Track
from streaming import console_live
from streaming.enums import MACHINES, Card, Command, DutyStep, Source
from streaming.errors import OnAirRefused, StaleCommand
from streaming.models import AutomaticSlate, DutyLog, OnAir, OnAirLog, Stream
from streaming.services.on_air import ensure_on_air, run_command
from streaming.slate_rules import Act, Scene, act, is_over

NO_LOSS = {"lost_since": None, "back_since": None, "is_left": False}


def switch_slate(*, stream: Stream, is_automatic: bool, actor: User | None) -> bool:
    """Let the slate cover a track's losses by itself, or leave them to people. False when it was so.

    Switched off it leaves the card that is up to people.
    """
    with transaction.atomic():
        AutomaticSlate.objects.get_or_create(stream=stream)
        former = AutomaticSlate.objects.filter(stream=stream, is_automatic=not is_automatic)
        if not former.update(is_automatic=is_automatic, **NO_LOSS):
            return False
        step = DutyStep.SLATE_ON if is_automatic else DutyStep.SLATE_OFF
        DutyLog.objects.create(track=stream.track, step=step, actor=actor)
        console_live.console_changed(stream.track.event, stream.track_id)
    return True


def consider(*, stream: Stream, is_lost: bool | None, now: datetime) -> bool:
    """After an answer of the service: put the slate up or take it down. Returns whether it did."""
    row = AutomaticSlate.objects.filter(stream=stream, is_automatic=True).first()
    if row is None or is_lost is None:
        return False
    on_air = ensure_on_air(stream.track)
    _note(row, is_lost, on_air, now)
    scene = _scene(row, is_lost, on_air)
    wish = act(scene, now)
    if row.lost_since and is_over(scene, now) and (wish or not scene.is_ours):
        # Before the card is lifted: control rooms ask at once.
        _write(row, lost_since=None, is_left=False)
    return wish is not None and _command(row, wish, on_air)


def _note(row: AutomaticSlate, is_lost: bool, on_air: OnAir, now: datetime) -> None:
    """A picture that comes back for a moment is the same loss."""
    if is_lost and row.lost_since is None:
        _write(row, lost_since=now, back_since=None, revision=on_air.revision, is_left=False)
    elif is_lost and row.back_since:
        _write(row, back_since=None)
    elif not is_lost and row.back_since is None:
        _write(row, back_since=now)


def _scene(row: AutomaticSlate, is_lost: bool, on_air: OnAir) -> Scene:
    slates = OnAirLog.objects.filter(track=on_air.track, source=Source.HEALTH, to_card=Card.TECHNICAL)
    last = slates.filter(revision__gte=row.revision).order_by("-revision").first()
    return Scene(
        is_lost=is_lost,
        back_since=row.back_since,
        has_talk=on_air.talk_id is not None,
        card=on_air.card,
        is_ours=last is not None and last.revision == on_air.revision,
        is_left=row.is_left or (last is not None and _by_hand(on_air.track, last.revision)),
    )


def _command(row: AutomaticSlate, wish: Act, on_air: OnAir) -> bool:
    """A refusal is final for this loss, unless it was the timetable that came first."""
    is_up = wish is Act.PUT_UP
    try:
        outcome = run_command(
            track=on_air.track,
            command=Command.CARD if is_up else Command.CLEAR,
            card=Card.TECHNICAL if is_up else "",
            expected_revision=on_air.revision,
            idempotency_key=f"health:{wish}:{on_air.revision}",
            source=Source.HEALTH,
            actor=None,
        )
    except StaleCommand:
        _write(row, is_left=_by_hand(on_air.track, on_air.revision))
        return False
    except OnAirRefused:
        _write(row, is_left=True)
        return False
    return outcome.changed


def _by_hand(track: Track, revision: int) -> bool:
    """Whether a person has changed the track since that revision."""
    later = OnAirLog.objects.filter(track=track, revision__gt=revision)
    return later.exclude(source__in=MACHINES).exists()


def _write(row: AutomaticSlate, **fields: Any) -> None:
    """Only these: whoever switches it off meanwhile has switched it off."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
