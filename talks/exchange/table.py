"""The programme as a CSV table: one row a talk. A column that is missing leaves its field alone."""

import csv
import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from talks.exchange.entry import Entry, Fault, Person, Programme, Unreadable, known_id
from talks.exchange.words import (
    at_clock,
    day_of,
    is_yes,
    kind_of,
    language_of,
    level_of,
    minutes_of,
    plain,
    prose,
)

COLUMNS = (
    "guid",
    "kind",
    "title",
    "language",
    "category",
    "level",
    "speakers",
    "date",
    "start",
    "minutes",
    "track",
    "all_tracks",
    "seats",
    "do_not_stream",
    "do_not_record",
    "slides_url",
    "video_url",
    "cancelled",
    "abstract",
)
PLACEMENT = {"date", "start"}
MOST_SEATS = 1_000_000
# A spreadsheet would run these as formulas; a leading apostrophe makes them text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read(content: bytes, zone: ZoneInfo) -> Programme:
    reader = csv.DictReader(io.StringIO(_text(content), newline=""))
    names = _names(reader)
    if "title" not in names:
        raise Unreadable(_("The first line must name the columns; there is no column “title”."))
    reader.fieldnames = names
    return TableReader(zone, set(names)).read(reader)


def _names(reader: "csv.DictReader[str]") -> list[str]:
    try:
        return [plain(name).casefold().replace(" ", "_") for name in reader.fieldnames or []]
    except csv.Error as fault:
        raise Unreadable(f"{_('line %s') % 1}: {fault}") from None


def _text(content: bytes) -> str:
    """UTF-8, or what a Japanese spreadsheet saves."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("It is written neither in UTF-8 nor in Shift_JIS."))


class TableReader:
    def __init__(self, zone: ZoneInfo, columns: set[str]) -> None:
        self.programme, self.zone, self.columns = Programme(), zone, columns

    def read(self, rows: "csv.DictReader[str]") -> Programme:
        for name in sorted(self.columns - set(COLUMNS)):
            self.programme.warnings.append(
                Fault(_("line 1"), _("Column “%s” is not known; left aside.") % name)
            )
        try:
            for row in rows:
                self._read_row(_("line %s") % rows.line_num, row)
        except csv.Error as fault:
            raise Unreadable(f"{_('line %s') % (rows.line_num + 1)}: {fault}") from None
        return self.programme

    def _read_row(self, place: str, row: dict[Any, Any]) -> None:
        if None in row:
            self._fault(place, _("It has more values than there are columns."))
        elif any(row.values()):
            self._read(place, {name: value or "" for name, value in row.items()})

    def _read(self, place: str, row: dict[str, str]) -> None:
        faults = len(self.programme.faults)
        values = {name: self._value(place, name, row[name]) for name in self.columns & VALUES.keys()}
        values = {VALUES[name][0]: value for name, value in values.items()}
        if self.columns >= PLACEMENT:
            values["starts_at"] = self._start(place, row["date"].strip(), row["start"].strip())
        if track := values.get("track"):
            self._note_track(place, track)
        if values.get("do_not_stream") and not values.get("video_url"):
            # Our own exports leave it out of such a talk: an empty cell does not wish it away.
            values.pop("video_url", None)
        self._check(place, values)
        if len(self.programme.faults) == faults:
            people = self._people(row["speakers"]) if "speakers" in self.columns else None
            guid = known_id(row.get("guid"), "table")
            self.programme.entries.append(Entry(guid, place, values, people))

    def _value(self, place: str, name: str, text: str) -> Any:
        try:
            return VALUES[name][1](_unguarded(text.strip()))
        except ValueError:
            self._fault(
                place, _("“%(text)s” does not fit column “%(column)s”.") % {"text": text, "column": name}
            )
            return None

    def _start(self, place: str, day: str, clock: str) -> datetime | None:
        if not day and not clock:
            return None
        try:
            on = day_of(_iso(day))
            return at_clock(on, clock, self.zone)
        except ValueError:
            self._fault(place, _("“%s” is no time; write 2026-11-23 and 10:20.") % f"{day} {clock}".strip())
            return None

    def _note_track(self, place: str, name: str) -> None:
        if len(name) > 40:
            self._fault(place, _("The name of its track is longer than 40 characters."))
        elif name not in self.programme.tracks:
            self.programme.tracks.append(name)

    def _check(self, place: str, values: dict[str, Any]) -> None:
        if not values["title"]:
            self._fault(place, _("It has no title."))
        elif len(values["title"]) > 200:
            self._fault(place, _("Its title is longer than 200 characters."))
        if values.get("starts_at") and not values.get("minutes"):
            self._fault(place, _("It has a time but no length in minutes."))

    def _people(self, text: str) -> tuple[Person, ...]:
        names = dict.fromkeys(filter(None, (plain(name)[:120] for name in _unguarded(text).split(";"))))
        return tuple(Person(_person_id(name), name) for name in names)

    def _fault(self, place: str, text: str) -> None:
        self.programme.faults.append(Fault(place, text))


def _person_id(name: str) -> Any:
    return known_id(f"name:{name}", "table", "person")


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA else text


def guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _iso(day: str) -> str:
    """2026/1/3, as spreadsheets like to write a date, with its zeros."""
    parts = day.replace("/", "-").split("-")
    return "-".join(part.zfill(2) for part in parts)


def _minutes(text: str) -> int | None:
    minutes = minutes_of(text) if text else None
    if minutes is not None and not 0 < minutes <= 24 * 60:
        raise ValueError
    return minutes


def _seats(text: str) -> int | None:
    seats = int(text) if text else None
    if seats is not None and not 0 <= seats <= MOST_SEATS:
        raise ValueError
    return seats


def _address(text: str) -> str:
    if text and (len(text) > 200 or not text.startswith(("https://", "http://"))):
        raise ValueError
    return text


# By column: our field, and how its text is read.
VALUES: dict[str, tuple[str, Any]] = {
    "kind": ("kind", kind_of),
    "title": ("title", plain),
    "language": ("lang", lambda text: language_of(text) or ("en" if text else "ja")),
    "category": ("category", lambda text: plain(text)[:60].strip()),
    "level": ("difficulty", level_of),
    "minutes": ("minutes", _minutes),
    "track": ("track", lambda text: plain(text) or None),
    "all_tracks": ("is_for_all_tracks", is_yes),
    "seats": ("seats", _seats),
    "do_not_stream": ("do_not_stream", is_yes),
    "do_not_record": ("do_not_record", is_yes),
    "slides_url": ("slides_url", _address),
    "video_url": ("video_url", _address),
    "abstract": ("abstract", prose),
}


def written(rows: list[dict[str, Any]]) -> bytes:
    """One line a talk, with the sign at the start that makes spreadsheets read UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: guarded(str(value)) for name, value in row.items()} for row in rows)
    return text.getvalue().encode("utf-8-sig")
