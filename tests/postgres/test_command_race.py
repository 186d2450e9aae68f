"""Twenty directors on eight tracks, over HTTP through the real server, on PostgreSQL."""

import random
import threading
from collections import Counter, defaultdict
from uuid import uuid4

import httpx
import pytest

CLIENTS, ROUNDS, TOUCHED, UNTOUCHED = 20, 10, 8, 2
CSRF = "x" * 32


class Director:
    """A client of its own, which acts on what it saw before all the others acted too."""

    def __init__(self, url: str, slug: str, session: str, seed: int) -> None:
        cookies = {"sessionid": session, "csrftoken": CSRF}
        self.http = httpx.Client(base_url=url, cookies=cookies, headers={"X-CSRFToken": CSRF}, timeout=60)
        self.slug, self.chance = slug, random.Random(seed)
        self.answers: list[httpx.Response] = []

    def present(self) -> list[dict]:
        return self.http.get(f"/api/v1/events/{self.slug}/live").json()["tracks"]

    def act(self, tracks: list[dict], talks: dict[str, list[int]]) -> None:
        track = self.chance.choice(tracks)
        body = self.chance.choice(
            [
                *({"command": "take", "talk_id": talk} for talk in talks[str(track["id"])]),
                *({"command": "card", "card": card} for card in ("waiting", "break", "technical")),
                {"command": "clear"},
                {"command": "undo"},
            ]
        )
        body |= {"expected_revision": track["revision"], "idempotency_key": str(uuid4())}
        url = f"/api/v1/events/{self.slug}/tracks/{track['id']}/commands"
        self.answers.append(self.http.post(url, json=body))


@pytest.fixture(scope="module")
def race(site):
    """200 commands, 20 at a time on the same state; what was answered and what is left."""
    slug = f"hall-{uuid4().hex[:8]}"
    hall = site.run("tests.postgres.hall", slug=slug, tracks=TOUCHED + UNTOUCHED)
    directors = [Director(site.url, slug, hall["session"], seed) for seed in range(CLIENTS)]
    seen: list[dict] = []
    everybody = threading.Barrier(
        CLIENTS, action=lambda: seen.__setitem__(slice(None), directors[0].present())
    )

    def direct(director: Director) -> None:
        for _ in range(ROUNDS):
            everybody.wait(60)
            director.act(seen[:TOUCHED], hall["tracks"])
            everybody.wait(60)

    threads = [threading.Thread(target=direct, args=(director,)) for director in directors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = [answer for director in directors for answer in director.answers]
    for director in directors:
        director.http.close()
    return {"answers": answers, "document": seen, **site.run("tests.postgres.hall", slug=slug)}


def test_every_command_is_carried_out_or_refused_with_a_reason(race):
    statuses = Counter(answer.status_code for answer in race["answers"])
    assert sum(statuses.values()) == CLIENTS * ROUNDS
    assert set(statuses) == {200, 409}
    assert statuses[409] >= 50
    refused = [answer.json() for answer in race["answers"] if answer.status_code == 409]
    assert all(set(body) == {"code", "track"} for body in refused)
    assert "stale" in {body["code"] for body in refused}


def test_each_track_shows_one_talk_or_none(race):
    for _track, _revision, talk, card in race["rows"]:
        assert card in ({"", "technical"} if talk else {"waiting", "break", "technical"})


def test_untouched_tracks_keep_their_revision(race):
    assert [track["revision"] for track in race["document"][TOUCHED:]] == [0] * UNTOUCHED
    touched = {track["id"] for track in race["document"][:TOUCHED]}
    assert {row[0] for row in race["log"]} <= touched


def test_the_log_replays_to_the_final_state(race):
    shown: dict[int, tuple] = defaultdict(lambda: (0, None, "waiting"))
    for track, revision, from_talk, from_card, to_talk, to_card in race["log"]:
        assert (revision - 1, from_talk, from_card) == shown[track]
        shown[track] = (revision, to_talk, to_card)
    assert len(shown) == TOUCHED
    for track, revision, talk, card in race["rows"]:
        assert shown[track] == (revision, talk, card)


def test_no_two_answers_claim_the_same_revision_of_a_track(race):
    won = Counter()
    for answer in race["answers"]:
        if answer.status_code == 200:
            track = answer.json()["track"]
            won[track["id"], track["revision"]] += 1
    assert len(race["log"]) <= sum(won.values())
    assert {(track, revision) for track, revision, *_ in race["log"]} <= set(won)
