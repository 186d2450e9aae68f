"""A stream of ten parts: from every state that they can be in together, the plan ends at the wish."""

from itertools import product

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


def corners():
    for states in product(*(STATES[part] for part in Part)):
        seen = dict(zip(Part, states, strict=True))
        if all(seen[child] is Seen.ABSENT or seen[up] is not Seen.ABSENT for child, up in PARENTS.items()):
            yield seen


def turn(seen, step, is_last):
    """What an honest cloud makes of one step."""
    if step is Step.WAIT:
        return {part: PASSES.get(state, state) for part, state in seen.items()}
    if step is Step.START:
        return seen | {Part.ENCODER: Seen.STARTING}
    if step is Step.STOP:
        return seen | {Part.ENCODER: Seen.STOPPING}
    if step is Step.CREATE:
        part = chain.next_to_make(seen)
        rebuilt = part is Part.ENCODER and seen[part] is not Seen.ABSENT
        return seen | {part: Seen.REMOVING if rebuilt else Seen.READY}
    part = chain.next_to_remove(seen, is_last=is_last)
    running = seen[part] is Seen.RUNNING
    return seen | {part: Seen.STOPPING if running else Seen.ABSENT}


def followed(desired, seen, is_last):
    for _ in range(40):
        observed = chain.observed_of(seen, is_last=is_last)
        step = plan(desired, observed)
        if step is None:
            return seen, observed
        seen = turn(seen, step, is_last)
    raise AssertionError(f"{desired} never came to rest: {seen}")


@pytest.mark.parametrize("is_last", [True, False])
@pytest.mark.parametrize("desired", Desired)
def test_every_corner_comes_to_rest_at_the_wish(desired, is_last):
    for seen in corners():
        _, observed = followed(desired, seen, is_last)
        assert observed in RESTS[desired], seen


def test_there_are_many_corners():
    assert sum(1 for _ in corners()) > 2000


def test_what_is_shared_goes_with_the_last_one_only():
    there = dict.fromkeys(Part, Seen.READY)
    left, _ = followed(Desired.ABSENT, there, is_last=False)
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
