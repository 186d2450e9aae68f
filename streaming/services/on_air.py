"""Everything that changes what is on air. Guard, change, announce, in that order."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from events.models import Event, Track
from events.services.revision import touch
from streaming import live
from streaming.enums import MACHINES, UNDO_SECONDS, Card, Command, DutyStep, OverrideVerb, Source
from streaming.errors import (
    DoNotStream,
    KeyReused,
    Locked,
    NothingToUndo,
    NotPublished,
    OnAirRefused,
    StaleCommand,
    UndoExpired,
    WrongTrack,
)
from streaming.models import Automation, DutyLog, OnAir, OnAirLog, SwitchTimes
from streaming.orders import Order
from streaming.selectors.overrides import is_forbidden
from streaming.services import refusals, switch_times
from streaming.services.duty import locked_out
from streaming.services.overrides import note_refused, use_override
from talks.enums import TalkKind
from talks.models import Talk

# Whoever works on the server is the last resort, and a lock shall not leave viewers without a word.
PAST_LOCKS = [Source.COMMAND, Source.HEALTH]


@dataclass(frozen=True)
class Shown:
    """What a track shows: a talk, a card, or the technical card over a talk."""

    talk: Talk | None
    card: str


@dataclass(frozen=True)
class Outcome:
    on_air: OnAir
    changed: bool = False
    replayed: bool = False


def ensure_on_air(track: Track) -> OnAir:
    """The track's row; it is made with the waiting card when there is none yet."""
    OnAir.objects.get_or_create(track=track)
    return _present(track)


def run_command(
    *,
    track: Track,
    command: Command | str,
    expected_revision: int,
    idempotency_key: str,
    talk: Talk | None = None,
    card: str = "",
    source: Source,
    actor: User | None,
    requested_at: datetime | None = None,
) -> Outcome:
    """Carry out one command on one track, or raise an OnAirRefused that carries the present row.

    Raises KeyReused when the key was used for another command. Only an accepted command uses its key up.
    Two commands on the same revision race for one conditional UPDATE: the loser is refused as stale.
    What is refused of a do-not-stream talk is logged: not to be called within a transaction.
    """
    requested_at = requested_at or timezone.now()
    order = Order(
        track, Command(command), expected_revision, idempotency_key, source, talk, card, actor, requested_at
    )
    try:
        return run_order(order)
    except OnAirRefused as refused:
        keep_refusal(order, refused)
        raise


def run_order(order: Order) -> Outcome:
    """The command itself; who calls it within a transaction keeps its refusal after that one."""
    on_air = ensure_on_air(order.track)
    if replay := _replay(order):
        return replay
    if on_air.revision != order.expected_revision:
        raise StaleCommand(on_air)
    shown = _target(order, on_air)
    if shown == Shown(on_air.talk, on_air.card):
        return Outcome(on_air)
    return _switch(order, on_air, shown)


def keep_refusal(order: Order, refused: OnAirRefused) -> None:
    """Keep what was refused; of a talk that must not be streamed each attempt among the overrides too."""
    refusals.keep_refused(order, refused)
    talk = refused.talk if isinstance(refused, DoNotStream) else order.talk
    if talk and talk.do_not_stream and talk.event_id == order.track.event_id:
        note_refused(
            talk=talk, verb=OverrideVerb.AIR, source=order.source, code=refused.code, actor=order.actor
        )


def _switch(order: Order, before: OnAir, shown: Shown) -> Outcome:
    """The compare-and-set and all that goes with it, in one transaction."""
    try:
        with transaction.atomic():
            times = _write(order, before, shown)
            revision = touch(order.track.event)
            # Read behind the counter's lock: what others committed meanwhile belongs into the frame.
            on_air = _present(order.track)
            live.on_air_changed(on_air, revision)
            switch_times.wake(times)
    except (StaleCommand, IntegrityError):
        # The same press may have arrived twice: then the other one did what this one wanted.
        if replay := _replay(order):
            return replay
        raise StaleCommand(_present(order.track)) from None
    return Outcome(on_air, changed=True)


def _write(order: Order, before: OnAir, shown: Shown) -> SwitchTimes:
    changed = OnAir.objects.filter(track=order.track, revision=order.expected_revision).update(
        talk=shown.talk, card=shown.card, revision=F("revision") + 1, since=_since(before, shown)
    )
    if not changed:
        raise StaleCommand(before)
    _use_override(order, before, shown)
    log = OnAirLog.objects.create(
        track=order.track,
        revision=order.expected_revision + 1,
        command=order.command,
        from_talk=before.talk,
        from_card=before.card,
        to_talk=shown.talk,
        to_card=shown.card,
        actor=order.actor,
        source=order.source,
        idempotency_key=order.key,
        request_digest=order.digest,
    )
    times = switch_times.begin(log=log, requested_at=order.requested_at)
    OnAir.objects.filter(track=order.track).update(next_talk=next_talk(order.track))
    if order.source not in MACHINES:
        # Who acts by hand has taken the track over from the timetable.
        armed = Automation.objects.filter(track=order.track, is_armed=True)
        if armed.update(is_armed=False, is_held=False, due_at=None, outcome="human"):
            DutyLog.objects.create(
                track=order.track, step=DutyStep.DISARMED, actor=order.actor, reason="human"
            )
    return times


