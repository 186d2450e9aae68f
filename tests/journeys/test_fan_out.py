"""What a flip costs the real server and Redis does not grow with the viewers."""

import json
import time
from contextlib import ExitStack

import httpx
import pytest
import redis
from websockets.sync.client import connect

from tests.journeys.test_outages import flip, sign_in

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


def messages_of(listener: redis.client.PubSub, seconds: float) -> list[str]:
    """What was published meanwhile, decoded as far as needed."""
    found, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        message = listener.get_message(ignore_subscribe_messages=True, timeout=0.2)
        if message:
            found.append(message["channel"].decode())
    return found


def test_a_flip_to_a_hundred_sockets_is_published_once_and_subscribed_once(site, director, broker):
    with ExitStack() as stack:
        address = f"ws://127.0.0.1:{site.web.port}/ws/events/demo"
        sockets = [stack.enter_context(connect(address)) for _ in range(VIEWERS)]
        for socket in sockets:
            until_frame(socket, "live.snapshot")
        # One group and one mailbox for the whole process, whoever watches.
        assert len(broker.pubsub_channels(EVENT_GROUP)) == 1
        assert len(broker.pubsub_channels(MAILBOXES)) == 1

        listener = redis.Redis(port=site.redis.port).pubsub()
        stack.callback(listener.close)
        listener.psubscribe(EVENT_GROUP, MAILBOXES)
        listener.get_message(timeout=2)
        answer, _ = flip(director)
        revision = answer.json()["track"]["revision"]
        frames = [until_frame(socket, "on_air.changed") for socket in sockets]
        assert {frame["body"]["revision"] for frame in frames} == {revision}
        assert len(messages_of(listener, 1.5)) == 1
