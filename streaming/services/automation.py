"""The timetable switches a track that somebody has armed: once for each step, and it never tries again."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from events.models import Event, Track
from streaming import console_live
from streaming.automation_steps import Step, next_step
from streaming.enums import Command, DutyStep, Source
from streaming.errors import KeyReused, Locked, OnAirRefused, StaleCommand
from streaming.models import Automation, DutyLog, OnAir, OnAirLog
from streaming.orders import Order
from streaming.services.duty import locked_out
from streaming.services.on_air import ensure_on_air, keep_refusal, run_order
from talks.models import Talk


class NothingToArm(OnAirRefused):
    """Nothing starts later on this track."""

    code = "nothing_to_arm"


def step_of(track: Track, after: datetime) -> Step | None:
    """What the published timetable wants on the track after a moment."""
    talks = (
        Talk.objects.published().scheduled().for_track(track).filter(starts_at__gt=after, cancelled_at=None)
    )
    return next_step(talks.order_by("starts_at", "pk")[:5], after)


def arm(*, track: Track, expected_revision: int, actor: User) -> Automation:
    """Let the timetable do its next step on the track as it stands now.

    Raises StaleCommand when the track has changed since it was looked at, Locked, or NothingToArm.
    """
    on_air = ensure_on_air(track)
    if on_air.revision != expected_revision:
        raise StaleCommand(on_air)
    if locked_out(track=track, actor=actor):
        raise Locked(on_air)
    step = step_of(track, timezone.now())
    if step is None:
        raise NothingToArm(on_air)
    with transaction.atomic():
        if _locked(track).revision != expected_revision:
            raise StaleCommand(ensure_on_air(track))
        DutyLog.objects.create(track=track, step=DutyStep.ARMED, actor=actor)
        return _write(track, step, expected_revision, armed_by=actor, is_held=False, outcome="")


def hold(*, track: Track, actor: User) -> bool:
    """Let the time of the step pass without doing it. False when nothing was armed."""
    with transaction.atomic():
        held = Automation.objects.filter(track=track, is_armed=True, is_held=False).update(is_held=True)
        if held:
            DutyLog.objects.create(track=track, step=DutyStep.HELD, actor=actor)
        console_live.console_changed(track.event, track.pk)
    return bool(held)


def disarm(*, track: Track, reason: str = "disarmed", actor: User | None = None) -> bool:
    """Leave the track to people. False when nothing was armed."""
    return _end(Automation.objects.filter(track=track, is_armed=True), track, reason, actor)


def _end(armed: QuerySet[Automation], track: Track, reason: str, actor: User | None = None) -> bool:
    with transaction.atomic():
        changed = armed.update(is_armed=False, is_held=False, due_at=None, outcome=reason)
        if changed:
            why = "" if reason == "disarmed" else reason
            DutyLog.objects.create(track=track, step=DutyStep.DISARMED, actor=actor, reason=why)
            console_live.console_changed(track.event, track.pk)
    return bool(changed)


def run_due(event: Event) -> int:
    """Do what is due on the event's armed tracks; of two workers one does it. Returns how many switched."""
    armed = Automation.objects.filter(track__event=event, is_armed=True, due_at__isnull=False)
    for row in armed.select_related("track__event", "talk"):
        if not _still_wanted(row):
            _end(_as_seen(row), row.track, "changed")
    due = armed.filter(is_held=False, due_at__lte=Now())
    return sum(_run(row) for row in due.select_related("track__event", "talk", "armed_by"))


def _still_wanted(row: Automation) -> bool:
    """Whether the timetable still says what was armed."""
    assert row.due_at is not None
    step = step_of(row.track, row.due_at - timedelta(microseconds=1))
    return step == Step(row.due_at, row.talk, row.card)


def _as_seen(row: Automation) -> QuerySet[Automation]:
    """The row while it is still armed for that very step: what somebody armed since is another one."""
    return Automation.objects.filter(
        pk=row.pk, is_armed=True, due_at=row.due_at, expected_revision=row.expected_revision
    )


def _run(row: Automation) -> bool:
    """The refusal is kept behind the transaction, which takes everything else of the attempt back."""
    order = _order(row)
    try:
        return _step(row, order)
    except OnAirRefused as refused:
        keep_refusal(order, refused)
        code = refused.code
    except KeyReused as reused:
        code = reused.code
    _end(_as_seen(row).filter(is_held=False), row.track, code)
    return False


@transaction.atomic
def _step(row: Automation, order: Order) -> bool:
    """Switching and going on are one: a worker that dies in between leaves the step as it was armed.

    Until the end nobody else changes the track or what is armed on it; who comes too late finds it done.
    """
    _locked(row.track)
    if not _as_seen(row).filter(is_held=False).select_for_update().exists():
        return False
    # The automatic slate may have come in between; a person who does so has the track.
    revision = past_slates(row.track, row.expected_revision)
    outcome = run_order(replace(order, expected_revision=revision))
    _go_on(row, outcome.on_air.revision)
    return outcome.changed


def _locked(track: Track) -> OnAir:
    """The track's row, before any other: who acts by hand takes the same locks in this order."""
    return OnAir.objects.select_for_update().get(track=track)


def _order(row: Automation) -> Order:
    assert row.due_at is not None
    return Order(
        track=row.track,
        command=Command.TAKE if row.talk else Command.CARD,
        expected_revision=row.expected_revision,
        key=f"automation:{row.due_at:%Y%m%dT%H%M%S}:{row.expected_revision}",
        source=Source.AUTOMATION,
        talk=row.talk,
        card=row.card,
        actor=row.armed_by,
        requested_at=timezone.now(),
    )


def past_slates(track: Track, revision: int) -> int:
    """The revision up to which only the automatic slate has changed the track since `revision`."""
    later = OnAirLog.objects.filter(track=track, revision__gt=revision).order_by("revision")
    for known, source in later.values_list("revision", "source"):
        if known != revision + 1 or source != Source.HEALTH:
            break
        revision = known
    return revision


def _go_on(row: Automation, revision: int) -> None:
    """After its own step it stays armed for the next one."""
    assert row.due_at is not None
    step = step_of(row.track, row.due_at)
    if step is None:
        _end(_as_seen(row), row.track, "nothing_to_arm")
    else:
        _write(row.track, step, revision, armed_by=row.armed_by, is_held=False, outcome="")


def _write(track: Track, step: Step, revision: int, **more: object) -> Automation:
    values = {"talk": step.talk, "card": step.card, "due_at": step.due_at, "expected_revision": revision}
    row, _ = Automation.objects.update_or_create(track=track, defaults={**values, "is_armed": True, **more})
    console_live.console_changed(track.event, track.pk)
    return row