def _use_override(order: Order, before: OnAir, shown: Shown) -> None:
    """Viewers are about to see the talk: the consent is asked for once more, in the very transaction."""
    talk = shown.talk
    if talk is None or not talk.do_not_stream or shown.card:
        return
    if not use_override(talk=talk, verb=OverrideVerb.AIR, source=order.source, actor=order.actor):
        raise DoNotStream(before, talk)


def _since(before: OnAir, shown: Shown) -> F | Now:
    """The technical card covers a talk and does not interrupt it: then its start stays."""
    same_talk = shown.talk is not None and shown.talk == before.talk
    return F("since") if same_talk else Now()


def _target(order: Order, on_air: OnAir) -> Shown:
    """What the track shall show, or the reason why not."""
    if order.source not in PAST_LOCKS and locked_out(track=order.track, actor=order.actor):
        raise Locked(on_air)
    if order.command is Command.TAKE:
        return _taken(order, on_air)
    if order.command is Command.CARD:
        over_talk = order.card == Card.TECHNICAL
        return Shown(on_air.talk if over_talk else None, order.card)
    if order.command is Command.CLEAR:
        return _cleared(order, on_air)
    return _undone(order, on_air)


def _cleared(order: Order, on_air: OnAir) -> Shown:
    """A talk that was marked while a card covered it stays covered."""
    talk = on_air.talk
    if talk and on_air.card and is_forbidden(talk, OverrideVerb.AIR):
        raise DoNotStream(on_air, talk)
    return Shown(talk, "" if talk else Card.WAITING)


def _taken(order: Order, on_air: OnAir) -> Shown:
    talk = order.talk
    if talk is None or talk.event_id != order.track.event_id:
        raise WrongTrack(on_air)
    if talk.track_id != order.track.pk and not talk.is_for_all_tracks:
        raise WrongTrack(on_air)
    _check_may_air(order, talk, on_air)
    return Shown(talk, "")


def _check_may_air(order: Order, talk: Talk, on_air: OnAir) -> None:
    """Nobody watches what machines do, so they never use what two people have agreed to."""
    if not talk.is_published or talk.is_cancelled:
        raise NotPublished(on_air)
    if talk.do_not_stream and order.source in MACHINES:
        raise DoNotStream(on_air, talk)
    if is_forbidden(talk, OverrideVerb.AIR):
        raise DoNotStream(on_air, talk)


def _undone(order: Order, on_air: OnAir) -> Shown:
    """The state before the track's last change, if that is young enough by the database's clock."""
    last = OnAirLog.objects.filter(track=on_air.track_id, revision=on_air.revision).select_related(
        "from_talk"
    )
    row = last.exclude(command=Command.UNDO).first()
    if row is None:
        raise NothingToUndo(on_air)
    if not _undoable(last).exists():
        raise UndoExpired(on_air)
    if row.from_talk:
        _check_may_air(order, row.from_talk, on_air)
    return Shown(row.from_talk, row.from_card)


def _undoable(rows: QuerySet[OnAirLog]) -> QuerySet[OnAirLog]:
    return rows.exclude(command=Command.UNDO).filter(at__gte=Now() - timedelta(seconds=UNDO_SECONDS))


def _replay(order: Order) -> Outcome | None:
    row = OnAirLog.objects.filter(track=order.track, idempotency_key=order.key).first()
    if row is None:
        return None
    if row.request_digest != order.digest:
        raise KeyReused
    return Outcome(_present(order.track), replayed=True)


def _present(track: Track) -> OnAir:
    return OnAir.objects.select_related("track__event", "talk", "next_talk").get(track=track)


def next_talk(track: Track) -> Talk | None:
    """The track's earliest published talk that ends later than now and has not been on air there.

    Breaks are programme, not talks to put on air: a card announces them.
    """
    aired = _standing(track).filter(to_talk__isnull=False).values("to_talk")
    talks = Talk.objects.published().for_track(track).exclude(kind=TalkKind.BREAK)
    return (
        talks.filter(ends_at__gt=Now(), do_not_stream=False, cancelled_at=None)
        .exclude(pk__in=aired)
        .order_by("starts_at", "pk")
        .first()
    )


def _standing(track: Track) -> QuerySet[OnAirLog]:
    """The track's log without what was undone: a talk taken by mistake is still to come."""
    undo = OnAirLog.objects.filter(track=track, command=Command.UNDO, revision=OuterRef("revision") + 1)
    return OnAirLog.objects.filter(track=track).exclude(Exists(undo))


def store_next_talks(event: Event) -> int:
    """Write down each track's next talk where the clock or the programme changed it; returns how many."""
    for track in event.tracks.filter(on_air__isnull=True):
        ensure_on_air(track)
    rows = OnAir.objects.filter(track__event=event).select_related("track__event")
    return sum(_store_next(row) for row in rows)


def _store_next(row: OnAir) -> bool:
    upcoming = next_talk(row.track)
    if (upcoming.pk if upcoming else None) == row.next_talk_id:
        return False
    with transaction.atomic():
        unchanged = Q(track=row.track, revision=row.revision)
        if not OnAir.objects.filter(unchanged).update(next_talk=upcoming):
            return False
        revision = touch(row.track.event)
        live.on_air_changed(_present(row.track), revision)
    return True
