"""Many people switch a track's input at the same time, over HTTP through the real server, on PostgreSQL."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

PEOPLE = 8
CSRF = "x" * 32


class Desk:
    def __init__(self, site):
        self.site, self.slug = site, f"inputs-{uuid4().hex[:8]}"
        made = site.run("tests.postgres.inputs", slug=self.slug, people=PEOPLE)
        self.track = made["track"]
        self.clients = [self._client(session) for session in made["sessions"]]

    def _client(self, session):
        cookies, headers = {"sessionid": session, "csrftoken": CSRF}, {"X-CSRFToken": CSRF}
        return httpx.Client(base_url=self.site.url, cookies=cookies, headers=headers, timeout=60)

    def switch(self, client, to, number):
        body = {"step": "switch", "to": to, "number": number}
        answer = client.post(f"/{self.slug}/console/tracks/{self.track}/inputs", json=body)
        return answer.status_code, answer.json()["code"]

    def at_once(self, presses):
        """Each (client, to, number) in a thread of its own, released together; how often each answer came."""
        gate, answers = threading.Barrier(len(presses)), []

        def press(client, to, number):
            gate.wait(30)
            answers.append(self.switch(client, to, number))

        threads = [threading.Thread(target=press, args=one) for one in presses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return Counter(answers)

    def switches(self):
        return self.site.run("tests.postgres.inputs", slug=self.slug)["switches"]


@pytest.fixture
def desk(site):
    desk = Desk(site)
    yield desk
    for client in desk.clients:
        client.close()


def test_of_all_who_saw_the_same_one_wins(desk):
    presses = [(one, "backup" if n % 2 else "slate", 1) for n, one in enumerate(desk.clients)]
    assert desk.at_once(presses) == {(200, "done"): 1, (409, "stale"): PEOPLE - 1}
    assert [number for number, _ in desk.switches()] == [1]


def test_the_same_press_repeated_at_once_is_one_switch(desk):
    assert desk.at_once([(desk.clients[0], "slate", 1)] * 6) == {(200, "done"): 6}
    assert desk.switches() == [[1, "slate"]]


def test_numbers_never_have_a_gap(desk):
    for number in range(1, 5):
        desk.at_once([(one, "slate", number) for one in desk.clients])
    assert [number for number, _ in desk.switches()] == [1, 2, 3, 4]
