"""A hundred people want ten seats, over HTTP through the real server, on PostgreSQL."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

PEOPLE, SEATS, TABS = 100, 10, 8
CSRF = "x" * 32


@pytest.fixture
def hall(site):
    """`hall(people=..., talks=..., seats=...)` makes an event; `hall.read()` says who sits where."""
    return Hall(site)


class Hall:
    def __init__(self, site):
        self.site, self.slug = site, f"seats-{uuid4().hex[:8]}"

    def build(self, **wanted):
        return self.site.run("tests.postgres.seated_hall", slug=self.slug, **wanted)

    def read(self):
        return self.site.run("tests.postgres.seated_hall", slug=self.slug)

    def at_once(self, choices, wish=None):
        """Each (session, talk) in a thread of its own; what was answered."""
        start, answers = threading.Barrier(len(choices)), []

        def choose(session, talk):
            cookies = {"sessionid": session, "csrftoken": CSRF}
            headers = {"X-CSRFToken": CSRF}
            url = f"/api/v1/events/{self.slug}/agenda/{talk}"
            with httpx.Client(base_url=self.site.url, cookies=cookies, headers=headers, timeout=90) as http:
                start.wait(60)
                answers.append(http.put(url, json=wish or {}))

        threads = [threading.Thread(target=choose, args=choice) for choice in choices]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter((answer.status_code, answer.json().get("code")) for answer in answers)


def test_exactly_as_many_sit_as_there_are_seats(hall):
    made = hall.build(people=PEOPLE, talks=1, seats=SEATS)
    answers = hall.at_once([(session, made["talks"][0]) for session in made["sessions"]])
    assert answers == {(200, None): SEATS, (409, "sold_out"): PEOPLE - SEATS}
    assert hall.read() == {"seats": SEATS, "people": SEATS, "bookmarks": SEATS}


def test_one_person_with_many_tabs_sits_in_one_room(hall):
    made = hall.build(people=1, talks=TABS, seats=None)
    answers = hall.at_once([(made["sessions"][0], talk) for talk in made["talks"]])
    assert answers == {(200, None): 1, (409, "overlaps"): TABS - 1}
    assert hall.read() == {"seats": 1, "people": 1, "bookmarks": 1}


def test_double_click_takes_one_seat(hall):
    made = hall.build(people=1, talks=1, seats=1)
    answers = hall.at_once([(made["sessions"][0], made["talks"][0])] * TABS)
    assert answers == {(200, None): TABS}
    assert hall.read() == {"seats": 1, "people": 1, "bookmarks": 1}
