"""The "All" JSON of Sessionize. Its times have no zone: they are the event's own."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from talks.enums import TalkKind
from talks.exchange.entry import Entry, Fault, Person, Programme, Unreadable, known_id
from talks.exchange.json_text import read_json, write_json
from talks.exchange.words import kind_of, language_of, level_of, minutes_of, moment_of, plain, prose

SUBJECTS = ("category", "track", "topic", "subject", "カテゴリ", "分野")
LEVELS = ("level", "difficulty", "レベル", "難易度")
LANGUAGES = ("language", "言語")
FORMATS = ("format", "type", "形式", "種別")


def read(content: bytes, zone: ZoneInfo) -> Programme:
    return SessionizeReader(parsed(content), zone).read()


def parsed(content: bytes) -> dict[str, Any]:
    """The file's object. Raises Unreadable with the line that is wrong."""
    document = read_json(content)
    if not isinstance(document, dict) or not _has_lists(document):
        raise Unreadable(_("It is JSON, but not the “All” view: sessions and speakers are missing."))
    return document


def _has_lists(document: dict[str, Any]) -> bool:
    if not {"sessions", "speakers"} <= document.keys():
        return False
    lists = [document.get(name) or [] for name in ("sessions", "speakers", "rooms", "categories")]
    return all(isinstance(rows, list) and all(isinstance(row, dict) for row in rows) for rows in lists)


class SessionizeReader:
    def __init__(self, document: dict[str, Any], zone: ZoneInfo) -> None:
        self.programme = Programme()
        self.document, self.zone = document, zone
        self.rooms = {row.get("id"): plain(row.get("name")) for row in document.get("rooms") or []}
        self.people = {str(row.get("id")): self._person(row) for row in document["speakers"]}
        self.choices = dict(self._choices())

    def read(self) -> Programme:
        self.programme.tracks = [name for name in self.rooms.values() if name]
        for number, row in enumerate(self.document["sessions"], 1):
            self._read(number, row)
        return self.programme

    def _choices(self) -> Any:
        """Each choice of a category, by its id: what it is about, and its words."""
        for category in self.document.get("categories") or []:
            for item in category.get("items") or []:
                yield item.get("id"), (plain(category.get("title")).casefold(), plain(item.get("name")))

    def _person(self, row: dict[str, Any]) -> Person | None:
        name = plain(row.get("fullName") or f"{row.get('firstName') or ''} {row.get('lastName') or ''}")[:120]
        guid = known_id(row.get("id"), "sessionize", "person")
        if not name or guid is None:
            return None
        said = {"bio": prose(row.get("bio")), "job_title": plain(row.get("tagLine"))[:120]}
        return Person(guid, name, {key: value for key, value in said.items() if value})

    def _read(self, number: int, row: dict[str, Any]) -> None:
        title = plain(row.get("title"))
        place = _("session %(number)s (%(title)s)") % {"number": number, "title": title[:40]}
        faults = len(self.programme.faults)
        values = {"title": title, "abstract": prose(row.get("description")), **self._chosen(row)}
        values |= self._placement(place, row)
        values["is_for_all_tracks"] = bool(row.get("isPlenumSession"))
        if row.get("isServiceSession"):
            values["kind"] = TalkKind.BREAK.value
        self._check(place, values)
        if len(self.programme.faults) == faults:
            guid = known_id(row.get("id"), "sessionize")
            self.programme.entries.append(Entry(guid, place, values, self._speakers(place, row)))

    def _check(self, place: str, values: dict[str, Any]) -> None:
        if not values["title"]:
            self._fault(place, _("It has no title."))
        elif len(values["title"]) > 200:
            self._fault(place, _("Its title is longer than 200 characters."))

    def _chosen(self, row: dict[str, Any]) -> dict[str, Any]:
        """Subject, level, language and format, by the names that organizers give these questions."""
        values: dict[str, Any] = {}
        for about, words in filter(None, map(self.choices.get, row.get("categoryItems") or [])):
            if _is_about(about, LEVELS):
                values["difficulty"] = level_of(words)
            elif _is_about(about, LANGUAGES):
                values["lang"] = language_of(words) or "en"
            elif _is_about(about, FORMATS):
                values["kind"] = kind_of(words)
            elif _is_about(about, SUBJECTS):
                values["category"] = words[:60]
        return values

    def _placement(self, place: str, row: dict[str, Any]) -> dict[str, Any]:
        starts, ends = self._moment(place, row, "startsAt"), self._moment(place, row, "endsAt")
        room = self.rooms.get(row.get("roomId")) or None
        if starts is None or ends is None:
            return {"starts_at": None, "track": room, **self._length(row)}
        if ends <= starts:
            self._fault(place, _("It ends before it starts."))
        elif ends - starts > timedelta(days=1):
            self._fault(place, _("It is longer than a day."))
        return {"starts_at": starts, "track": room, "minutes": int((ends - starts).total_seconds()) // 60}

    def _length(self, row: dict[str, Any]) -> dict[str, Any]:
        """Our own export keeps the length of what has no time yet."""
        try:
            minutes = minutes_of(row.get("minutes") or 0)
        except ValueError:
            return {}
        return {"minutes": minutes} if 0 < minutes <= 24 * 60 else {}

    def _moment(self, place: str, row: dict[str, Any], name: str) -> datetime | None:
        try:
            return moment_of(row[name], self.zone).astimezone(self.zone) if row.get(name) else None
        except ValueError:
            self._fault(place, _("“%s” is no time.") % row[name])
            return None

    def _speakers(self, place: str, row: dict[str, Any]) -> tuple[Person, ...]:
        ids = [str(one.get("id") if isinstance(one, dict) else one) for one in row.get("speakers") or []]
        found = [self.people.get(one) for one in ids]
        if None in found:
            self.programme.warnings.append(Fault(place, _("A person without a name was left out.")))
        return tuple({person.guid: person for person in found if person}.values())

    def _fault(self, place: str, text: str) -> None:
        self.programme.faults.append(Fault(place, text))


def _is_about(question: str, words: tuple[str, ...]) -> bool:
    return any(word in question for word in words)


def written(document: dict[str, Any]) -> bytes:
    return write_json(document)
