"""A worker's way to MediaLive, IVS and MediaPackage, over HTTP to the peer; and its ticks by hand."""

import pytest
from django.test import override_settings

from streaming.media.inventory import AwsInventory
from streaming.media.medialive import MediaLiveGateway
from streaming.media.switching import AwsSwitcher
from streaming.services import streams
from streaming.services.reconcile import reconcile
from tests.services.aws.peer import AwsPeer
from tests.services.environment import AWS


@pytest.fixture(scope="session")
def running_peer():
    """Making boto3's clients takes a second: one gateway serves all tests; the peer forgets what it made."""
    peer = AwsPeer()
    peer.start()
    with pytest.MonkeyPatch.context() as patch, override_settings(AWS_ENDPOINT_URL=peer.url):
        for name, value in AWS.items():
            patch.setenv(name, value)
        peer.gateway, peer.inventory, peer.switcher = MediaLiveGateway(), AwsInventory(), AwsSwitcher()
    yield peer
    peer.stop()


@pytest.fixture
def peer(running_peer, settings, monkeypatch):
    running_peer.forget()
    # boto3 asks for its keys when it first signs.
    for name, value in AWS.items():
        monkeypatch.setenv(name, value)
    settings.AWS_ENDPOINT_URL = running_peer.url
    settings.AWS_MEDIALIVE_ROLE_ARN = "arn:aws:iam::123456789012:role/dreamkast"
    settings.ENCODER_ADDRESSES = ["203.0.113.7/32"]
    settings.STREAM_SETTLE_SECONDS = 0
    yield running_peer
    assert running_peer.faults == []


@pytest.fixture
def gateway(peer):
    return peer.gateway


def drive(stream, gateway, runs=60):
    """As often as the ticks would, until it comes to rest."""
    for _ in range(runs):
        again = reconcile(stream.pk, lambda name: gateway)
        stream.refresh_from_db()
        if again is None:
            break
    return stream


def ready(stream, gateway):
    streams.request_ready(stream=stream, actor=None)
    return drive(stream, gateway)


def running(stream, gateway):
    streams.request_start(stream=stream, actor=None)
    return drive(stream, gateway)


def deleted(stream, gateway):
    streams.request_delete(stream=stream, actor=None)
    return drive(stream, gateway)
