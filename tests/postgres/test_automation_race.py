"""A tick that is late meets the next one: each step of the timetable is done once, and the next is armed."""

from tests.postgres.pressing import TRACKS
from tests.postgres.ticking import ROUNDS


def test_of_many_ticks_at_once_one_does_the_step(site):
    said = site.run("tests.postgres.ticking")
    assert said["switched"] == [1] * ROUNDS
    assert (said["on air"], said["revision"]) == (said["talks"][:ROUNDS], ROUNDS)
    assert (said["armed for"], said["duty"]) == (said["talks"][ROUNDS], {"armed": 1})


def test_of_a_tick_and_a_person_one_has_the_track(site):
    """Never both, and never a step that nobody does any more."""
    races = site.run("tests.postgres.pressing")
    left = {"console": [False, False, "human"], "automation": [True, True, ""]}
    assert len(races) == TRACKS
    assert [race["left"] for race in races] == [left[race["log"][0]] for race in races]
    assert [len(race["log"]) for race in races] == [1] * TRACKS
