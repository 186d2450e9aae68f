"""The automatic slate as a table: what is seen, and what it does then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from streaming.slate_rules import STABLE, Act, Scene, act, is_over

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LOST = Scene(is_lost=True, back_since=None, has_talk=True, card="", is_ours=False, is_left=False)
UP = replace(LOST, card="technical", is_ours=True)
BACK = replace(UP, is_lost=False, back_since=NOW - STABLE)
SHORTLY = NOW - STABLE + timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("scene", "wish"),
    [
        (LOST, Act.PUT_UP),
        (replace(LOST, is_lost=None), None),
        (replace(LOST, is_lost=False, back_since=NOW), None),
        (replace(LOST, has_talk=False, card="waiting"), None),
        (replace(LOST, card="technical"), None),
        (replace(LOST, is_left=True), None),
        (UP, None),
        (BACK, Act.LIFT),
        (replace(BACK, back_since=SHORTLY), None),
        (replace(BACK, is_lost=None), None),
        (replace(BACK, is_lost=True), None),
        (replace(BACK, is_ours=False), None),
        (replace(BACK, card="break", has_talk=False), None),
        (replace(BACK, is_left=True), None),
    ],
)
def test_what_the_slate_does(scene, wish):
    assert act(scene, NOW) == wish


@pytest.mark.parametrize(
    ("scene", "over"), [(BACK, True), (replace(BACK, back_since=SHORTLY), False), (LOST, False)]
)
def test_a_loss_is_over_when_the_picture_stays(scene, over):
    assert is_over(scene, NOW) is over
