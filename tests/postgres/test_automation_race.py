"""A tick that is late meets the next one: each step of the timetable is done once, and the next is armed."""

from tests.postgres.ticking import ROUNDS


def test_of_many_ticks_at_once_one_does_the_step(site):
    said = site.run("tests.postgres.ticking")
    assert said["switched"] == [1] * ROUNDS
    assert (said["on air"], said["revision"]) == (said["talks"][:ROUNDS], ROUNDS)
    assert (said["armed for"], said["duty"]) == (said["talks"][ROUNDS], {"armed": 1})
