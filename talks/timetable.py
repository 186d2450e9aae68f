"""The timetable as arithmetic: what a day shows, and where each talk stands in a grid of five-minute rows.

No database and no clock. Lengths are measured in UTC, so that a day with 23 or 25 hours comes out right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any

from talks.night import NIGHT_HOURS

STEP = timedelta(minutes=5)
HOUR = timedelta(hours=1)
NIGHT = timedelta(hours=NIGHT_HOURS)
SHORT_ROWS, MIDDLE_ROWS = 5, 7


@dataclass(frozen=True)
class Window:
    """The time that one day of the event covers."""

    starts_at: datetime
    ends_at: datetime

    def holds(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at


@dataclass(frozen=True)
class Place:
    """A talk's place on a day. `column` counts the tracks from 1; None is all of them."""

    talk: Any
    column: int | None
    row: int
    rows: int
    starts_at: datetime
    began_before: bool
    goes_on: bool

    @property
    def size(self) -> str:
        if self.rows < SHORT_ROWS:
            return "short"
        return "mid" if self.rows < MIDDLE_ROWS else ""


@dataclass(frozen=True)
class Start:
    """All that begins at one time."""

    at: datetime
    row: int
    places: list[Place]

    @property
    def talks(self) -> list[Place]:
        return [place for place in self.places if not self._is_pause(place)]

    @property
    def pauses(self) -> list[Place]:
        """Breaks of the whole event; a single track's break is a cell like any other."""
        return [place for place in self.places if self._is_pause(place)]

    @staticmethod
    def _is_pause(place: Place) -> bool:
        return bool(place.talk.is_break) and place.column is None


@dataclass(frozen=True)
class Hour:
    at: datetime
    row: int


@dataclass(frozen=True)
class Grid:
    starts_at: datetime
    ends_at: datetime
    places: list[Place]
    zone: tzinfo

    @property
    def rows(self) -> int:
        return rows_between(self.starts_at, self.ends_at)

    @property
    def starts(self) -> list[Start]:
        together = groupby(self.places, key=lambda place: place.row)
        return [Start(group[0].starts_at, row, group) for row, places in together if (group := list(places))]

    @property
    def hours(self) -> list[Hour]:
        count = -(-(self.ends_at - self.starts_at) // HOUR)
        return [self._hour(number) for number in range(count)]

    def _hour(self, number: int) -> Hour:
        at = (self.starts_at + number * HOUR).astimezone(self.zone)
        return Hour(at, 1 + rows_between(self.starts_at, at))

    def row_at(self, moment: datetime) -> int | None:
        """The row that a moment falls into, or None outside the grid."""
        if not self.starts_at <= moment < self.ends_at:
            return None
        return 1 + rows_between(self.starts_at, moment)

    def start_at(self, moment: datetime) -> int | None:
        """The row of the latest start that is not after the moment, or None outside the grid."""
        now = self.row_at(moment)
        return now and max((start.row for start in self.starts if start.row <= now), default=None)

    def percent_at(self, moment: datetime) -> float:
        part = (moment - self.starts_at) / (self.ends_at - self.starts_at)
        return round(min(max(part, 0.0), 1.0) * 100, 3)


def rows_between(first: datetime, last: datetime) -> int:
    """Whole five-minute rows from one moment to another."""
    return (last.astimezone(UTC) - first.astimezone(UTC)) // STEP


def default_day(days: Sequence[date], now: datetime, zone: tzinfo) -> date | None:
    """Today in the event's zone when it is a day of the event, else the first day."""
    today = now.astimezone(zone).date()
    if today in days:
        return today
    return days[0] if days else None


def window_of(day: date, days: Sequence[date], zone: tzinfo) -> Window:
    """From midnight to midnight in the event's zone; the last night runs on into the morning."""
    tomorrow = day + timedelta(days=1)
    midnight = _midnight(tomorrow, zone)
    return Window(_midnight(day, zone), midnight if tomorrow in days else midnight + NIGHT)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)


def grid_of(talks: Iterable[Any], columns: Mapping[int, int], window: Window, zone: tzinfo) -> Grid | None:
    """The day's grid, from the hour of its first start to its last end; None when the day is empty.

    A talk over midnight stands on both days, cut at the window's edge. `columns` has tracks' places by id.
    """
    shown = [talk for talk in talks if talk.starts_at < window.ends_at and talk.ends_at > window.starts_at]
    if not shown:
        return None
    first = max(min(talk.starts_at for talk in shown), window.starts_at)
    last = min(max(talk.ends_at for talk in shown), window.ends_at)
    starts_at = _full_hour(first, zone)
    places = [_place(talk, columns, window, starts_at) for talk in shown]
    return Grid(starts_at, last, sorted(places, key=lambda place: (place.row, place.column or 0)), zone)


def _full_hour(moment: datetime, zone: tzinfo) -> datetime:
    here = moment.astimezone(zone)
    return moment - timedelta(minutes=here.minute, seconds=here.second, microseconds=here.microsecond)


def _place(talk: Any, columns: Mapping[int, int], window: Window, grid_start: datetime) -> Place:
    starts_at = max(talk.starts_at, window.starts_at)
    ends_at = min(talk.ends_at, window.ends_at)
    row = rows_between(grid_start, starts_at)
    return Place(
        talk=talk,
        column=None if talk.is_for_all_tracks else columns[talk.track_id],
        row=row + 1,
        rows=max(rows_between(grid_start, ends_at + STEP - timedelta(microseconds=1)) - row, 1),
        starts_at=starts_at,
        began_before=talk.starts_at < window.starts_at,
        goes_on=talk.ends_at > window.ends_at,
    )
