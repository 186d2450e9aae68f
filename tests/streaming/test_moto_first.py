"""The same life of a stream with moto answering whatever moto has."""

import pytest

from streaming.media.medialive import MediaLiveGateway
from streaming.services import streams
from streaming.services.reconcile import reconcile
from streaming.states import Observed
from tests.services.aws.moto_first import IN_MOTO, MotoFirst
from tests.services.environment import AWS


@pytest.fixture
def peer(moto_server, settings, monkeypatch):
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    moto_server.forget_everything()
    peer = MotoFirst(moto_server.url)
    settings.AWS_ENDPOINT_URL = peer.url
    settings.AWS_MEDIALIVE_ROLE_ARN = "arn:aws:iam::123456789012:role/dreamkast"
    settings.ENCODER_ADDRESSES = ["203.0.113.7/32"]
    settings.STREAM_SETTLE_SECONDS = 0
    peer.start()
    yield peer
    peer.stop()
    assert peer.faults == []


def drive(stream, gateway, ask):
    ask(stream=stream, actor=None)
    for _ in range(60):
        if reconcile(stream.pk, lambda name: gateway) is None:
            break
    stream.refresh_from_db()
    return stream.observed, stream.error


def test_a_stream_comes_runs_and_goes_with_moto_where_moto_has_the_call(track, peer):
    stream, gateway = streams.ensure_stream(track, "medialive"), MediaLiveGateway()
    assert drive(stream, gateway, streams.request_start) == (Observed.RUNNING, "")
    assert drive(stream, gateway, streams.request_stop) == (Observed.STOPPED, "")
    assert drive(stream, gateway, streams.request_delete) == (Observed.ABSENT, "")
    changing = {"Create", "Start", "Stop", "Delete"}
    wanted = {
        f"{service} {name}"
        for service, names in IN_MOTO.items()
        for name in names
        if any(name.startswith(verb) for verb in changing)
    }
    # The package group stays: its host is the origin of the CDN.
    assert wanted - set(peer.asked_moto) == {"mediapackagev2 DeleteChannelGroup"}
