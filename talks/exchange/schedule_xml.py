"""`schedule.xml` of frab and pretalx: the same schedule as its JSON sister, in other brackets."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring
from zoneinfo import ZoneInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from talks.exchange.entry import Programme, Unreadable
from talks.exchange.schedule_reader import read_schedule
from talks.exchange.words import text_of

WORDS = ("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track")
MORE_WORDS = ("language", "description", "url")


def read(content: bytes, zone: ZoneInfo) -> Programme:
    return read_schedule(parsed(content), zone)


def parsed(content: bytes) -> dict[str, Any]:
    """The schedule in the shape of `schedule.json`. Raises Unreadable with the line that is wrong."""
    try:
        root = fromstring(content)
    except ParseError as fault:
        raise Unreadable(_("It is no well-formed XML: %s") % fault) from None
    except (DefusedXmlException, ValueError, LookupError):
        raise Unreadable(_("It contains entities or an encoding that are not read here.")) from None
    conference = root.find("conference")
    if root.tag != "schedule" or conference is None:
        raise Unreadable(_("It is XML, but has no schedule with a conference in it."))
    facts: dict[str, Any] = {part.tag: part.text for part in conference}
    return {"conference": {**facts, "days": [_day(day) for day in root.findall("day")]}}


def _day(day: Element) -> dict[str, Any]:
    rooms: dict[str, list[dict[str, Any]]] = {}
    for room in day.findall("room"):
        rooms.setdefault(room.get("name") or "", []).extend(_row(row) for row in room.findall("event"))
    return {"date": day.get("date"), "rooms": rooms}


def _row(row: Element) -> dict[str, Any]:
    words = {part.tag: part.text for part in row if len(part) == 0}
    people = [{"id": person.get("id"), "name": person.text} for person in row.findall("persons/person")]
    optout = row.findtext("recording/optout")
    facts = {"guid": row.get("guid"), "id": row.get("id"), "persons": people, "do_not_record": optout}
    return {**words, **facts}


def written(schedule: dict[str, Any]) -> bytes:
    root = Element("schedule")
    SubElement(root, "generator", name="dreamkast", version="1")
    _text(root, "version", schedule["version"])
    _write_conference(root, schedule)
    for day in schedule["conference"]["days"]:
        _write_day(root, day)
    indent(root)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _write_conference(root: Element, schedule: dict[str, Any]) -> None:
    facts = schedule["conference"]
    conference = SubElement(root, "conference")
    for name in ("title", "acronym"):
        _text(conference, name, facts[name])
    # Without a day there is no date, and none is no word.
    for name in ("start", "end"):
        if facts[name]:
            _text(conference, name, facts[name])
    _text(conference, "days", facts["daysCount"])
    _text(conference, "timeslot_duration", facts["timeslot_duration"])
    _text(conference, "base_url", schedule["base_url"])
    _text(conference, "time_zone_name", facts["time_zone_name"])


def _write_day(root: Element, facts: dict[str, Any]) -> None:
    day = SubElement(
        root,
        "day",
        index=str(facts["index"]),
        date=facts["date"],
        start=facts["day_start"],
        end=facts["day_end"],
    )
    for name, rows in facts["rooms"].items():
        room = SubElement(day, "room", name=text_of(name))
        for row in rows:
            _write_row(room, row)


def _write_row(room: Element, facts: dict[str, Any]) -> None:
    row = SubElement(room, "event", guid=facts["guid"], id=str(facts["id"]))
    for name in (*WORDS, *MORE_WORDS):
        _text(row, name, facts[name] or "")
    recording = SubElement(row, "recording")
    _text(recording, "license", "")
    _text(recording, "optout", "true" if facts["do_not_record"] else "false")
    people = SubElement(row, "persons")
    for person in facts["persons"]:
        SubElement(people, "person", id=str(person["id"])).text = text_of(person["name"])
    links = SubElement(row, "links")
    for link in facts["links"]:
        SubElement(links, "link", href=text_of(link["url"])).text = text_of(link["title"])


def _text(parent: Element, name: str, value: object) -> None:
    SubElement(parent, name).text = text_of(value)
