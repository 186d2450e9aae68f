"""The same table of cases tries the rules here and in the browser (tests/js/test_editor_conflicts.py)."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from talks.placing import Conflict, Frame, Place, Planned, find_conflicts, hours_around, standing_conflicts

CASES = json.loads((Path(__file__).parent / "conflict_cases.json").read_text())
TOKYO = ZoneInfo("Asia/Tokyo")


def minutes(text):
    hours, rest = text.split(":")
    return int(hours) * 60 + int(rest)


def frame_of(case):
    return Frame(
        zone=ZoneInfo(case["time_zone"]),
        days=[date.fromisoformat(day) for day in case["days"]],
        starts=minutes(case["day_starts"]),
        ends=minutes(case["day_ends"]),
        rooms={track["id"]: track["room_id"] for track in case["tracks"]},
    )


def moment(text):
    return datetime.fromisoformat(text) if text else None


def place_of(row):
    return Place(row["track_id"], row["room_id"], moment(row["starts_at"]), moment(row["ends_at"]))


def planned(row, place=None):
    return Planned(
        id=row["id"],
        place=place or place_of(row),
        is_for_all_tracks=row["is_for_all_tracks"],
        is_cancelled=row["is_cancelled"],
        speakers=frozenset(row["speakers"]),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_conflicts_are_those_of_the_table(case):
    rows = {row["id"]: row for row in case["talks"]}
    talk = planned(rows[case["placement"]["talk_id"]], place_of(case["placement"]))
    found = find_conflicts(frame_of(case), [planned(row) for row in case["talks"]], talk)
    assert found == [Conflict(one["code"], tuple(one["talk_ids"])) for one in case["expected"]]


def at(hour, minute=0, day=26):
    return datetime(2026, 11, day, hour, minute, tzinfo=TOKYO).astimezone(UTC)


def test_each_pair_of_a_standing_timetable_is_named_once():
    frame = Frame(TOKYO, [date(2026, 11, 26)], 360, 1440, {1: None})
    talks = [Planned(number, Place(1, None, at(10), at(11))) for number in (1, 2)]
    assert standing_conflicts(frame, talks) == [Conflict("track_overlap", (1, 2))]


@pytest.mark.parametrize(
    ("places", "hours"),
    [
        ([], (360, 1440)),
        ([Place(1, None, at(5, 30), at(6))], (300, 1440)),
        ([Place(1, None, at(23), at(1, 10, day=27))], (360, 1560)),
        ([Place(1, None, at(1, day=27), at(2, day=27))], (360, 1560)),
        ([Place(1, None, at(10, day=30), at(11, day=30))], (360, 1440)),
        ([Place()], (360, 1440)),
    ],
)
def test_hours_reach_around_what_stands_already(places, hours):
    assert hours_around(TOKYO, [date(2026, 11, 26)], places) == hours
