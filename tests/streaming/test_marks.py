"""The note that a switch leaves in the picture: what it says, how long it may be, when it is tried again."""

import json

import pytest

from streaming.marks import GIVE_UP_SECONDS, MOST_BYTES, mark_text, pause

FACTS = {"track_id": 3, "revision": 18, "talk_id": 12, "event_revision": 43}


def test_it_says_which_track_switched_to_what():
    assert json.loads(mark_text(**FACTS)) == {
        "dreamkast": 1,
        "track": 3,
        "revision": 18,
        "talk": 12,
        "event": 43,
    }


def test_a_card_has_no_talk():
    assert json.loads(mark_text(**FACTS | {"talk_id": None}))["talk"] is None


def test_a_title_that_fits_is_in_it():
    assert json.loads(mark_text(**FACTS, title="夜更かしの監視"))["title"] == "夜更かしの監視"


@pytest.mark.parametrize("letters", [0, 1, 250, 300, 313, 314, 315, 316, 320, 1000, 5000])
def test_it_never_exceeds_what_the_picture_takes(letters):
    text = mark_text(**FACTS, title="話" * letters)
    assert len(text.encode()) <= MOST_BYTES
    assert json.loads(text)["revision"] == 18


def test_a_title_that_does_not_fit_is_left_out_whole():
    assert "title" not in json.loads(mark_text(**FACTS, title="話" * 400))


@pytest.mark.parametrize(("attempts", "least", "most"), [(1, 1.0, 1.3), (2, 2.0, 2.6), (3, 4.0, 5.2)])
def test_each_pause_is_twice_as_long_and_never_in_step(attempts, least, most):
    pauses = {pause(attempts) for _ in range(50)}
    assert least <= min(pauses) < max(pauses) <= most


def test_a_switch_is_tried_three_times_or_four_before_it_is_too_late():
    assert (
        3
        <= sum(sum(pause(number) for number in range(1, tries)) <= GIVE_UP_SECONDS for tries in range(1, 9))
        <= 4
    )
