"""Whom to ask about a picture now: within AWS's quotas, tracks on air first, nobody for ever last."""

import itertools
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from streaming.pacing import MOST_A_SECOND, Waiting, pause, to_ask

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def waiting(number, *, on_air=False, gateway="ivs", asked=10.0, due=0.0, misses=0):
    """Asked `asked` seconds ago, due `due` seconds ago."""
    return Waiting(number, gateway, on_air, None if asked is None else ago(asked), ago(due), misses)


def ids(streams, now=NOW):
    return [one.id for one in to_ask(streams, now)]


def test_who_is_not_due_is_not_asked():
    assert ids([waiting(1, due=-5), waiting(2, due=0)]) == [2]


def test_a_tick_that_comes_a_moment_early_does_not_cost_a_whole_one():
    assert ids([waiting(1, due=-0.2)]) == [1]


def test_a_talk_that_went_on_air_meanwhile_makes_it_sooner():
    assert ids([waiting(1, on_air=True, asked=2, due=-8), waiting(2, asked=2, due=-8)]) == [1]


def test_who_was_never_asked_is_asked_at_once():
    assert ids([waiting(1, asked=None)]) == [1]


def test_no_message_makes_it_denser_than_once_a_second():
    assert ids([waiting(1, asked=0.4, due=0)]) == []


def test_an_error_slows_down_also_what_is_on_air():
    assert ids([waiting(1, on_air=True, asked=3, due=-1, misses=1)]) == []


def test_who_has_not_answered_yet_is_asked_again_only_after_some_seconds():
    asked = [Waiting(n, "ivs", True, ago(n), ago(0), is_asking=True) for n in (2, 7, 8)]
    assert ids(asked) == [8]


def test_no_more_than_the_quota_of_one_call():
    assert len(ids([waiting(n) for n in range(9)])) == MOST_A_SECOND


def test_what_was_asked_within_the_second_counts():
    just_asked = [waiting(n, asked=0.5, due=-9) for n in range(3)]
    assert ids([*just_asked, *(waiting(n) for n in range(10, 15))]) == [10]


def test_calls_of_other_kinds_have_quotas_of_their_own():
    cloud = [waiting(n) for n in range(6)]
    assert len(ids([*cloud, *(waiting(n, gateway="local") for n in range(10, 20))])) == MOST_A_SECOND + 10


def test_medialive_needs_both_calls():
    pictures = [waiting(n, on_air=True) for n in range(MOST_A_SECOND)]
    assert ids([*pictures, waiting(9, gateway="medialive")]) == [0, 1, 2, 3]


def test_tracks_on_air_come_first_and_who_waited_longest_among_equals():
    streams = [waiting(1, due=9), waiting(2, on_air=True, asked=3), waiting(3, on_air=True, asked=4)]
    assert ids(streams) == [3, 2, 1]


def test_who_was_forgotten_comes_before_the_tracks_on_air():
    on_air = [waiting(n, on_air=True, due=1) for n in range(8)]
    assert ids([*on_air, waiting(9, asked=60, due=30)])[0] == 9


@pytest.mark.parametrize(
    ("is_on_air", "misses", "seconds"),
    [(True, 0, 2), (True, 1, 4), (True, 9, 15), (False, 0, 10), (False, 2, 40), (False, 99, 60)],
)
def test_what_answers_badly_is_asked_less(is_on_air, misses, seconds):
    assert pause(is_on_air=is_on_air, misses=misses) == timedelta(seconds=seconds)


@pytest.mark.parametrize(("on_air", "others"), [(6, 0), (6, 6), (12, 12)])
def test_ten_minutes_never_exceed_the_quota_and_leave_nobody_out(on_air, others):
    """A tick a second, as the schedule makes it."""
    streams = {n: waiting(n, on_air=n < on_air, asked=None) for n in range(on_air + others)}
    asked: dict[int, list[datetime]] = {n: [] for n in streams}
    for second in range(600):
        now = NOW + timedelta(seconds=second)
        for one in to_ask(streams.values(), now):
            asked[one.id].append(now)
            streams[one.id] = Waiting(
                one.id, "ivs", one.is_on_air, now, now + pause(is_on_air=one.is_on_air, misses=0)
            )
    counted = Counter(moment for moments in asked.values() for moment in moments)
    assert max(counted.values()) <= MOST_A_SECOND
    gaps = [(b - a).total_seconds() for moments in asked.values() for a, b in itertools.pairwise(moments)]
    assert max(gaps) <= 45
    if on_air <= 2 * MOST_A_SECOND:
        assert max(_gap(asked[n]) for n in range(on_air)) <= 3


def _gap(moments):
    return max((b - a).total_seconds() for a, b in itertools.pairwise(moments))
