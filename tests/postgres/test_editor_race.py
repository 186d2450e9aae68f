"""Several organizers edit one timetable at the same moment, over HTTP, on PostgreSQL."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

EDITORS = 12
CSRF = "x" * 32


@pytest.fixture
def desk(site):
    return Desk(site)


class Desk:
    """A day with one hole, and an organizer for each talk that would fit into it."""

    def __init__(self, site):
        self.site, self.slug = site, f"desk-{uuid4().hex[:8]}"
        self.made = site.run("tests.postgres.edited_day", slug=self.slug, editors=EDITORS)

    def read(self):
        return self.site.run("tests.postgres.edited_day", slug=self.slug)

    def move(self, talk):
        starts, ends = self.made["hole"]
        place = {"track_id": self.made["track"], "room_id": None, "starts_at": starts, "ends_at": ends}
        return "moves", {"talk_id": talk, "expected_revision": 0, **place}

    def at_once(self, requests):
        """Each editor's request in a thread of its own; what was answered."""
        start, answers = threading.Barrier(len(requests)), []

        def send(session, path, body):
            cookies = {"sessionid": session, "csrftoken": CSRF}
            with httpx.Client(base_url=self.site.url, cookies=cookies, timeout=90) as http:
                start.wait(60)
                url = f"/admin/talks/timetable/{self.slug}/{path}"
                answers.append(http.post(url, json=body, headers={"X-CSRFToken": CSRF}))

        pairs = zip(self.made["sessions"], requests, strict=True)
        threads = [threading.Thread(target=send, args=(session, *request)) for session, request in pairs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter((answer.status_code, answer.json().get("code")) for answer in answers)


def test_many_talks_want_one_hole_and_one_gets_it(desk):
    answers = desk.at_once([desk.move(talk) for talk in desk.made["talks"]])
    assert answers == {(200, None): 1, (409, "conflict"): EDITORS - 1}
    assert desk.read() == {"placed": 1, "changes": 1, "revision": 1, "versions": 0}


def test_many_editors_move_one_talk_and_all_but_one_are_told(desk):
    talk = desk.made["talks"][0]
    answers = desk.at_once([desk.move(talk) for _ in range(EDITORS)])
    assert answers == {(200, None): 1, (409, "stale"): EDITORS - 1}
    assert desk.read() == {"placed": 1, "changes": 1, "revision": 1, "versions": 0}


def test_many_publish_the_same_draft_and_it_is_published_once(desk):
    path, body = desk.move(desk.made["talks"][0])
    with httpx.Client(cookies={"sessionid": desk.made["sessions"][0], "csrftoken": CSRF}) as http:
        url = f"{desk.site.url}/admin/talks/timetable/{desk.slug}/{path}"
        assert http.post(url, json=body, headers={"X-CSRFToken": CSRF}).status_code == 200
    wish = ("publish", {"expected_draft_revision": 1, "note": ""})
    answers = desk.at_once([wish] * EDITORS)
    assert answers == {(200, None): 1, (409, "stale"): EDITORS - 1}
    assert desk.read()["versions"] == 1
