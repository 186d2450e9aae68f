"""The demo's timetable as arithmetic: no clock and no database.

A day has eighteen rounds of eighty minutes: an hour of talks on each track, then a break for all. The
second day gives the same talks again at another time of day, so that everybody can see each one awake.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

DAYS = 2
ROUND, TALK, BREAK = timedelta(minutes=80), timedelta(minutes=60), timedelta(minutes=20)
ROUNDS = 18
KEYNOTE_ROUND = 9
AGAIN_LATER = 8
AGAIN = {"ja": "（再演）", "en": " (second run)"}
PAUSE = {"title": "休憩 / Break", "lang": "ja", "kind": "break", "people": []}


@dataclass(frozen=True)
class Entry:
    """One entry of the programme, `offset` after the programme's first minute; `lane` None is all tracks."""

    offset: timedelta
    length: timedelta
    lane: int | None
    text: dict[str, Any]
    is_second_run: bool = False

    @property
    def title(self) -> str:
        title: str = self.text["title"]
        return title + AGAIN[self.text["lang"]] if self.is_second_run else title


@dataclass(frozen=True)
class Anchor:
    """Where the programme stands: its first day, and how long after midnight its first talk begins."""

    day: date
    lead: timedelta

    def starts_at(self, zone: tzinfo) -> datetime:
        return datetime.combine(self.day, datetime.min.time(), zone) + self.lead


def anchor_at(now: datetime, zone: tzinfo) -> Anchor:
    """Today and tomorrow, with a talk (and no break) at `now`: rounds begin with a talk or with a break."""
    here = now.astimezone(zone)
    into_round = timedelta(hours=here.hour, minutes=here.minute) % ROUND
    return Anchor(here.date(), timedelta(0) if into_round < ROUND / 2 else BREAK)


def entries(lanes: list[list[dict[str, Any]]], keynotes: list[dict[str, Any]]) -> Iterator[Entry]:
    for day in range(DAYS):
        for number in range(ROUNDS):
            offset = timedelta(days=day) + number * ROUND
            if number == KEYNOTE_ROUND:
                yield Entry(offset, TALK, None, keynotes[day])
            else:
                yield from _side_by_side(lanes, day, number, offset)
            if (day, number) != (DAYS - 1, ROUNDS - 1):
                yield Entry(offset + TALK, BREAK, None, PAUSE)


def _side_by_side(
    lanes: list[list[dict[str, Any]]], day: int, number: int, offset: timedelta
) -> Iterator[Entry]:
    place = number - (number > KEYNOTE_ROUND) + day * AGAIN_LATER
    for lane, talks in enumerate(lanes):
        # Each track is one talk ahead of the one before, so that both languages are on most of the time.
        yield Entry(offset, TALK, lane, talks[(place + lane) % len(talks)], is_second_run=day > 0)
