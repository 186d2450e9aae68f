"""Places on site on PostgreSQL: never more than there are, and the rest waits in order."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

PEOPLE, PLACES, AT_ONCE = 1_000, 200, 100
LEAVERS = 60
VISITORS, SEATS = 200, 40
CSRF = "x" * 32


def crowd(site, slug, step, **numbers):
    return site.run("tests.postgres.crowd", slug=slug, step=step, **numbers)


@pytest.fixture(scope="module")
def full(site):
    """A thousand people who want one of two hundred places, a hundred of them at any moment."""
    slug = f"full-{uuid4().hex[:8]}"
    crowd(site, slug, "build", people=PEOPLE, places=PLACES)
    return slug, crowd(site, slug, "register", at_once=AT_ONCE)


def test_a_thousand_at_once_fill_exactly_the_places(full):
    _slug, after = full
    assert (after["registered"], after["held"], after["taken"]) == (PEOPLE, PLACES, PLACES)


def test_the_others_wait_in_order_without_gaps_or_doubles(full):
    _slug, after = full
    assert after["waiting"] == list(range(1, PEOPLE - PLACES + 1))


def test_who_leaves_at_the_same_time_hands_each_place_to_the_next_who_waits(site, full):
    slug, before = full
    after = crowd(site, slug, "leave", at_once=40, how_many=LEAVERS)
    assert (after["held"], after["taken"]) == (PLACES, PLACES)
    assert after["registered"] == PEOPLE - 2 * LEAVERS
    assert after["waiting"] == before["waiting"][2 * LEAVERS :]


@pytest.fixture(scope="module")
def rush(site):
    """Two hundred browsers send the form at the same moment; what they are answered."""
    slug = f"rush-{uuid4().hex[:8]}"
    sessions = crowd(site, slug, "build", people=VISITORS, places=SEATS, with_sessions=VISITORS)
    answers: list[int] = []
    start = threading.Barrier(VISITORS)

    def send(session: str) -> None:
        cookies = {"sessionid": session, "csrftoken": CSRF}
        form = {"name": "Aoi", "attendance": "on_site", "consent": "on", "csrfmiddlewaretoken": CSRF}
        with httpx.Client(base_url=site.url, cookies=cookies, timeout=60) as client:
            start.wait()
            answers.append(client.post(f"/{slug}/registration", data=form).status_code)

    threads = [threading.Thread(target=send, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, crowd(site, slug, "read")


def test_two_hundred_forms_at_once_are_all_taken(rush):
    answers, _after = rush
    assert Counter(answers) == {302: VISITORS}


def test_two_hundred_forms_at_once_fill_exactly_the_places(rush):
    _answers, after = rush
    assert (after["registered"], after["held"], after["taken"]) == (VISITORS, SEATS, SEATS)
    assert after["waiting"] == list(range(1, VISITORS - SEATS + 1))
