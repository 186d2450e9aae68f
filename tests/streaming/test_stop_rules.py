"""When a stream is stopped by itself, and when it looks forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from streaming.stop_rules import Times, is_outside_hours, stop_at

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)


def times(*, since=-8, last_end=None, next_start=None, keep_until=None):
    """Hours from now."""
    hours = {"since": since, "last_end": last_end, "next_start": next_start, "keep_until": keep_until}
    return Times(**{name: None if at is None else NOW + at * HOUR for name, at in hours.items()})


@pytest.mark.parametrize(
    ("facts", "stops_in"),
    {
        "an hour after the last talk": ({"last_end": -0.5}, 0.5),
        "no talk was yet": ({"next_start": 20}, None),
        "another one follows": ({"last_end": -0.5, "next_start": 0.2}, None),
        "a long lunch": ({"last_end": -1.5, "next_start": 1.5}, None),
        "the next one is tomorrow": ({"last_end": -0.5, "next_start": 15}, 0.5),
        "started after the last talk": ({"since": -0.25, "last_end": -3}, 0.75),
        "kept running": ({"last_end": -1, "keep_until": 2}, 2),
        "kept running long ago": ({"last_end": -0.5, "keep_until": -3}, 0.5),
    }.values(),
)
def test_stop_at(facts, stops_in):
    expected = None if stops_in is None else NOW + stops_in * HOUR
    assert stop_at(times(**facts), NOW, HOUR) == expected


def test_it_can_be_switched_off():
    assert stop_at(times(last_end=-5), NOW, timedelta(0)) is None


@pytest.mark.parametrize(
    ("facts", "is_forgotten"),
    [
        ({}, True),
        ({"next_start": 3}, False),
        ({"next_start": 12}, True),
        ({"last_end": -2}, False),
        ({"last_end": -4, "next_start": 12}, True),
        ({"last_end": -4, "next_start": 1}, False),
    ],
)
def test_is_outside_hours(facts, is_forgotten):
    assert is_outside_hours(times(**facts), NOW) is is_forgotten
