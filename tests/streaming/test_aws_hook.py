"""The door for messages from AWS: who comes in, what is refused, and that a message only makes us look."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from streaming.enums import Part
from streaming.models import MediaResource, Stream, StreamHealth
from streaming.states import Desired, Observed, Seen
from tests.factories.events import TrackFactory

URL = "/api/v1/hooks/aws"
SECRET = "0123456789abcdef0123456789abcdef"
PICTURE = "arn:aws:ivs:ap-northeast-1:123456789012:channel/abc"
ENCODER = "arn:aws:medialive:ap-northeast-1:123456789012:channel:1000007"
PACKAGE = "arn:aws:mediapackagev2:ap-northeast-1:123456789012:channelGroup/dreamkast-local/channel/lane"
LATER = timezone.now() + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.AWS_HOOK_SECRET = SECRET


@pytest.fixture
def stream(track):
    own = {"desired": Desired.RUNNING, "observed": Observed.RUNNING, "look_at": LATER}
    stream = Stream.objects.create(track=track, gateway="medialive", external_id="1000007", **own)
    StreamHealth.objects.create(stream=stream, next_at=LATER)
    for part, name in [(Part.PICTURE, PICTURE), (Part.ENCODER, "1000007"), (Part.PACKAGE, PACKAGE)]:
        row = {"part": part, "external_id": name, "name": "lane", "seen": Seen.READY}
        MediaResource.objects.create(owner=f"stream:{stream.public_id}", stream=stream, **row)
    return stream


def event(**fields):
    whole = {
        "version": "0",
        "id": "154769fb-9f7c-32a1-6822-26f0e0e5a580",
        "detail-type": "MediaLive Channel Alert",
        "source": "aws.medialive",
        "account": "123456789012",
        "time": "2026-11-23T01:00:00Z",
        "region": "ap-northeast-1",
        "resources": [ENCODER],
        "detail": {"alarm_state": "SET", "alert_type": "Video Not Detected", "channel_arn": ENCODER},
    }
    return whole | fields


def post(client, body=None, secret=SECRET, **more):
    text = body if isinstance(body, (str, bytes)) else json.dumps(event() if body is None else body)
    headers = {"X-Dreamkast-Secret": secret} if secret is not None else {}
    return client.post(URL, text, content_type="application/json", headers=headers, **more)


def is_due(stream):
    stream.refresh_from_db()
    stream.health.refresh_from_db()
    return stream.look_at <= timezone.now(), stream.health.next_at <= timezone.now()


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET.upper(), "é"])
def test_a_wrong_secret_is_refused_and_nothing_is_looked_at(client, stream, secret):
    answer = post(client, secret=secret)
    assert (answer.status_code, answer.json()) == (403, {"code": "forbidden"})
    assert is_due(stream) == (False, False)


@pytest.mark.parametrize("secret", [None, "", SECRET])
def test_without_a_secret_of_its_own_the_door_is_not_there(client, stream, settings, secret):
    settings.AWS_HOOK_SECRET = ""
    assert post(client, secret=secret).status_code == 404
    assert is_due(stream) == (False, False)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"detail": {}},
        {"resources": [], "detail": {"channel_arn": ENCODER}},
        {"source": "aws.ivs", "detail-type": "IVS Stream State Change", "resources": [PICTURE]},
        {"source": "aws.mediapackagev2", "resources": [f"{PACKAGE}/originEndpoint/archive/harvestJob/1"]},
    ],
    ids=["alert", "resources alone", "detail alone", "ivs", "harvest"],
)
def test_a_message_makes_its_stream_be_looked_at_now(client, stream, fields):
    answer = post(client, event(**fields))
    assert (answer.status_code, answer.json()) == (202, {"streams": 1})
    assert is_due(stream) == (True, True)


def test_a_message_writes_no_state(client, stream):
    kept = ("desired", "observed", "generation", "external_id", "error")
    before = Stream.objects.values(*kept).get()
    post(client, event(detail={"state": "DELETED", "channel_arn": ENCODER}))
    health = StreamHealth.objects.get()
    assert Stream.objects.values(*kept).get() == before
    assert (health.input_lost, health.alerts, health.seen_at) == (None, [], None)


def test_another_stream_is_left_alone(client, stream):
    other = Stream.objects.create(track=TrackFactory(event=stream.track.event), gateway="ivs", look_at=LATER)
    StreamHealth.objects.create(stream=other, next_at=LATER)
    post(client)
    assert is_due(other) == (False, False)


@pytest.mark.parametrize(
    "fields",
    [
        {"resources": ["arn:aws:medialive:ap-northeast-1:123456789012:channel:9"], "detail": {}},
        {"source": "aws.ec2"},
        {"resources": [], "detail": {"channel_arn": 7}},
        {"resources": ["\x00", "x" * 400, "", "::/"], "detail": {}},
    ],
    ids=["unknown resource", "unknown source", "no name", "strange names"],
)
def test_what_nobody_here_knows_is_taken_and_does_nothing(client, stream, fields):
    answer = post(client, event(**fields))
    assert (answer.status_code, answer.json()) == (202, {"streams": 0})
    assert is_due(stream) == (False, False)


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", b"\xff", "[" * 60_000, {"source": 7}, {"resources": []}, event(resources="x")],
    ids=["empty", "cut off", "null", "list", "no text", "deep", "number", "no source", "text"],
)
def test_what_is_no_event_is_malformed(client, stream, body):
    answer = post(client, body)
    assert answer.status_code == 422
    assert is_due(stream) == (False, False)


@pytest.mark.parametrize("size", [64 * 1024, 3 * 1024 * 1024])
def test_too_large_a_body_is_refused(client, stream, size):
    answer = post(client, event(detail={"message": "x" * size}))
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_posting_is_answered(client, db, method):
    assert getattr(client, method)(URL, headers={"X-Dreamkast-Secret": SECRET}).status_code == 405


def test_needs_no_token_of_a_form(stream):
    assert post(Client(enforce_csrf_checks=True)).status_code == 202


def test_a_flood_asks_nobody_more_than_once_a_second(client, stream):
    """What was asked a moment ago is not made due again."""
    just_now = timezone.now()
    Stream.objects.update(observed_at=just_now)
    StreamHealth.objects.update(asked_at=just_now, next_at=just_now + timedelta(seconds=2))
    assert {post(client).status_code for _ in range(5)} == {202}
    assert is_due(stream) == (False, False)


def test_tasks_are_woken_once_after_the_commit(client, stream, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as first:
        post(client)
    with django_capture_on_commit_callbacks() as second:
        post(client)
    assert (len(first), len(second)) == (2, 0)
