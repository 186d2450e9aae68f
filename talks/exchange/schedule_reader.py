"""What a frab or pretalx schedule says, whether it came as JSON or as XML.

Their *room* is our track (the lane), their *track* is our category.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from talks.exchange.entry import Entry, Fault, Person, Programme, first_known
from talks.exchange.words import (
    at_clock,
    day_of,
    is_yes,
    kind_of,
    language_of,
    minutes_of,
    moment_of,
    plain,
    prose,
    zone_of,
)

LONGEST = {"title": 200, "category": 60, "track": 40}


@dataclass(frozen=True)
class Spot:
    """Where an entry stands: the day, the lane, and the words that say so."""

    day: date | None
    room: str
    place: str


def read_schedule(schedule: dict[str, Any], default_zone: ZoneInfo) -> Programme:
    conference = schedule.get("conference") or {}
    programme = Programme(title=plain(conference.get("title")))
    zone = _zone(conference, programme) or default_zone
    programme.time_zone = zone.key if _zone(conference, None) else ""
    reader = ScheduleReader(programme, zone, plain(conference.get("acronym")))
    for spot, row in reader.rows(conference.get("days") or []):
        reader.read(spot, row)
    rooms = [plain(room.get("name")) for room in conference.get("rooms") or [] if isinstance(room, dict)]
    programme.tracks = list(dict.fromkeys([*filter(None, rooms), *programme.tracks]))
    return programme


def _zone(conference: dict[str, Any], programme: Programme | None) -> ZoneInfo | None:
    name = conference.get("time_zone_name")
    zone = zone_of(name)
    if name and zone is None and programme is not None:
        text = _("There is no time zone “%s”; the times' own offsets are used.") % name
        programme.warnings.append(Fault("time_zone_name", text))
    return zone


class ScheduleReader:
    def __init__(self, programme: Programme, zone: tzinfo, acronym: str) -> None:
        self.programme, self.zone, self.acronym = programme, zone, acronym
        self._languages: set[str] = set()

    def rows(self, days: list[Any]) -> Iterator[tuple[Spot, dict[str, Any]]]:
        for number, day in enumerate(days, 1):
            on = self._date(day, number)
            for room, rows in (day.get("rooms") or {}).items():
                self._note_track(plain(room))
                for position, row in enumerate(rows or [], 1):
                    yield self._spot(number, on, plain(room), position, row), row

    def read(self, spot: Spot, row: dict[str, Any]) -> None:
        """One entry; what is wrong with it becomes a fault, and the next one is read."""
        faults = len(self.programme.faults)
        values = self._values(spot, row)
        if len(self.programme.faults) == faults:
            guid = first_known([row.get("guid"), row.get("code"), row.get("id")], self.acronym)
            self.programme.entries.append(Entry(guid, spot.place, values, self._people(spot, row)))

    def _spot(self, number: int, on: date | None, room: str, position: int, row: Any) -> Spot:
        where = _("day %(day)s, %(room)s, entry %(position)s")
        place = where % {"day": number, "room": room, "position": position}
        title = plain(row.get("title")) if isinstance(row, dict) else ""
        return Spot(on, room, f"{place} ({title[:40]})" if title else place)

    def _date(self, day: dict[str, Any], number: int) -> date | None:
        try:
            on = day_of(day.get("date"))
        except ValueError:
            place = _("day %s") % number
            self._fault(place, _("“%s” is no date; write it as 2026-11-23.") % day.get("date"))
            return None
        if on not in self.programme.days:
            self.programme.days.append(on)
        return on

    def _note_track(self, name: str) -> None:
        if name and name not in self.programme.tracks:
            self.programme.tracks.append(name)

    def _values(self, spot: Spot, row: dict[str, Any]) -> dict[str, Any]:
        room = plain(row.get("room")) or spot.room
        self._note_track(room)
        values = {
            "title": plain(row.get("title")),
            "kind": kind_of(row.get("type")),
            "lang": self._language(spot, row),
            "category": plain(row.get("track")),
            "abstract": _abstract(row),
            "track": room,
            "minutes": self._minutes(spot, row),
            "starts_at": self._start(spot, row),
            "do_not_record": is_yes(row.get("do_not_record")),
        }
        if not values["title"]:
            self._fault(spot.place, _("It has no title."))
        return self._clipped(spot, values)

    def _language(self, spot: Spot, row: dict[str, Any]) -> str:
        said = plain(row.get("language"))
        language = language_of(said)
        if said and not language and said not in self._languages:
            self._languages.add(said)
            self._warn(spot.place, _("Language “%s” is shown as English here.") % said)
        return language or ("en" if said else "ja")

    def _minutes(self, spot: Spot, row: dict[str, Any]) -> int:
        try:
            minutes = minutes_of(row.get("duration"))
        except ValueError:
            minutes = 0
        if not 0 < minutes <= 24 * 60:
            self._fault(spot.place, _("“%s” is no length; write it as 00:40.") % row.get("duration"))
        return minutes

    def _start(self, spot: Spot, row: dict[str, Any]) -> Any:
        try:
            if row.get("date"):
                return moment_of(row["date"], self.zone)
            if spot.day is not None:
                return at_clock(spot.day, str(row.get("start")), self.zone)
        except ValueError:
            self._fault(spot.place, _("“%s” is no time.") % (row.get("date") or row.get("start")))
        return None

    def _clipped(self, spot: Spot, values: dict[str, Any]) -> dict[str, Any]:
        """A lane or title that does not fit is a fault; a subject is cut, and said to be."""
        for name, limit in LONGEST.items():
            if len(values[name]) <= limit:
                continue
            text = _("“%(text)s…” is longer than %(limit)s characters.")
            words = text % {"text": values[name][:20], "limit": limit}
            if name == "category":
                self._warn(spot.place, words)
                values[name] = values[name][:limit].strip()
            else:
                self._fault(spot.place, words)
        return values

    def _people(self, spot: Spot, row: dict[str, Any]) -> tuple[Person, ...]:
        people: dict[Any, Person] = {}
        for raw in row.get("persons") or []:
            person = self._person(raw)
            if person is None:
                self._warn(spot.place, _("A person without a name was left out."))
            else:
                people.setdefault(person.guid, person)
        return tuple(people.values())

    def _person(self, raw: Any) -> Person | None:
        said = raw if isinstance(raw, dict) else {"name": raw}
        name = plain(said.get("name") or said.get("public_name") or said.get("full_public_name"))[:120]
        context = (self.acronym, "person")
        guid = first_known([said.get("guid"), said.get("code"), said.get("id"), name], *context)
        if not name or guid is None:
            return None
        bio = prose(said.get("biography"))
        return Person(guid, name, {"bio": bio} if bio else {})

    def _fault(self, place: str, text: str) -> None:
        self.programme.faults.append(Fault(place, text))

    def _warn(self, place: str, text: str) -> None:
        self.programme.warnings.append(Fault(place, text))


def _abstract(row: dict[str, Any]) -> str:
    parts = [prose(row.get("abstract")), prose(row.get("description"))]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))
