"""A loss and a press at the same moment, on PostgreSQL: one of them switches, and the other gives way."""

from uuid import uuid4

import pytest

TRACKS = 24


@pytest.fixture(scope="module")
def races(site):
    hall = site.run("tests.postgres.hall", slug=f"slate-{uuid4().hex[:8]}", tracks=TRACKS)
    return site.run("tests.postgres.slate_race", tracks=hall["tracks"])


def test_each_race_has_one_winner_and_the_loser_is_told(races):
    told = {(race["put_up"], race["pressed"]) for race in races}
    assert len(races) == TRACKS
    assert told <= {(1, "stale"), (0, "done")}


def test_what_stands_is_what_the_winner_wanted(races):
    assert all(race["card"] == ("technical" if race["put_up"] else "break") for race in races)


def test_each_revision_is_logged_once_under_the_winners_name(races):
    winners = {"stale": "health", "done": "console"}
    assert all(race["log"] == [[1, "console"], [2, winners[race["pressed"]]]] for race in races)
