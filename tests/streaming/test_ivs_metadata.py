"""PutMetadata through boto3 and HTTP, as the worker calls it: its limits, and what is no error."""

import json

import pytest
from django.test import override_settings

from streaming import mark_tasks
from streaming.enums import FaultKind, MarkState
from streaming.media.gateway import GatewayPermanent, GatewayTransient
from streaming.media.marking import Marker, cloud_marker
from streaming.media.metadata import IvsMetadata
from streaming.services.picture_marks import write_mark
from tests.services.aws.peer import AwsPeer
from tests.services.environment import AWS
from tests.streaming.test_picture_marks import picture_of, times_of, wait


@pytest.fixture(scope="module")
def running_peer():
    peer = AwsPeer()
    peer.start()
    with pytest.MonkeyPatch.context() as patch, override_settings(AWS_ENDPOINT_URL=peer.url):
        for name, value in AWS.items():
            patch.setenv(name, value)
        peer.notes = IvsMetadata()
        yield peer
    peer.stop()


@pytest.fixture
def peer(running_peer):
    running_peer.forget()
    yield running_peer
    assert running_peer.faults == []


@pytest.fixture
def notes(peer) -> Marker:
    return peer.notes


def picture(peer):
    """An IVS picture that nobody pushes into yet, and its key."""
    made = peer.cloud.CreateChannel_ivs({"name": "a"})
    return made["channel"]["arn"], made["streamKey"]["value"]


def live(peer):
    arn, key = picture(peer)
    encoder = {"Id": key, "State": "RUNNING", "_picture_key": key, "Name": key}
    peer.cloud.put("encoder", key, encoder)
    return arn


def test_a_live_picture_takes_the_note(peer, notes):
    arn = live(peer)
    assert notes.put(arn, '{"dreamkast":1}') is True
    assert peer.cloud.metadata == [{"channelArn": arn, "metadata": '{"dreamkast":1}'}]
    assert peer.calls == ["PutMetadata"]


def test_nobody_pushing_is_no_error(peer, notes):
    arn, _ = picture(peer)
    assert notes.put(arn, "{}") is False


def test_a_picture_that_is_gone_is_none(notes):
    assert notes.put("arn:aws:ivs:ap-northeast-1:123456789012:channel/gone", "{}") is False


def test_more_than_five_a_second_are_throttled_and_not_repeated_by_themselves(peer, notes):
    arn = live(peer)
    for _ in range(5):
        notes.put(arn, "{}")
    with pytest.raises(GatewayTransient):
        notes.put(arn, "{}")
    assert peer.calls == ["PutMetadata"] * 6


def test_a_missing_permission_is_named(peer, notes):
    peer.refuse("PutMetadata", "AccessDeniedException")
    with pytest.raises(GatewayPermanent) as refused:
        notes.put(live(peer), "{}")
    assert (refused.value.fault, refused.value.subject) == (FaultKind.PERMISSION, "ivs:PutMetadata")


def switched(peer, track, make_talk, command, **talk):
    picture_of(track, external_id=live(peer))
    command(track, "take", talk=make_talk(**talk))
    return times_of(track)


@pytest.mark.parametrize("letters", [1, 100, 200])
def test_a_switch_with_any_title_fits(peer, notes, track, make_talk, command, letters):
    times = switched(peer, track, make_talk, command, title="話" * letters)
    write_mark(times.pk, lambda: notes)
    assert times_of(track).mark == MarkState.WRITTEN
    [sent] = peer.cloud.metadata
    assert len(sent["metadata"].encode()) <= 1024
    assert json.loads(sent["metadata"])["revision"] == 1


def test_a_lost_answer_is_asked_again_with_the_same_note(peer, notes, track, make_talk, command):
    times = switched(peer, track, make_talk, command)
    peer.lose("PutMetadata")
    assert write_mark(times.pk, lambda: notes) >= 1
    wait(times)
    write_mark(times.pk, lambda: notes)
    first, second = peer.cloud.metadata
    assert (first, times_of(track).mark) == (second, MarkState.WRITTEN)


def test_a_stream_that_stopped_meanwhile_has_no_picture(peer, notes, track, make_talk, command):
    times = switched(peer, track, make_talk, command)
    peer.cloud.rows["encoder"].clear()
    write_mark(times.pk, lambda: notes)
    assert (times_of(track).mark, times_of(track).error) == (MarkState.NO_PICTURE, "")


@pytest.fixture
def own_marker():
    """The process makes its client once: here for this peer, and for nobody after it."""
    cloud_marker.cache_clear()
    yield
    cloud_marker.cache_clear()


def test_the_worker_finds_its_way_to_the_cloud(peer, own_marker, track, make_talk, command):
    times = switched(peer, track, make_talk, command)
    mark_tasks.write_mark.apply((times.pk,), throw=True)
    assert times_of(track).mark == MarkState.WRITTEN
    assert len(peer.cloud.metadata) == 1
