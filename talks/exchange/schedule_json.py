"""`schedule.json` of frab and pretalx, as the C3VOC schema describes it."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from talks.exchange.entry import Programme, Unreadable
from talks.exchange.json_text import read_json, write_json
from talks.exchange.schedule_reader import read_schedule

PLACE_OR_UTC = re.compile(r"[A-Z][a-z]+/[A-Z][a-z]+|.*UTC$")


def read(content: bytes, zone: ZoneInfo) -> Programme:
    return read_schedule(parsed(content), zone)


def parsed(content: bytes) -> dict[str, Any]:
    """The file's `schedule`. Raises Unreadable with the line that is wrong."""
    document = read_json(content)
    schedule = document.get("schedule") if isinstance(document, dict) else None
    if not isinstance(schedule, dict) or not isinstance(schedule.get("conference"), dict):
        raise Unreadable(_("It is JSON, but has no schedule with a conference in it."))
    if fault := _shape_fault(schedule["conference"]):
        raise Unreadable(fault)
    return schedule


def _shape_fault(conference: dict[str, Any]) -> str:
    """Lists where lists belong: what follows may rely on it."""
    days = conference.get("days") or []
    if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
        return _("“days” must be a list of days.")
    for number, day in enumerate(days, 1):
        rooms = day.get("rooms") or {}
        rows = [row for rows in rooms.values() for row in rows or []] if _are_lists(rooms) else None
        if rows is None:
            return _("Day %s: “rooms” must give a list of talks for each room.") % number
        if not all(isinstance(row, dict) for row in rows):
            return _("Day %s: a talk must be an object.") % number
        if not all(isinstance(row.get("persons") or [], list) for row in rows):
            return _("Day %s: “persons” must be a list.") % number
    return ""


def _are_lists(rooms: Any) -> bool:
    return isinstance(rooms, dict) and all(isinstance(rows or [], list) for rows in rooms.values())


def written(schedule: dict[str, Any]) -> bytes:
    document = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "dreamkast", "version": "1"},
        "schedule": {**schedule, "conference": _with_a_known_zone(schedule["conference"])},
    }
    return write_json(document)


def _with_a_known_zone(facts: dict[str, Any]) -> dict[str, Any]:
    """Readers take a zone by continent and place, or UTC; of others the times' own offsets tell."""
    is_known = PLACE_OR_UTC.match(facts["time_zone_name"])
    return facts if is_known else {name: facts[name] for name in facts if name != "time_zone_name"}
