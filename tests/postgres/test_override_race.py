"""Many people answer one request at the same time, over HTTP through the real server, on PostgreSQL."""

import threading
from collections import Counter
from uuid import uuid4

import httpx
import pytest

PEOPLE = 8
CSRF = "x" * 32


class Room:
    def __init__(self, site):
        self.site, self.slug = site, f"consent-{uuid4().hex[:8]}"
        made = site.run("tests.postgres.consent", slug=self.slug, people=PEOPLE)
        self.talk = made["talk"]
        self.clients = [self._client(session) for session in made["sessions"]]

    def _client(self, session):
        cookies = {"sessionid": session, "csrftoken": CSRF}
        return httpx.Client(
            base_url=self.site.url, cookies=cookies, headers={"X-CSRFToken": CSRF}, timeout=60
        )

    def post(self, client, path, **body):
        answer = client.post(f"/{self.slug}/console/{path}", json=body)
        return answer.status_code, answer.json()["code"], answer.json().get("id")

    def ask(self, client, verb="air"):
        return self.post(client, f"talks/{self.talk}/overrides", verb=verb, reason="Agreed")

    def at_once(self, *acts):
        """Each act by itself, released together; the answers in their order."""
        answers, gate = [None] * len(acts), threading.Barrier(len(acts))

        def run(number, act):
            gate.wait(30)
            answers[number] = act()

        threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers

    def read(self):
        return self.site.run("tests.postgres.consent", slug=self.slug)


@pytest.fixture
def room(site):
    room = Room(site)
    yield room
    for client in room.clients:
        client.close()


def test_of_all_who_ask_at_once_one_has_asked(room):
    answers = room.at_once(*(lambda client=client: room.ask(client) for client in room.clients))
    assert Counter(answer[:2] for answer in answers) == {(200, "done"): 1, (409, "open_already"): PEOPLE}
    assert len(room.read()["overrides"]) == 1


def test_of_all_who_confirm_at_once_one_is_the_second_person(room):
    asker = room.clients[0]
    _status, _code, number = room.ask(asker)
    answers = room.at_once(
        *(
            lambda client=client: room.post(client, f"overrides/{number}", step="confirm")
            for client in room.clients
        )
    )
    # The first two sessions are those of the person who asked.
    assert [answer[:2] for answer in answers[:2]] == [(409, "same_person")] * 2
    others = Counter(answer[:2] for answer in answers[2:])
    assert others == {(200, "done"): 1, (409, "override_gone"): PEOPLE - 2}
    state = room.read()
    assert [outcome for _verb, outcome, _detail in state["log"]].count("confirmed") == 1
    [[_verb, asked_by, confirmed_by, withdrawn_by]] = state["overrides"]
    assert (confirmed_by not in {None, asked_by}, withdrawn_by) == (True, None)


def test_a_consent_and_a_decline_at_once_leave_one_truth(room):
    for verb in ("air", "harvest", "export"):
        _status, _code, number = room.ask(room.clients[0], verb)
        confirmed, _declined = room.at_once(
            lambda number=number: room.post(room.clients[2], f"overrides/{number}", step="confirm"),
            lambda number=number: room.post(room.clients[3], f"overrides/{number}", step="withdraw"),
        )
        row = next(row for row in room.read()["overrides"] if row[0] == verb)
        assert (confirmed[1] == "done") is (row[2] is not None)
        assert row[3] is not None
