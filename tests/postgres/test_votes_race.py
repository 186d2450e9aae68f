"""Fifty people vote at once, and one person twenty times, over HTTP to the real server, on PostgreSQL."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

from tests.services.waiting import until

PEOPLE, PRESSES = 50, 20
CSRF = "x" * 32


class Hall:
    def __init__(self, site, people):
        self.site, self.slug = site, f"votes-{uuid4().hex[:8]}"
        self.made = site.run("tests.postgres.asked_hall", slug=self.slug, people=people)

    def read(self):
        return self.site.run("tests.postgres.asked_hall", slug=self.slug)

    def at_once(self, sessions, method, path, body=None):
        """Each session in a thread of its own; how often each answer came."""
        start, answers = threading.Barrier(len(sessions)), []
        url = f"/api/v1/talks/{self.made['talk']}/session_questions{path}"

        def send(session):
            cookies = {"sessionid": session, "csrftoken": CSRF}
            headers = {"X-CSRFToken": CSRF}
            with httpx.Client(base_url=self.site.url, cookies=cookies, headers=headers, timeout=90) as http:
                start.wait(60)
                answers.append(http.request(method, url, json=body or {}))

        threads = [threading.Thread(target=send, args=(session,)) for session in sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter(answer.status_code for answer in answers)


@pytest.fixture
def hall(site):
    return lambda people: Hall(site, people)


def test_fifty_people_at_once_are_fifty_votes(hall):
    full = hall(PEOPLE)
    vote = f"/{full.made['question']}/vote"
    assert full.at_once(full.made["sessions"], "PUT", vote) == {200: PEOPLE}
    until(lambda: full.read()["told"] == PEOPLE, seconds=20, what="The last of the votes told")
    assert full.read() == {"questions": 1, "votes": PEOPLE, "rows": PEOPLE, "told": PEOPLE}
    assert full.at_once(full.made["sessions"], "DELETE", vote) == {200: PEOPLE}
    until(lambda: full.read()["told"] == 0, seconds=20, what="The last of the votes taken back told")
    assert full.read() == {"questions": 1, "votes": 0, "rows": 0, "told": 0}


def test_one_person_twenty_times_is_one_vote(hall):
    quiet = hall(1)
    vote = f"/{quiet.made['question']}/vote"
    assert quiet.at_once(quiet.made["sessions"] * PRESSES, "PUT", vote) == {200: PRESSES}
    assert quiet.read() == {"questions": 1, "votes": 1, "rows": 1, "told": 1}


def test_question_sent_five_times_with_one_key_is_asked_once(hall):
    quiet = hall(1)
    body = {"body": "How?", "client_key": str(uuid4())}
    assert quiet.at_once(quiet.made["sessions"] * 5, "POST", "", body) == {201: 5}
    assert quiet.read() == {"questions": 2, "votes": 0, "rows": 0, "told": 0}
