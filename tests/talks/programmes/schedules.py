"""A festival of four nights as frab and pretalx tell it."""

import json
import uuid
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

DAYS = ["2026-12-27", "2026-12-28", "2026-12-29", "2026-12-30"]
ROOMS = [f"Hall {sign}" for sign in "ABCDEFGH"]
CLOCKS = ["10:00", "11:15", "12:30", "14:00", "15:15", "16:30", "19:00", "21:30", "23:00", "25:30"]
PERSONS: list[list[Any]] = [
    [{"id": 7, "public_name": "Nadia Ferro", "full_public_name": "Nadia Ferro"}],
    [{"code": "QX7RTB", "name": "Ewa Ślusarz", "biography": "<p>Builds <b>radios</b>.</p>", "avatar": None}],
    [None, {"name": ""}, "Only A Name", {"id": 8, "public_name": "Ōta Reiko"}],
    [],
]
LANGUAGES = ["en", "de", "ja", "", "formal/nl", "EN-gb"]
ABSTRACTS = [
    "<p>From <em>scratch</em>:</p><ul><li>one</li><li>two</li></ul><script>alert(1)</script>",
    "Plain words\r\n\r\n\r\n\r\nand a < b, c > d.",
    "* already\n* a list",
    None,
]
MARKS: list[Any] = [True, False, None, "true", "false", ""]
SUBJECTS = [None, "Security", "Science " * 20, "Ethics, Society & Politics"]


def festival(**changes: Any) -> dict[str, Any]:
    """320 entries in eight rooms. `changes` are of the conference."""
    conference = {
        "acronym": "lanterns26",
        "title": "Lanterns 2026",
        "start": DAYS[0],
        "end": DAYS[-1],
        "daysCount": len(DAYS),
        "timeslot_duration": "00:15",
        "time_zone_name": "Europe/Berlin",
        "rooms": [{"name": name} for name in [*ROOMS, "Never used"]],
        "days": [day_of(number) for number in range(len(DAYS))],
    }
    return {"schedule": {"version": "r7", "conference": {**conference, **changes}}}


def day_of(number: int) -> dict[str, Any]:
    rooms = {
        name: [entry(number, room, spot) for spot in range(len(CLOCKS))] for room, name in enumerate(ROOMS)
    }
    return {"index": number + 1, "date": DAYS[number], "rooms": rooms}


def entry(day: int, room: int, spot: int) -> dict[str, Any]:
    number = (day * len(ROOMS) + room) * len(CLOCKS) + spot
    if CLOCKS[spot] == "12:30":
        return {"id": number + 1, "title": "Lunch", "type": "break", "start": "12:30", "duration": "01:00"}
    return {
        "id": number + 1,
        "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"lanterns/{number}")),
        "start": CLOCKS[spot],
        "duration": ["00:40", "1:00", "00:25:00"][number % 3],
        "room": ROOMS[room],
        "title": f"Talk {number} on {number % 9 + 1} things",
        "subtitle": "",
        "track": SUBJECTS[number % len(SUBJECTS)],
        "type": ["lecture", "Keynote", "workshop"][number % 3],
        "language": LANGUAGES[number % len(LANGUAGES)],
        "abstract": ABSTRACTS[number % len(ABSTRACTS)],
        "description": ABSTRACTS[(number + 1) % len(ABSTRACTS)],
        "do_not_record": MARKS[number % len(MARKS)],
        "persons": PERSONS[number % len(PERSONS)],
    }


def as_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def as_xml(document: dict[str, Any]) -> bytes:
    conference = document["schedule"]["conference"]
    root = Element("schedule")
    facts = SubElement(root, "conference")
    for name in ("acronym", "title", "time_zone_name"):
        SubElement(facts, name).text = conference[name]
    for day in conference["days"]:
        box = SubElement(root, "day", index=str(day["index"]), date=day["date"])
        for name, rows in day["rooms"].items():
            room = SubElement(box, "room", name=name)
            for row in rows:
                _write(room, row)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _write(room: Element, row: dict[str, Any]) -> None:
    names = {name: str(row[name]) for name in ("id", "guid") if name in row}
    box = SubElement(room, "event", names)
    for name in ("title", "start", "duration", "track", "type", "language", "abstract", "description"):
        SubElement(box, name).text = row.get(name)
    people = SubElement(box, "persons")
    for person in row.get("persons", []):
        said = person if isinstance(person, dict) else {"name": person}
        mark = {"id": str(said["id"])} if "id" in said else {}
        SubElement(people, "person", mark).text = said.get("name") or said.get("public_name")
    SubElement(SubElement(box, "recording"), "optout").text = str(row.get("do_not_record") or False).lower()
