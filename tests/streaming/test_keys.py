"""Keys that let an encoder push: who sees them, and how another one takes the place of a former one."""

import pytest

from streaming.errors import KeyOnItsWay, NoSuchKey, StreamOnAir, StreamRuns
from streaming.media.embed import EmbedGateway
from streaming.media.gateway import Look, Piece
from streaming.media.ivs import IvsGateway
from streaming.models import MediaResource, Stream, StreamLog
from streaming.services import streams
from streaming.services.keys import Key, renew_key, show_key
from streaming.services.reconcile import reconcile
from streaming.states import Observed, Seen
from tests.factories.events import TrackFactory
from tests.streaming.medialive_line import drive, ready, running

KEY = {"ingest_url": "rtmps://in.example:443/app/", "stream_key": "sk_secret"}


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "ivs")


@pytest.fixture
def medialive(track):
    return streams.ensure_stream(track, "medialive")


@pytest.fixture
def ivs(peer):
    return IvsGateway()


def stopped(stream, **facts):
    streams.request_ready(stream=stream, actor=None)
    Stream.objects.filter(pk=stream.pk).update(observed="stopped", **KEY, **facts)
    stream.refresh_from_db()
    return stream


def keys_in(peer):
    with peer.cloud.lock:
        return [(row["value"], row["tags"].get("key")) for row in peer.cloud.listed("key")]


# Shown


def test_a_key_is_told_to_who_asks_and_the_log_says_who(stream, director):
    shown = show_key(stream=stopped(stream), actor=director)
    assert shown == {"studio": Key(KEY["ingest_url"], KEY["stream_key"])}
    row = StreamLog.objects.first()
    assert (row.what, row.actor, row.detail) == ("show_key", director, "")


def test_the_backup_has_a_key_of_its_own(medialive, director):
    backup = {"backup_ingest_url": "rtmp://b/live/", "backup_key": "second"}
    shown = show_key(stream=stopped(medialive, **backup), actor=director)
    assert shown["backup"] == Key("rtmp://b/live/", "second")


@pytest.mark.parametrize("gateway", ["embed", "local"])
def test_a_picture_that_nobody_pushes_has_no_key(stream, director, gateway):
    with pytest.raises(NoSuchKey):
        show_key(stream=stopped(stream, gateway=gateway), actor=director)
    assert not StreamLog.objects.filter(what="show_key").exists()


def test_what_was_not_made_has_no_key(stream, director):
    for ask in (show_key, renew_key):
        with pytest.raises(NoSuchKey):
            ask(stream=stream, actor=director)


def test_a_former_key_is_not_shown_while_the_new_one_is_on_its_way(stream, director):
    renew_key(stream=stopped(stream), actor=director)
    with pytest.raises(KeyOnItsWay):
        show_key(stream=stream, actor=director)


def test_no_key_stands_in_a_text_for_people():
    look = Look(Observed.RUNNING, stream_key="sk_secret", backup_key="sk_secret")
    piece = Piece("input", Seen.READY, "1", {"Destinations": [{"Url": "rtmp://a/live/sk_secret"}]})
    assert "sk_secret" not in f"{look!r} {piece!r} {Key('rtmp://a', 'sk_secret')!r}"


# Another one


def test_another_key_is_a_new_wish_and_the_log_says_whose(stream, director):
    before = stopped(stream).generation
    renew_key(stream=stream, actor=director)
    stream.refresh_from_db()
    assert (stream.key_number, stream.placed_key_number, stream.generation) == (1, 0, before + 1)
    assert StreamLog.objects.get(what="new_key").actor == director


@pytest.mark.parametrize("observed", ["starting", "running", "stopping"])
def test_the_key_of_a_stream_that_runs_stays(stream, director, observed):
    stopped(stream)
    Stream.objects.filter(pk=stream.pk).update(observed=observed)
    with pytest.raises(StreamRuns):
        renew_key(stream=stream, actor=director)
    stream.refresh_from_db()
    assert stream.key_number == 0


def test_the_key_stays_under_a_talk_on_air(stream, director, track, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(StreamOnAir):
        renew_key(stream=stopped(stream), actor=director)
    stream.refresh_from_db()
    assert stream.key_number == 0


def test_ivs_has_one_key_afterwards_and_it_is_another_one(stream, director, ivs, peer):
    former = ready(stream, ivs).stream_key
    renew_key(stream=stream, actor=director)
    drive(stream, ivs)
    assert (stream.observed, stream.placed_key_number) == (Observed.STOPPED, 1)
    assert stream.stream_key != former
    assert keys_in(peer) == [(stream.stream_key, "1")]


def test_whoever_pushes_with_the_former_key_is_cut_off(stream, director, ivs, peer):
    ready(stream, ivs)
    peer.cloud.push(stream.external_id)
    renew_key(stream=stream, actor=director)
    drive(stream, ivs)
    assert peer.changes()[-3:] == ["DeleteStreamKey", "StopStream", "CreateStreamKey"]


@pytest.mark.parametrize("call", ["DeleteStreamKey", "CreateStreamKey"])
def test_a_lost_answer_doubles_no_key(stream, director, ivs, peer, call):
    ready(stream, ivs)
    renew_key(stream=stream, actor=director)
    peer.lose(call)
    drive(stream, ivs)
    assert keys_in(peer) == [(stream.stream_key, "1")]


def test_a_key_is_turned_twice_in_a_row(stream, director, ivs, peer):
    ready(stream, ivs)
    renew_key(stream=stream, actor=director)
    reconcile(stream.pk, lambda name: ivs)
    renew_key(stream=stream, actor=director)
    drive(stream, ivs)
    assert (keys_in(peer), stream.placed_key_number) == ([(stream.stream_key, "2")], 2)


def test_a_resource_that_is_made_after_that_needs_no_other_key(stream, director, ivs, peer):
    ready(stream, ivs)
    renew_key(stream=stream, actor=director)
    streams.request_delete(stream=stream, actor=None)
    drive(stream, ivs)
    ready(stream, ivs)
    assert (keys_in(peer), stream.placed_key_number) == ([(stream.stream_key, None)], 1)


def test_medialive_gets_another_input_and_another_encoder(medialive, director, gateway, peer):
    former = ready(medialive, gateway).stream_key
    renew_key(stream=medialive, actor=director)
    drive(medialive, gateway)
    assert (medialive.observed, medialive.placed_key_number) == (Observed.STOPPED, 1)
    assert peer.changes()[-4:] == ["DeleteChannel", "DeleteInput", "CreateInput", "CreateChannel"]
    assert (peer.there()["input"], peer.there()["encoder"]) == (1, 1)
    assert len(medialive.stream_key) == 40
    assert medialive.stream_key != former


def test_a_start_right_after_it_runs_with_the_new_key(medialive, director, gateway):
    former = ready(medialive, gateway).stream_key
    renew_key(stream=medialive, actor=director)
    running(medialive, gateway)
    assert (medialive.observed, medialive.placed_key_number) == (Observed.RUNNING, 1)
    assert medialive.stream_key != former


def test_a_picture_from_elsewhere_leaves_what_others_share(medialive, gateway, event):
    ready(medialive, gateway)
    other = streams.ensure_stream(TrackFactory(event=event), "embed")
    Stream.objects.filter(pk=other.pk).update(source_url="https://youtu.be/abc")
    running(other, EmbedGateway())
    shared = MediaResource.objects.filter(stream=None)
    assert sorted(shared.values_list("part", "seen", "round")) == [
        ("fence", "ready", 0),
        ("group", "ready", 0),
    ]
