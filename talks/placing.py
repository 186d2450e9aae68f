"""Where talks may stand: what is in the way of a place. Pure: no database, no clock.

The browser tells the same by static/js/talks/editor/conflicts.js; both are tried by one table of cases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from talks.night import NIGHT_HOURS

MORNING, MIDNIGHT = 6 * 60, 24 * 60
NIGHT = MIDNIGHT + NIGHT_HOURS * 60
# How long a talk is as long as nobody has said it.
USUAL_MINUTES = 40


@dataclass(frozen=True)
class Place:
    """A track and a time; without a time a talk is unscheduled. Room only where it is not the track's own."""

    track_id: int | None = None
    room_id: int | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def is_placed(self) -> bool:
        return self.starts_at is not None and self.ends_at is not None

    @property
    def minutes(self) -> int | None:
        if self.starts_at is None or self.ends_at is None:
            return None
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


NOWHERE = Place()


@dataclass(frozen=True)
class Planned:
    """A talk as far as places are concerned."""

    id: int
    place: Place
    is_for_all_tracks: bool = False
    is_cancelled: bool = False
    speakers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Frame:
    """The days, and the hours that talks may stand in: minutes after midnight, over 1440 in the night."""

    zone: ZoneInfo
    days: Sequence[date]
    starts: int
    ends: int
    rooms: dict[int, int | None]


@dataclass(frozen=True)
class Conflict:
    code: str
    talk_ids: tuple[int, ...]


def find_conflicts(frame: Frame, talks: Iterable[Planned], talk: Planned) -> list[Conflict]:
    """What is in the way of `talk` where its place says: the day first, then the others in order of time."""
    if not talk.place.is_placed:
        return []
    found = day_conflicts(frame, talk)
    if talk.is_cancelled:
        return found
    others = [other for other in talks if _is_in_the_way(other, talk)]
    for other in sorted(others, key=_by_time):
        found += _pair_conflicts(frame, talk, other)
    return found


def standing_conflicts(frame: Frame, talks: Sequence[Planned]) -> list[Conflict]:
    """What is wrong with a whole timetable as it stands; each pair is named once, by its earlier talk."""
    placed = sorted((talk for talk in talks if talk.place.is_placed), key=_by_time)
    found = []
    for index, talk in enumerate(placed, start=1):
        # In order of time: whoever starts after this one's end ends the search.
        rest = islice(placed, index, None)
        meanwhile = takewhile(partial(_starts_before_end, talk), rest)
        found += find_conflicts(frame, meanwhile, talk)
    return found


def day_conflicts(frame: Frame, talk: Planned) -> list[Conflict]:
    starts, ends = talk.place.starts_at, talk.place.ends_at
    assert starts is not None
    assert ends is not None
    day = day_of(frame, starts)
    if day is None:
        return [Conflict("no_such_day", (talk.id,))]
    first, last = span_of(frame, day)
    return [] if first <= starts and ends <= last else [Conflict("outside_day", (talk.id,))]


def day_of(frame: Frame, moment: datetime) -> date | None:
    """The day of the event that a moment belongs to. A night goes on from the evening before it."""
    here = moment.astimezone(frame.zone).date()
    if here in frame.days:
        return here
    before = here - timedelta(days=1)
    return before if before in frame.days and moment < span_of(frame, before)[1] else None


def span_of(frame: Frame, day: date) -> tuple[datetime, datetime]:
    return _at(frame.zone, day, frame.starts), _at(frame.zone, day, frame.ends)


def nights_of(days: Sequence[date]) -> list[date]:
    """The evenings whose night goes on after midnight, because no day of the event follows."""
    return [day for day in days if day + timedelta(days=1) not in days]


def into_the_night(frame: Frame, place: Place) -> Frame:
    """The frame with its end moved behind a place after midnight, for whoever asks for just that."""
    if place.starts_at is None or place.ends_at is None:
        return frame
    here = place.starts_at.astimezone(frame.zone).date()
    evening = here if here in frame.days else here - timedelta(days=1)
    if evening not in nights_of(frame.days):
        return frame
    ends = _minutes_after(frame.zone, evening, place.ends_at)
    return replace(frame, ends=max(frame.ends, -(-ends // 60) * 60)) if ends <= NIGHT else frame


def hours_around(zone: ZoneInfo, days: Sequence[date], places: Iterable[Place]) -> tuple[int, int]:
    """From six to midnight, widened to the full hours of what stands already, until the night's end."""
    first, last = MORNING, MIDNIGHT
    for place in places:
        if place.starts_at is None or place.ends_at is None:
            continue
        day = place.starts_at.astimezone(zone).date()
        if day not in days:
            day -= timedelta(days=1)
        ends = _minutes_after(zone, day, place.ends_at)
        if day in days and ends <= NIGHT:
            first = min(first, _minutes_after(zone, day, place.starts_at))
            last = max(last, ends)
    return max(first // 60 * 60, 0), -(-last // 60) * 60


def _minutes_after(zone: ZoneInfo, day: date, moment: datetime) -> int:
    """Minutes on the wall clock since the day's midnight."""
    wall = moment.astimezone(zone).replace(tzinfo=None)
    return int((wall - datetime.combine(day, time())).total_seconds()) // 60


def _at(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _is_in_the_way(other: Planned, talk: Planned) -> bool:
    if other.id == talk.id or other.is_cancelled or not other.place.is_placed:
        return False
    one, two = talk.place, other.place
    return one.starts_at < two.ends_at and two.starts_at < one.ends_at  # type: ignore[operator]


def _starts_before_end(talk: Planned, other: Planned) -> bool:
    return other.place.starts_at < talk.place.ends_at  # type: ignore[operator]


def _pair_conflicts(frame: Frame, talk: Planned, other: Planned) -> list[Conflict]:
    same_track = talk.place.track_id == other.place.track_id
    on_track = talk.is_for_all_tracks or other.is_for_all_tracks or same_track
    codes = {
        "track_overlap": on_track,
        "speaker_twice": bool(talk.speakers & other.speakers),
        "room_twice": not on_track and _share_room(frame, talk.place, other.place),
    }
    return [Conflict(code, (talk.id, other.id)) for code, is_so in codes.items() if is_so]


def _share_room(frame: Frame, one: Place, two: Place) -> bool:
    room = room_of(frame, one)
    return room is not None and room == room_of(frame, two)


def room_of(frame: Frame, place: Place) -> int | None:
    if place.room_id is not None:
        return place.room_id
    return frame.rooms.get(place.track_id) if place.track_id is not None else None


def _by_time(talk: Planned) -> tuple[datetime, int]:
    assert talk.place.starts_at is not None
    return talk.place.starts_at, talk.id
