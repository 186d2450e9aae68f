"""When each talk of a track was on air, from the track's log: values only, no clock, no database.

What was undone does not count: the talk before it goes on. The technical card lies over a talk and does not
cut it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streaming.enums import Command


@dataclass(frozen=True)
class Entry:
    """A row of the log: what the track showed from `at` on."""

    revision: int
    command: str
    talk_id: int | None
    at: datetime


@dataclass(frozen=True)
class Window:
    """A talk's time on air; without an end it still is."""

    starts_at: datetime
    ends_at: datetime | None = None

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at if self.ends_at else timedelta.max

    def with_handles(self, handle: timedelta) -> "Window":
        """Some seconds more on both sides: presses come late, and speakers early."""
        end = self.ends_at + handle if self.ends_at else None
        return Window(self.starts_at - handle, end)


def windows(entries: Iterable[Entry]) -> dict[int, list[Window]]:
    """Of each talk its windows in order; a talk that was taken twice has two."""
    found: dict[int, list[Window]] = {}
    talk: int | None = None
    for entry in _standing(entries):
        if entry.talk_id == talk:
            continue
        if talk is not None:
            found[talk][-1] = Window(found[talk][-1].starts_at, entry.at)
        talk = entry.talk_id
        if talk is not None:
            found.setdefault(talk, []).append(Window(entry.at))
    return found


def longest(candidates: Iterable[Window]) -> Window | None:
    """The one to cut when a talk has several, on one track or on more; of equals the first."""
    return max(candidates, key=lambda one: one.length, default=None)


def _standing(entries: Iterable[Entry]) -> list[Entry]:
    """In order, without undos and what they undid."""
    rows = sorted(entries, key=lambda row: row.revision)
    undone = {row.revision - 1 for row in rows if row.command == Command.UNDO}
    return [row for row in rows if row.command != Command.UNDO and row.revision not in undone]
