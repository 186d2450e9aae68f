"""What a flip costs the real server and Redis does not grow with the viewers."""

import json
import time
from contextlib import ExitStack

import httpx
import pytest
import redis
from websockets.sync.client import connect

from tests.journeys.directing import flip, sign_in

VIEWERS = 100
EVENT_GROUP, MAILBOXES = "dreamkast__group__event.*", "dreamkastspecific.*"


@pytest.fixture
def director(site):
    with httpx.Client(base_url=site.url, timeout=20) as client:
        sign_in(client, "broadcaster")
        yield client


@pytest.fixture
def broker(site):
    with redis.Redis(port=site.redis.port, decode_responses=True) as client:
        yield client


def until_frame(socket, kind: str) -> dict:
    while True:
        frame = json.loads(socket.recv(timeout=10))
        if frame["kind"] == kind:
            return frame


def until_flip(socket, track: dict) -> dict:
    while True:
        frame = until_frame(socket, "on_air.changed")
        if (frame["body"]["id"], frame["body"]["revision"]) == (track["id"], track["revision"]):
            return frame


def publications(listener: redis.client.PubSub, text: str, seconds: float) -> int:
    """How many messages with this text were published; the ticks of the worker publish others."""
    found, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        message = listener.get_message(ignore_subscribe_messages=True, timeout=0.2)
        found += bool(message) and text.encode() in message["data"]
    return found


def test_a_flip_to_a_hundred_sockets_is_published_once_and_subscribed_once(site, director, broker):
    with ExitStack() as stack:
        address = f"ws://127.0.0.1:{site.web.port}/ws/events/demo"
        sockets = [stack.enter_context(connect(address)) for _ in range(VIEWERS)]
        for socket in sockets:
            until_frame(socket, "live.snapshot")
        # One subscription for each event and one mailbox for the whole process, whoever watches.
        groups = broker.pubsub_channels(EVENT_GROUP)
        assert {count for _group, count in broker.pubsub_numsub(*groups)} == {1}
        assert len(broker.pubsub_channels(MAILBOXES)) == 1

        listener = redis.Redis(port=site.redis.port).pubsub()
        stack.callback(listener.close)
        listener.psubscribe(EVENT_GROUP, MAILBOXES)
        listener.get_message(timeout=2)
        answer, _ = flip(director)
        track = answer.json()["track"]
        frames = [until_flip(socket, track) for socket in sockets]
        [revision] = {frame["revision"] for frame in frames}
        text = f'{{"kind":"on_air.changed","revision":{revision},'
        assert publications(listener, text, 1.5) == 1
