"""A stream of many parts: from every state that they can be in together, the plan ends at the wish."""

from itertools import combinations, product

import pytest

from streaming.enums import Part
from streaming.media import chain
from streaming.media.gateway import SHARED
from streaming.states import Desired, Observed, Seen, Step, plan

# What lies between: a part cannot exist without the one above it.
PARENTS = {
    Part.PACKAGE: Part.GROUP,
    Part.LIVE: Part.PACKAGE,
    Part.LIVE_POLICY: Part.LIVE,
    Part.ARCHIVE: Part.PACKAGE,
    Part.ARCHIVE_POLICY: Part.ARCHIVE,
}
STATES = {
    **dict.fromkeys(Part, (Seen.ABSENT, Seen.READY)),
    Part.FENCE: (Seen.ABSENT, Seen.READY, Seen.STALE),
    Part.INPUT: (Seen.ABSENT, Seen.MAKING, Seen.READY, Seen.REMOVING),
    Part.ENCODER: tuple(Seen),
}
PASSES = {
    Seen.MAKING: Seen.READY,
    Seen.REMOVING: Seen.ABSENT,
    Seen.STARTING: Seen.RUNNING,
    Seen.STOPPING: Seen.READY,
}
RESTS = {
    Desired.ABSENT: {Observed.ABSENT},
    Desired.READY: {Observed.STOPPED},
    Desired.RUNNING: {Observed.RUNNING},
}


# What the extra inputs can be, beside everything that they have to do with; the rest is there.
EXTRA_STATES = {
    **dict.fromkeys(Part, (Seen.READY,)),
    Part.INPUT: (Seen.ABSENT, Seen.READY, Seen.STALE),
    Part.BACKUP: (Seen.ABSENT, Seen.MAKING, Seen.READY, Seen.REMOVING),
    Part.SLATE: (Seen.ABSENT, Seen.MAKING, Seen.READY, Seen.STALE, Seen.REMOVING),
    Part.ENCODER: tuple(Seen),
}
WISHES = [chain.ALL - set(left) for size in range(3) for left in combinations(sorted(chain.EXTRAS), size)]
PLAIN = chain.ALL - chain.EXTRAS


def corners(given=STATES):
    states_of = given | (dict.fromkeys(chain.EXTRAS, (Seen.ABSENT,)) if given is STATES else {})
    for states in product(*(states_of[part] for part in Part)):
        seen = dict(zip(Part, states, strict=True))
        if all(seen[child] is Seen.ABSENT or seen[up] is not Seen.ABSENT for child, up in PARENTS.items()):
            yield seen


def turn(seen, step, is_last, wanted):
    """What an honest cloud makes of one step."""
    if step is Step.WAIT:
        return {part: PASSES.get(state, state) for part, state in seen.items()}
    if step is Step.START:
        return seen | {Part.ENCODER: Seen.STARTING}
    if step is Step.STOP:
        return seen | {Part.ENCODER: Seen.STOPPING}
    if step is Step.CREATE:
        part = chain.next_to_make(seen, wanted)
        assert not is_held(seen, part), f"{part} would be refused: {seen}"
        return seen | {part: Seen.REMOVING if goes(seen, part, wanted) else Seen.READY}
    part = chain.next_to_remove(seen, is_last=is_last)
    running = seen[part] is Seen.RUNNING
    return seen | {part: Seen.STOPPING if running else Seen.ABSENT}


def goes(seen, part, wanted):
    """Whether its next step is to go; only the fence is mended where it stands."""
    is_there = seen[part] is not Seen.ABSENT
    return is_there and (part is Part.ENCODER or part in chain.HELD or part not in wanted)


def is_held(seen, part):
    """An input that is there cannot go while a wrong or a working encoder may hold it."""
    is_there = part in chain.HELD and seen[part] is not Seen.ABSENT
    return is_there and seen[Part.ENCODER] not in {Seen.ABSENT, Seen.READY}


def followed(desired, seen, is_last, wanted=PLAIN):
    for _ in range(40):
        observed = chain.observed_of(seen, is_last=is_last, wanted=wanted)
        step = plan(desired, observed)
        if step is None:
            return seen, observed
        seen = turn(seen, step, is_last, wanted)
    raise AssertionError(f"{desired} never came to rest: {seen}")


@pytest.mark.parametrize("is_last", [True, False])
@pytest.mark.parametrize("desired", Desired)
def test_every_corner_comes_to_rest_at_the_wish(desired, is_last):
    for seen in corners():
        _, observed = followed(desired, seen, is_last)
        assert observed in RESTS[desired], seen


@pytest.mark.parametrize("wanted", WISHES, ids=lambda wanted: "+".join(sorted(wanted & chain.EXTRAS)))
@pytest.mark.parametrize("desired", Desired)
def test_extra_inputs_come_and_go_as_they_are_wanted(desired, wanted):
    for seen in corners(EXTRA_STATES):
        left, observed = followed(desired, seen, True, wanted)
        assert observed in RESTS[desired], seen
        if observed is Observed.STOPPED:
            assert {part for part, state in left.items() if state is Seen.READY} == wanted


def test_a_running_encoder_keeps_its_inputs_whatever_is_wanted_meanwhile():
    seen = dict.fromkeys(Part, Seen.READY) | {Part.ENCODER: Seen.RUNNING, Part.SLATE: Seen.STALE}
    left, observed = followed(Desired.RUNNING, seen, True, PLAIN)
    assert (left, observed) == (seen, Observed.RUNNING)


def test_there_are_many_corners():
    assert sum(1 for _ in corners()) > 2000
    assert sum(1 for _ in corners(EXTRA_STATES)) > 500


def test_what_is_shared_goes_with_the_last_one_only():
    there = dict.fromkeys(Part, Seen.READY)
    left, _ = followed(Desired.ABSENT, there, is_last=False, wanted=chain.ALL)
    assert {part for part, state in left.items() if state is not Seen.ABSENT} == SHARED
    gone, _ = followed(Desired.ABSENT, there, is_last=True)
    assert {part for part, state in gone.items() if state is not Seen.ABSENT} == chain.STAYS


def test_parts_are_made_from_the_top_and_removed_from_the_bottom():
    for child, parent in PARENTS.items():
        assert parent in chain.STAYS or chain.REMOVING.index(child) < chain.REMOVING.index(parent)
        assert chain.MAKING.index(parent) < chain.MAKING.index(child)


def test_no_part_is_forgotten_when_it_goes():
    assert set(chain.REMOVING) | chain.STAYS == set(Part)


def test_a_broken_encoder_is_made_anew():
    seen = dict.fromkeys(Part, Seen.READY) | {Part.ENCODER: Seen.BROKEN}
    assert (chain.observed_of(seen, is_last=True), chain.next_to_make(seen)) == (
        Observed.PARTIAL,
        Part.ENCODER,
    )
