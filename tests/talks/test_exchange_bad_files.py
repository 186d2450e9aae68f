"""Files that are not what they should be get one clear answer."""

import json
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from talks.exchange.entry import Unreadable
from talks.exchange.formats import LARGEST, read_programme

BOMB = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<schedule><conference><title>&b;</title></conference></schedule>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<schedule><conference><title>&x;</title></conference></schedule>"""
SHAPE = "Its values do not have the shape that its format asks for."
NO_SCHEDULE = "It is JSON, but has no schedule with a conference in it."

UNREADABLE = {
    "empty": (b" \n", "The file is empty."),
    "too large": (b"x" * (LARGEST + 1), "The file is larger than 20 MB."),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\x00",
        "It is none of schedule.json, schedule.xml, Sessionize JSON and CSV.",
    ),
    "cut off": (b'{"schedule": ', "Line 1, column 14: Expecting value"),
    "another JSON": (b'{"talks": []}', NO_SCHEDULE),
    "a list": (b"[1]", NO_SCHEDULE),
    "not UTF-8": ('{"schedule": "é"}'.encode("latin-1"), "It is not written in UTF-8."),
    "deep": (b"[" * 100_000, SHAPE),
    "endless number": (b'{"schedule": ' + b"9" * 5000 + b"}", SHAPE),
    "bomb": (BOMB, "It contains entities or an encoding that are not read here."),
    "outside entity": (OUTSIDE, "It contains entities or an encoding that are not read here."),
    "a page": (b"<html><body></body></html>", "It is XML, but has no schedule with a conference in it."),
    "no title column": (
        b"name,date\r\nA,B\r\n",
        "The first line must name the columns; there is no column “title”.",
    ),
    "huge cell": (b"title,abstract\r\nA," + b"x" * 200_000, "line 2: field larger than field limit (131072)"),
    "days no list": (b'{"schedule": {"conference": {"days": {"a": 1}}}}', "“days” must be a list of days."),
    "rooms no lists": (
        b'{"schedule": {"conference": {"days": [{"date": "2026-11-26", "rooms": {"A": {"x": 1}}}]}}}',
        "Day 1: “rooms” must give a list of talks for each room.",
    ),
    "odd ids": (b'{"sessions": [], "speakers": [], "rooms": [{"id": []}]}', SHAPE),
}


def read(content, name="file"):
    with translation.override("en"):
        return read_programme(content, name, ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_says_why(name):
    content, words = UNREADABLE[name]
    with pytest.raises(Unreadable) as refusal:
        read(content)
    assert str(refusal.value) == words


def test_each_line_of_a_table_is_answered():
    rows = [
        "title,date,start,minutes,seats,video_url",
        ",2026-11-26,10:00,40,,",
        "No day,26.11.,10:00,40,,",
        "No length,2026-11-26,10:00,,,",
        "Odd seats,2026-11-26,10:00,40,many,",
        "Odd link,2026-11-26,10:00,40,,javascript:alert(1)",
        "Too much,2026-11-26,10:00,40,,,,",
        "Long ago,0001-01-01,10:00,40,,",
        "Fine,2026-11-26,10:00,40,,",
    ]
    programme = read("\r\n".join(rows).encode(), "a.csv")
    assert [fault.place for fault in programme.faults] == [f"line {number}" for number in range(2, 9)]
    assert [entry.values["title"] for entry in programme.entries] == ["Fine"]


def test_signs_that_no_database_takes_are_left_out():
    row = {"id": 1, "title": "A\x00B\ud800C", "start": "10:00", "duration": "00:40", "abstract": "x\x0by"}
    day = {"date": "2026-11-26", "rooms": {"A": [row]}}
    programme = read(json.dumps({"schedule": {"conference": {"days": [day]}}}).encode())
    assert [entry.values["title"] for entry in programme.entries] == ["ABC"]
    assert [entry.values["abstract"] for entry in programme.entries] == ["xy"]
