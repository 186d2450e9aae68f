"""The whole table of wishes and facts, and that following it always ends."""

from itertools import product

import pytest

from streaming.states import Desired, Observed, Step, plan

TABLE = """
          unknown  absent  partial  changing  stopped  starting  running  stopping  failed
absent    look     -       delete   wait      delete   stop      stop     wait      -
ready     look     create  create   wait      -        stop      stop     wait      -
running   look     create  create   wait      start    wait      -        wait      -
"""
# What an honest machine does with each step.
WORLD = {
    (Step.CREATE, Observed.ABSENT): Observed.STOPPED,
    (Step.START, Observed.STOPPED): Observed.STARTING,
    (Step.WAIT, Observed.STARTING): Observed.RUNNING,
    (Step.STOP, Observed.STARTING): Observed.STOPPING,
    (Step.STOP, Observed.RUNNING): Observed.STOPPING,
    (Step.WAIT, Observed.STOPPING): Observed.STOPPED,
    (Step.DELETE, Observed.STOPPED): Observed.ABSENT,
}
REST = {
    Desired.ABSENT: Observed.ABSENT,
    Desired.READY: Observed.STOPPED,
    Desired.RUNNING: Observed.RUNNING,
}


def rows():
    header, *lines = [line.split() for line in TABLE.strip().splitlines()]
    return [
        (Desired(desired), Observed(observed), None if step == "-" else Step(step))
        for desired, *steps in lines
        for observed, step in zip(header, steps, strict=True)
    ]


def test_the_table_holds_every_pair_once():
    assert sorted((desired, observed) for desired, observed, _ in rows()) == sorted(
        product(Desired, Observed)
    )


@pytest.mark.parametrize(("desired", "observed", "step"), rows())
def test_plan_is_the_step_of_the_table(desired, observed, step):
    assert plan(desired, observed) == step


@pytest.mark.parametrize("desired", Desired)
@pytest.mark.parametrize("truth", [*REST.values(), Observed.STARTING, Observed.STOPPING])
@pytest.mark.parametrize("is_known", [True, False])
def test_planning_again_and_again_reaches_the_wish_from_every_corner(desired, truth, is_known):
    seen = truth if is_known else Observed.UNKNOWN
    for _ in range(6):
        step = plan(desired, seen)
        if step is None:
            break
        seen = truth = truth if step is Step.LOOK else WORLD[step, truth]
    assert seen == REST[desired]


@pytest.mark.parametrize("desired", Desired)
def test_a_failed_stream_rests_until_somebody_asks_again(desired):
    assert plan(desired, Observed.FAILED) is None
