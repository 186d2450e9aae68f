"""A linter for calendar files: what RFC 5545 asks, and what calendar programs stumble over."""

import re

from icalendar import Calendar

NEEDED = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "URL"},
    "VTIMEZONE": {"TZID"},
}
ONCE = {
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "STATUS",
    "SEQUENCE",
}


def lint(text: bytes) -> list[str]:
    """What RFC 5545 forbids, as lines to read."""
    return [*wrong_lines(text), *wrong_parts(Calendar.from_ical(text))]


def wrong_lines(text):
    lines = text.split(b"\r\n")
    yield from ["does not end with a line"] if lines[-1] else []
    yield from [f"bare line end in {line!r}" for line in lines if b"\n" in line or b"\r" in line]
    yield from [f"{len(line)} octets" for line in lines if len(line) > 75]
    yield from ["empty line" for line in lines[:-1] if not line]
    for line in lines:
        line.decode()  # A character is never cut in two.
    unfolded = text.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    yield from [line for line in unfolded if not re.match(r"[A-Z-]+(;[A-Z-]+=[^:;]+)*:", line)]


def wrong_parts(calendar):
    for part in calendar.walk():
        yield from [f"{part.name} lacks {name}" for name in NEEDED.get(part.name, set()) - set(part)]
        yield from [f"{name} twice" for name in ONCE if isinstance(part.get(name), list)]
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    for entry in calendar.walk("VEVENT"):
        yield from [
            f"{name} in an unknown zone"
            for name in ("DTSTART", "DTEND")
            if entry[name].params.get("TZID") not in zones
        ]
