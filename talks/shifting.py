"""Which talks move, and to when, when a track runs late or early. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import takewhile

from talks.enums import ShiftScope


@dataclass(frozen=True)
class Entry:
    """A talk or break of one track's day as it stands. What is for all tracks is not the track's to move."""

    id: int
    starts_at: datetime
    ends_at: datetime
    is_break: bool = False
    is_for_all_tracks: bool = False


def shifted(
    entries: Sequence[Entry], first_id: int, minutes: int, scope: str, *, is_running: bool
) -> list[Entry]:
    """The entries that move, as they stand afterwards; `entries` are in order of time.

    A talk that runs already keeps its start: it ends later or sooner. Up to the next break, the break gives
    or takes the minutes, and keeps its end.
    """
    by = timedelta(minutes=minutes)
    index = next(place for place, entry in enumerate(entries) if entry.id == first_id)
    first, rest = entries[index], entries[index + 1 :]
    moved = [replace(first, ends_at=first.ends_at + by) if is_running else _later(first, by)]
    if scope == ShiftScope.ONE:
        return moved
    own = list(takewhile(lambda entry: not entry.is_for_all_tracks, rest))
    if scope == ShiftScope.DAY:
        return moved + [_later(entry, by) for entry in own]
    before = list(takewhile(lambda entry: not entry.is_break, own))
    moved += [_later(entry, by) for entry in before]
    if len(before) < len(own):
        pause = own[len(before)]
        moved.append(replace(pause, starts_at=pause.starts_at + by))
    return moved


def _later(entry: Entry, by: timedelta) -> Entry:
    return replace(entry, starts_at=entry.starts_at + by, ends_at=entry.ends_at + by)
