"""The published timetable follows a day that runs late or early; a draft that agrees with it follows too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event, Track
from events.services.revision import touch
from talks.draft_places import draft_place, drafted_talks, frame_of, own_place, planned
from talks.live import programme_changed
from talks.models import Talk
from talks.placing import Conflict, Frame, Place, Planned, day_of, find_conflicts, into_the_night
from talks.services.drafting import lock_draft, write_places
from talks.services.programme import keep_changes, values_of
from talks.shifting import Entry, shifted

MOST_MINUTES = 120


class ShiftRefused(DomainError):
    """Nothing was moved."""

    code = "shift_refused"


class CannotShift(ShiftRefused):
    """The talk has no published time on the track, or has been cancelled."""

    code = "cannot_shift"


class StaleShift(ShiftRefused):
    """The talk no longer stands where whoever asked saw it."""

    code = "stale"


class ShiftConflicts(ShiftRefused):
    """Something is in the way; `plan` says what."""

    code = "conflict"

    def __init__(self, plan: "ShiftPlan") -> None:
        super().__init__(self.code)
        self.plan = plan


@dataclass(frozen=True)
class Shifted:
    talk: Talk
    before: Place
    after: Place


@dataclass(frozen=True)
class ShiftPlan:
    """What a shift does. `apart` are talks that an unpublished draft moves elsewhere: that draft stays."""

    moves: list[Shifted]
    conflicts: list[Conflict]
    talks: dict[int, Talk]
    apart: list[Talk]


@dataclass(frozen=True)
class ShiftWish:
    """A talk on a track, how many minutes later (or sooner), and how far that reaches (ShiftScope)."""

    track: Track
    talk_id: int
    minutes: int
    scope: str
    is_running: bool


def plan_shift(wish: ShiftWish) -> ShiftPlan:
    """What it would do, and what is in the way. Raises CannotShift."""
    event = wish.track.event
    talks = drafted_talks(event)
    frame = frame_of(event, talks)
    entries = _entries(talks, wish, frame)
    moved = shifted(entries, wish.talk_id, wish.minutes, wish.scope, is_running=wish.is_running)
    by_id = {talk.pk: talk for talk in talks}
    moves = [_move(by_id[entry.id], entry.starts_at, entry.ends_at) for entry in moved]
    return _plan(moves, _conflicts(frame, talks, moves, _past_of(wish, moves)), by_id)


def shift_talks(*, wish: ShiftWish, seen: tuple[datetime, datetime], actor: User | None) -> ShiftPlan:
    """Move them for everybody. `seen` is where whoever asked saw the first talk stand.

    Raises CannotShift, StaleShift or ShiftConflicts.
    """
    with transaction.atomic():
        lock_draft(wish.track.event)
        plan = plan_shift(wish)
        first = plan.moves[0].before
        if [_milliseconds(first.starts_at), _milliseconds(first.ends_at)] != [*map(_milliseconds, seen)]:
            raise StaleShift
        _write(wish.track.event, plan, actor)
    return plan


def put_back(*, event: Event, places: Sequence[Mapping[str, Any]], actor: User | None) -> ShiftPlan:
    """Take a shift back; `places` is what `places_of` said of it. Raises StaleShift or ShiftConflicts."""
    with transaction.atomic():
        lock_draft(event)
        talks = drafted_talks(event)
        by_id = {talk.pk: talk for talk in talks}
        moves = [_back(by_id, place) for place in places]
        plan = _plan(moves, _conflicts(frame_of(event, talks), talks, moves, []), by_id)
        _write(event, plan, actor)
    return plan


def places_of(plan: ShiftPlan) -> list[dict[str, Any]]:
    """What has to be known to take it back, as JSON."""
    return [
        {"talk_id": move.talk.pk, "before": _span(move.before), "after": _span(move.after)}
        for move in plan.moves
    ]


def _plan(moves: list[Shifted], conflicts: list[Conflict], talks: dict[int, Talk]) -> ShiftPlan:
    return ShiftPlan(moves, conflicts, talks, [move.talk for move in moves if not _agrees(move)])


def _span(place: Place) -> list[str]:
    assert place.starts_at is not None
    assert place.ends_at is not None
    return [place.starts_at.isoformat(), place.ends_at.isoformat()]


def _milliseconds(moment: datetime | None) -> int | None:
    """As exact as the wire tells it."""
    return None if moment is None else int(moment.timestamp() * 1000)


def _entries(talks: list[Talk], wish: ShiftWish, frame: Frame) -> list[Entry]:
    """The day around the talk, on all tracks, in order of time."""
    shown = [talk for talk in talks if talk.is_published and not talk.is_cancelled and talk.starts_at]
    first = next((talk for talk in shown if talk.pk == wish.talk_id), None)
    if first is None or first.starts_at is None or _is_elsewhere(first, wish.track):
        raise CannotShift
    day = day_of(frame, first.starts_at)
    same = [talk for talk in shown if talk.starts_at and day_of(frame, talk.starts_at) == day]
    same.sort(key=lambda talk: (talk.starts_at, talk.pk))
    return [_entry(talk, wish.track) for talk in same]


def _is_elsewhere(talk: Talk, track: Track) -> bool:
    return talk.track_id != track.pk and not talk.is_for_all_tracks


def _entry(talk: Talk, track: Track) -> Entry:
    assert talk.starts_at is not None
    assert talk.ends_at is not None
    elsewhere = _is_elsewhere(talk, track)
    return Entry(talk.pk, talk.starts_at, talk.ends_at, talk.is_break, talk.is_for_all_tracks, elsewhere)


def _move(talk: Talk, starts_at: datetime, ends_at: datetime) -> Shifted:
    before = own_place(talk)
    return Shifted(talk, before, replace(before, starts_at=starts_at, ends_at=ends_at))


def _back(by_id: dict[int, Talk], place: Mapping[str, Any]) -> Shifted:
    """Whoever has moved the talk since knows better."""
    talk = by_id.get(place["talk_id"])
    if talk is None or not talk.is_published or not own_place(talk).is_placed:
        raise StaleShift
    if _span(own_place(talk)) != place["after"]:
        raise StaleShift
    starts_at, ends_at = (datetime.fromisoformat(text) for text in place["before"])
    return _move(talk, starts_at, ends_at)


def _past_of(wish: ShiftWish, moves: list[Shifted]) -> list[Conflict]:
    """Sooner, but not before now: nothing begins then, and what runs does not end then."""
    if wish.minutes >= 0:
        return []
    now = timezone.now()
    edges = [move.after.starts_at for move in moves]
    if wish.is_running:
        edges[0] = moves[0].after.ends_at
    pairs = zip(moves, edges, strict=True)
    return [Conflict("past", (move.talk.pk,)) for move, edge in pairs if edge is not None and edge < now]


def _conflicts(frame: Frame, talks: list[Talk], moves: list[Shifted], past: list[Conflict]) -> list[Conflict]:
    """What would be wrong that is not wrong already."""
    after = {move.talk.pk: move.after for move in moves}
    empty = [Conflict("too_short", (pk,)) for pk, place in after.items() if not _lasts(place)]
    if empty or past:
        return empty + past
    shown = [planned(talk, own_place(talk)) for talk in talks if talk.is_published]
    known = _found(frame, shown, set(after))
    moved = [replace(one, place=after.get(one.id, one.place)) for one in shown]
    return [one for key, one in _found(frame, moved, set(after)).items() if key not in known]


def _lasts(place: Place) -> bool:
    return place.is_placed and place.ends_at > place.starts_at  # type: ignore[operator]


def _found(frame: Frame, shown: list[Planned], ids: set[int]) -> dict[tuple[str, frozenset[int]], Conflict]:
    """Each conflict of these talks, named once however many of them it concerns."""
    found: dict[tuple[str, frozenset[int]], Conflict] = {}
    for talk in shown:
        if talk.id in ids:
            for one in find_conflicts(into_the_night(frame, talk.place), shown, talk):
                found.setdefault((one.code, frozenset(one.talk_ids)), one)
    return found


def _agrees(move: Shifted) -> bool:
    """The draft has the talk at the published time."""
    place = draft_place(move.talk)
    return (place.starts_at, place.ends_at) == (move.before.starts_at, move.before.ends_at)


def _write(event: Event, plan: ShiftPlan, actor: User | None) -> None:
    if plan.conflicts:
        raise ShiftConflicts(plan)
    drafted = {
        move.talk: replace(draft_place(move.talk), starts_at=move.after.starts_at, ends_at=move.after.ends_at)
        for move in plan.moves
        if _agrees(move) and getattr(move.talk, "placement", None) is not None
    }
    before = {move.talk: values_of(move.talk) for move in plan.moves}
    for move in plan.moves:
        move.talk.starts_at, move.talk.ends_at = move.after.starts_at, move.after.ends_at
        move.talk.updated_at = timezone.now()
    Talk.objects.bulk_update(before, ["starts_at", "ends_at", "updated_at"])
    keep_changes(before, actor=actor)
    write_places(drafted)
    programme_changed(event, touch(event), list(before))
