"""Redis may be killed or hang at any second: nobody is signed out, no page fails, no flip is lost."""

import json
import signal
import time
from contextlib import ExitStack

import httpx
import pytest
from websockets.sync.client import connect

from tests.journeys.directing import flip, sign_in
from tests.services.site import Site

PAGES = ["/", "/demo/", "/demo/ui", "/demo/timetables", "/demo/console", "/accounts/", "/readyz"]


@pytest.fixture
def director(frail_site):
    with httpx.Client(base_url=frail_site.url, timeout=20) as client:
        sign_in(client, "broadcaster")
        yield client


def read_until_revision(socket, track_revision: int, seconds: float = 8) -> str:
    """Read on until the first track has this revision; the kind of frame that told it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        frame = json.loads(socket.recv(timeout=end - time.monotonic()))
        tracks = frame["body"].get("tracks") if frame["kind"] == "live.snapshot" else [frame["body"]]
        if frame["kind"] in {"live.snapshot", "on_air.changed"} and tracks[0]["revision"] == track_revision:
            return frame["kind"]
    raise AssertionError(f"revision {track_revision} did not come within {seconds} s")


def viewers(site: Site, number: int, stack: ExitStack) -> list:
    sockets = [
        stack.enter_context(connect(f"ws://127.0.0.1:{site.web.port}/ws/events/demo")) for _ in range(number)
    ]
    for socket in sockets:
        assert json.loads(socket.recv(timeout=5))["kind"] == "live.snapshot"
    return sockets


def test_redis_killed_and_back_nobody_is_signed_out_and_no_flip_is_lost(frail_site, director):
    with ExitStack() as stack:
        sockets = viewers(frail_site, 20, stack)
        frail_site.redis.kill()
        assert {path: director.get(path).status_code for path in PAGES} == dict.fromkeys(PAGES, 200)
        answer, _ = flip(director)
        assert answer.status_code == 200
        healed = {read_until_revision(socket, answer.json()["track"]["revision"]) for socket in sockets}
        assert healed == {"live.snapshot"}
        latecomer = viewers(frail_site, 1, stack)[0]

        frail_site.redis.start()
        time.sleep(3)
        answer, _ = flip(director)
        revision = answer.json()["track"]["revision"]
        pushed = {read_until_revision(socket, revision) for socket in [*sockets, latecomer]}
        assert pushed == {"on_air.changed"}
        assert director.get("/api/v1/events/demo/me").json()["signed_in"] is True


def test_people_can_sign_in_while_redis_is_away(frail_site):
    frail_site.redis.kill()
    try:
        with httpx.Client(base_url=frail_site.url, timeout=20) as newcomer:
            sign_in(newcomer, "attendee")
            assert newcomer.get("/api/v1/events/demo/me").json()["signed_in"] is True
    finally:
        frail_site.redis.start()


def test_hanging_redis_holds_no_command_up(frail_site, director):
    with ExitStack() as stack:
        [socket] = viewers(frail_site, 1, stack)
        frail_site.redis.process.signal(signal.SIGSTOP)
        try:
            answer, seconds = flip(director)
            assert answer.status_code == 200
            # Not a claim of speed: a command that waited for Redis would wait for its time-outs.
            assert seconds < 5
            assert read_until_revision(socket, answer.json()["track"]["revision"], 12)
        finally:
            frail_site.redis.process.signal(signal.SIGCONT)
