"""Which talks move, and to when, when a track runs late or early. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from talks.enums import ShiftScope


@dataclass(frozen=True)
class Entry:
    """A talk or break of the day as it stands. What is for all tracks is not one track's to move."""

    id: int
    starts_at: datetime
    ends_at: datetime
    is_break: bool = False
    is_for_all_tracks: bool = False
    is_elsewhere: bool = False


def shifted(
    entries: Sequence[Entry], first_id: int, minutes: int, scope: str, *, is_running: bool
) -> list[Entry]:
    """The entries that move, as they stand afterwards; `entries` are in order of time.

    A talk that runs already keeps its start: it ends later or sooner. Up to the next break, the break gives
    or takes the minutes, and keeps its end.
    """
    by = timedelta(minutes=minutes)
    first = next(entry for entry in entries if entry.id == first_id)
    moved = [replace(first, ends_at=first.ends_at + by) if is_running else _later(first, by)]
    if scope == ShiftScope.ONE:
        return moved
    after = first.ends_at if is_running else first.starts_at
    rest = [entry for entry in entries if entry.id != first_id and entry.starts_at >= after]
    if scope == ShiftScope.ALL:
        return moved + [_later(entry, by) for entry in rest]
    here = [entry for entry in rest if not entry.is_elsewhere]
    if scope == ShiftScope.BREAK:
        return moved + _until_break(here, by)
    own = takewhile(lambda entry: not entry.is_for_all_tracks, here)
    return moved + [_later(entry, by) for entry in own]


def _until_break(here: list[Entry], by: timedelta) -> list[Entry]:
    """A break of all tracks gives its minutes too: the other tracks begin it a little after they end."""
    before = list(takewhile(lambda entry: not (entry.is_break or entry.is_for_all_tracks), here))
    moved = [_later(entry, by) for entry in before]
    pause = next((entry for entry in here[len(before) : len(before) + 1] if entry.is_break), None)
    return moved if pause is None else [*moved, replace(pause, starts_at=pause.starts_at + by)]


def _later(entry: Entry, by: timedelta) -> Entry:
    return replace(entry, starts_at=entry.starts_at + by, ends_at=entry.ends_at + by)
