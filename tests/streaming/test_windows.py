"""When a talk was on air, as the log tells."""

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest

from streaming.windows import Entry, Window, longest, windows

TEN = datetime(2026, 11, 23, 1, tzinfo=UTC)


def at(minute):
    return TEN + timedelta(minutes=minute)


def log(*steps):
    """Steps as (minute, command, talk shown after it)."""
    return [
        Entry(number, command, talk, at(minute)) for number, (minute, command, talk) in enumerate(steps, 1)
    ]


def told(*steps):
    found = windows(log(*steps))
    return {
        talk: [(minutes(one.starts_at), minutes(one.ends_at)) for one in ones] for talk, ones in found.items()
    }


def minutes(moment):
    return (moment - TEN).total_seconds() / 60 if moment else None


CASES = {
    "nothing": ([], {}),
    "cards only": ([(0, "card", None), (5, "card", None)], {}),
    "on air": ([(0, "take", 1)], {1: [(0, None)]}),
    "ended by a card": ([(0, "take", 1), (30, "card", None)], {1: [(0, 30)]}),
    "ended by the next talk": ([(0, "take", 1), (30, "take", 2)], {1: [(0, 30)], 2: [(30, None)]}),
    "technical card over it": (
        [(0, "take", 1), (10, "card", 1), (12, "clear", 1), (30, "card", None)],
        {1: [(0, 30)]},
    ),
    "taken twice": (
        [(0, "take", 1), (10, "card", None), (20, "take", 1), (30, "card", None)],
        {1: [(0, 10), (20, 30)]},
    ),
    "an undone take": (
        [(0, "take", 1), (10, "take", 2), (10.2, "undo", 1), (30, "card", None)],
        {1: [(0, 30)]},
    ),
    "an undone end": ([(0, "take", 1), (10, "card", None), (10.2, "undo", 1)], {1: [(0, None)]}),
    "an undone first take": ([(0, "take", 1), (0.2, "undo", None)], {}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_talk_has_the_windows_of_its_log(name):
    steps, expected = CASES[name]
    assert told(*steps) == expected


def test_the_longest_window_is_cut_and_of_equals_the_first():
    short, long, equal = Window(at(0), at(5)), Window(at(10), at(30)), Window(at(40), at(60))
    assert longest([short, long, equal]) == long
    assert longest([]) is None


def test_handles_are_added_on_both_sides():
    assert Window(at(10), at(20)).with_handles(timedelta(minutes=1)) == Window(at(9), at(21))
    assert Window(at(10)).with_handles(timedelta(minutes=1)) == Window(at(9))


@pytest.mark.parametrize("seed", range(50))
def test_windows_never_overlap_and_only_the_last_is_open(seed):
    dice, shown, steps = random.Random(seed), None, []
    before, can_undo = None, False
    for minute in range(40):
        if can_undo and dice.random() < 0.2:
            steps.append((minute, "undo", before))
            shown, can_undo = before, False
        else:
            before, shown = shown, dice.choice([None, 1, 2, 3])
            steps.append((minute, "take" if shown else "card", shown))
            can_undo = True
    found = windows(log(*steps))
    ordered = sorted((one for ones in found.values() for one in ones), key=lambda one: one.starts_at)
    for earlier, later in itertools.pairwise(ordered):
        assert earlier.ends_at is not None
        assert earlier.starts_at < earlier.ends_at <= later.starts_at
    is_open = [talk for talk, ones in found.items() if ones[-1].ends_at is None]
    assert is_open == ([shown] if shown else [])
