"""A loss and a press at the same moment, on PostgreSQL: one of them switches, and the other gives way."""

from uuid import uuid4

import pytest

TRACKS = 24


@pytest.fixture(scope="module")
def races(site):
    hall = site.run("tests.postgres.hall", slug=f"slate-{uuid4().hex[:8]}", tracks=TRACKS)
    return site.run("tests.postgres.slate_race", tracks=hall["tracks"])


def winner(race):
    """Who made the second change: the site's own worker may have heard of the loss before ours."""
    return race["log"][-1][1]


def test_each_race_has_one_winner_and_the_loser_is_told(races):
    told = {(winner(race), race["pressed"]) for race in races}
    assert len(races) == TRACKS
    assert told <= {("health", "stale"), ("console", "done")}


def test_of_several_who_hear_of_a_loss_at_most_one_covers_it(races):
    assert all(race["put_up"] <= (winner(race) == "health") for race in races)


def test_what_stands_is_what_the_winner_wanted(races):
    assert all(race["card"] == ("technical" if winner(race) == "health" else "break") for race in races)


def test_each_revision_is_logged_once_under_the_winners_name(races):
    winners = {"stale": "health", "done": "console"}
    assert all(race["log"] == [[1, "console"], [2, winners[race["pressed"]]]] for race in races)
