"""Each step from each status and from each position of its switch: allowed or not."""

import itertools

import pytest

from events.enums import EventStatus
from events.states import CONSEQUENCES, STATUS_STEPS, STEPS, SWITCH_STEPS, Verb, is_possible

OFF = {
    "takes_registrations": False,
    "takes_proposals": False,
    "shows_timetable": False,
    "shows_sponsors": False,
    "is_rehearsing": False,
}
WAYS = {
    ("draft", Verb.ANNOUNCE): "announced",
    ("announced", Verb.OPEN): "opened",
    ("announced", Verb.TAKE_BACK): "draft",
    ("opened", Verb.CLOSE): "closed",
    ("opened", Verb.SHUT): "announced",
    ("closed", Verb.ARCHIVE): "archived",
    ("closed", Verb.REOPEN): "opened",
    ("archived", Verb.UNARCHIVE): "closed",
}


@pytest.mark.parametrize(("status", "verb"), list(itertools.product(EventStatus, STATUS_STEPS)))
def test_status_changes_only_along_the_ways(status, verb):
    is_open = is_possible(verb, OFF | {"status": status})
    assert (STATUS_STEPS[verb].after if is_open else None) == WAYS.get((status, verb))


@pytest.mark.parametrize("verb", [verb for verb in SWITCH_STEPS if verb is not Verb.BEGIN_REHEARSAL])
@pytest.mark.parametrize("status", EventStatus)
def test_switch_is_turned_from_its_other_position_in_every_status(status, verb):
    name, before = SWITCH_STEPS[verb].name, SWITCH_STEPS[verb].before
    present = OFF | {"status": status}
    answers = [is_possible(verb, present | {name: value}) for value in (before, not before)]
    assert answers == [True, False]


@pytest.mark.parametrize("status", EventStatus)
def test_rehearsal_begins_only_before_the_doors_open(status):
    may_begin = is_possible(Verb.BEGIN_REHEARSAL, OFF | {"status": status})
    assert may_begin is (status in {"draft", "announced"})


@pytest.mark.parametrize("name", OFF)
def test_every_switch_has_one_step_on_and_one_off(name):
    ways = [(step.before, step.after) for step in SWITCH_STEPS.values() if step.name == name]
    assert ways == [(False, True), (True, False)]


def test_every_verb_is_a_step():
    assert set(STEPS) == set(Verb)


def test_rehearsal_ends_with_the_opening_of_the_doors():
    assert CONSEQUENCES == {Verb.OPEN: [Verb.END_REHEARSAL]}
