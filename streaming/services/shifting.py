"""The control room moves talks by minutes; what is armed moves with them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.models import Event, Track
from streaming.console_live import console_changed
from streaming.errors import Locked, NothingToUndo
from streaming.models import Automation, OnAir, Shift
from streaming.services.duty import locked_out
from streaming.services.on_air import ensure_on_air, store_next_talks
from talks.services import shifting
from talks.services.shifting import Shifted, ShiftPlan, ShiftWish


def wish_of(*, track: Track, talk_id: int, minutes: int, scope: str) -> ShiftWish:
    """A talk that is on air has begun: it ends later, and does not begin later."""
    is_running = OnAir.objects.filter(track=track, talk=talk_id).exists()
    return ShiftWish(track, talk_id, minutes, scope, is_running)


def shift(*, wish: ShiftWish, seen: tuple[datetime, datetime], actor: User) -> Shift:
    """Move the talks for everybody, at once. Raises Locked or a ShiftRefused."""
    _refuse_locked(wish.track, actor)
    with transaction.atomic():
        _lock_tracks(wish.track.event)
        plan = shifting.shift_talks(wish=wish, seen=seen, actor=actor)
        _move_armed(wish.track.event, plan)
        row = Shift.objects.create(
            track=wish.track,
            talk_id=wish.talk_id,
            minutes=wish.minutes,
            scope=wish.scope,
            places=shifting.places_of(plan),
            actor=actor,
        )
        console_changed(wish.track.event, wish.track.pk)
    store_next_talks(wish.track.event)
    return row


def undo_shift(*, track: Track, shift_id: int, actor: User) -> None:
    """Put the talks back where they stood. Raises Locked, NothingToUndo or a ShiftRefused."""
    _refuse_locked(track, actor)
    with transaction.atomic():
        _lock_tracks(track.event)
        open_ones = Shift.objects.filter(pk=shift_id, track=track, undone_at=None)
        if not open_ones.update(undone_at=timezone.now(), undone_by=actor):
            raise NothingToUndo(ensure_on_air(track))
        row = Shift.objects.get(pk=shift_id)
        _move_armed(track.event, shifting.put_back(event=track.event, places=row.places, actor=actor))
        console_changed(track.event, track.pk)
    store_next_talks(track.event)


def _refuse_locked(track: Track, actor: User) -> None:
    if locked_out(track=track, actor=actor):
        raise Locked(ensure_on_air(track))


def _lock_tracks(event: Event) -> None:
    """Before anything else, as commands and the automation do: nothing switches while the times move."""
    list(OnAir.objects.select_for_update().filter(track__event=event).order_by("pk"))


def _move_armed(event: Event, plan: ShiftPlan) -> None:
    """Who moves the talk of an armed step has agreed to its new time: it stays armed."""
    armed = Automation.objects.filter(track__event=event, is_armed=True, due_at__isnull=False)
    for row in armed:
        due_at = next((move.after.starts_at for move in plan.moves if _is_step(row, move)), None)
        if due_at is not None and due_at != row.due_at:
            armed.filter(pk=row.pk, due_at=row.due_at).update(due_at=due_at)


def _is_step(row: Automation, move: Shifted) -> bool:
    """A card has no talk: it is known by the start of its break, on the track or on all of them."""
    talk = move.talk
    on_track = talk.is_for_all_tracks or talk.track_id == row.track_id
    return move.before.starts_at == row.due_at and (row.talk_id == talk.pk if row.talk_id else on_track)
