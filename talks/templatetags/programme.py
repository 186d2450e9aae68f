"""The programme on pages of the layer below, and small facts about a talk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template

from events.models import Event, Track
from talks import selectors
from talks.models import Speaker, Talk
from talks.timetable import Grid, default_day

register = template.Library()


@register.filter
def elapsed_percent(talk: Talk, now: datetime) -> int:
    """How much of its planned time is over, in whole percent."""
    if not talk.starts_at or not talk.ends_at:
        return 0
    part = (now - talk.starts_at) / (talk.ends_at - talk.starts_at)
    return round(min(max(part, 0.0), 1.0) * 100)


@register.filter
def by(talk: Talk) -> str:
    """The speakers by name, and where they work when all of them work at one place."""
    names = "・".join(talk.speaker_names) if talk.lang == "ja" else ", ".join(talk.speaker_names)
    places = {person.organisation for person in talk.people}
    place = places.pop() if len(places) == 1 else ""
    if not place:
        return names
    return f"{names}（{place}）" if talk.lang == "ja" else f"{names} ({place})"


@register.filter
def tint(speaker: Speaker) -> int:
    """Which of the six tints stands in for a missing picture."""
    return int(speaker.pk) % 6 + 1


@dataclass(frozen=True)
class Bar:
    x: float
    width: float
    kind: str
    talk: Talk


@dataclass(frozen=True)
class Tick:
    """A full hour; every third one keeps its label where there is little room."""

    x: float
    at: datetime

    @property
    def is_third(self) -> bool:
        return self.at.hour % 3 == 0


@dataclass(frozen=True)
class Strip:
    """One day of the programme, as small as a picture."""

    day: date
    number: int
    grid: Grid
    tracks: list[tuple[Track, list[Bar]]]
    now: float | None

    @property
    def axis(self) -> list[Tick]:
        return [Tick(self.grid.percent_at(hour.at), hour.at) for hour in self.grid.hours]


@register.simple_tag
def programme_strip(event: Event, now: datetime) -> Strip | None:
    """The day that the timetable would open with; four queries."""
    days = selectors.public_days(event)
    day = default_day(days, now, event.zone)
    tracks = selectors.tracks_of(event)
    grid = selectors.day_grid(event, day, days, tracks) if day else None
    if day is None or grid is None:
        return None
    lanes = [(track, _bars(grid, number, now)) for number, track in enumerate(tracks, start=1)]
    is_now = grid.row_at(now) is not None
    return Strip(day, days.index(day) + 1, grid, lanes, grid.percent_at(now) if is_now else None)


def _bars(grid: Grid, column: int, now: datetime) -> list[Bar]:
    """The track's own talks; one on all tracks is drawn on each of them, a break on none."""
    talks = [
        place.talk for place in grid.places if place.column in (column, None) and not place.talk.is_break
    ]
    return [_bar(grid, talk, now) for talk in talks]


def _bar(grid: Grid, talk: Any, now: datetime) -> Bar:
    x = grid.percent_at(talk.starts_at)
    return Bar(x, round(grid.percent_at(talk.ends_at) - x, 3), "past" if talk.ends_at <= now else "", talk)


@register.simple_tag
def first_speakers(event: Event, count: int = 6) -> list[Speaker]:
    return selectors.first_speakers(event, count)
