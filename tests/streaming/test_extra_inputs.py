"""A backup input and a slate in the cloud: made before the encoder, attached from its beginning."""

import pytest

from streaming.enums import Part
from streaming.models import MediaResource, RunningTime, Stream
from streaming.services import streams
from streaming.services.keys import renew_key
from streaming.services.sweeping import sweep
from streaming.states import Observed
from tests.streaming.medialive_line import deleted, drive, ready, running

SLATE = "https://example.org/slates/soon.mp4"


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "medialive")


def want(stream, has_backup=True, slate_url=SLATE):
    Stream.objects.filter(pk=stream.pk).update(has_backup=has_backup, slate_url=slate_url)
    stream.refresh_from_db()
    return stream


def one(peer, kind):
    with peer.cloud.lock:
        return next(iter(peer.cloud.listed(kind)))


def inputs(peer):
    with peer.cloud.lock:
        return {row["Tags"]["kind"]: row for row in peer.cloud.listed("input")}


def attached(peer):
    return [row["InputAttachmentName"] for row in one(peer, "encoder")["InputAttachments"]]


def test_all_inputs_are_attached_when_the_encoder_is_made(stream, gateway, peer):
    ready(want(stream), gateway)
    assert stream.observed == Observed.STOPPED
    assert attached(peer) == ["studio", "backup", "slate"]
    assert peer.changes()[-4:] == ["CreateInput", "CreateInput", "CreateInput", "CreateChannel"]


def test_a_slate_is_a_file_that_is_shown_again_and_again(stream, gateway, peer):
    ready(want(stream, slate_url="s3://archive/slates/soon.mp4"), gateway)
    slate = inputs(peer)["slate"]
    assert (slate["Type"], slate["Sources"]) == ("MP4_FILE", [{"Url": "s3ssl://archive/slates/soon.mp4"}])
    ends = [row["InputSettings"]["SourceEndBehavior"] for row in one(peer, "encoder")["InputAttachments"]]
    assert ends == ["CONTINUE", "CONTINUE", "LOOP"]


def test_the_backup_has_an_address_and_a_secret_of_its_own(stream, gateway):
    ready(want(stream), gateway)
    assert stream.backup_ingest_url == stream.ingest_url == "rtmp://198.51.100.7:1935/live/"
    assert len(stream.backup_key) == 40
    assert stream.backup_key != stream.stream_key


def test_a_track_with_one_input_asks_for_no_other(stream, gateway, peer):
    ready(stream, gateway)
    peer.calls.clear()
    drive(stream, gateway)
    assert peer.calls.count("DescribeInput") == 1
    assert "ListInputs" not in peer.calls


def test_the_look_costs_one_call_for_each_input_more(stream, gateway, peer):
    ready(want(stream), gateway)
    peer.calls.clear()
    drive(stream, gateway)
    assert peer.calls.count("DescribeInput") == 3
    assert "ListInputs" not in peer.calls


def test_an_input_that_is_wanted_later_makes_a_stopped_encoder_anew(stream, gateway, peer):
    ready(stream, gateway)
    ready(want(stream, slate_url=""), gateway)
    assert stream.observed == Observed.STOPPED
    assert attached(peer) == ["studio", "backup"]
    assert peer.changes()[-3:] == ["CreateInput", "DeleteChannel", "CreateChannel"]


def test_an_input_that_is_not_wanted_any_more_goes(stream, gateway, peer):
    ready(want(stream), gateway)
    ready(want(stream, has_backup=False, slate_url=""), gateway)
    assert (stream.observed, stream.backup_key) == (Observed.STOPPED, "")
    assert (attached(peer), sorted(inputs(peer))) == (["studio"], ["input"])


def test_another_file_is_another_input(stream, gateway, peer):
    ready(want(stream), gateway)
    ready(want(stream, slate_url="https://example.org/other.mp4"), gateway)
    assert stream.observed == Observed.STOPPED
    assert inputs(peer)["slate"]["Sources"] == [{"Url": "https://example.org/other.mp4"}]
    assert attached(peer) == ["studio", "backup", "slate"]


def test_a_running_encoder_is_left_alone_and_made_anew_when_it_has_stopped(stream, gateway, peer):
    running(want(stream), gateway)
    before = one(peer, "encoder")["Id"]
    want(stream, has_backup=False)
    drive(stream, gateway)
    assert (stream.observed, one(peer, "encoder")["Id"]) == (Observed.RUNNING, before)
    ready(stream, gateway)
    assert (stream.observed, attached(peer)) == (Observed.STOPPED, ["studio", "slate"])


def test_deleting_takes_all_inputs_along(stream, gateway, peer):
    running(want(stream), gateway)
    deleted(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.ABSENT, {"group": 1})


@pytest.mark.parametrize("operation", ["CreateInput", "DeleteInput"])
def test_a_lost_answer_makes_no_second_input_and_leaves_none(stream, gateway, peer, operation):
    peer.lose(operation)
    ready(want(stream), gateway)
    assert (stream.observed, peer.there()["input"]) == (Observed.STOPPED, 3)
    deleted(stream, gateway)
    drive(stream, gateway)
    assert (stream.observed, peer.there()) == (Observed.ABSENT, {"group": 1})


def test_what_the_tables_forgot_is_found_by_its_tags(stream, gateway, peer):
    ready(want(stream), gateway)
    MediaResource.objects.all().delete()
    drive(stream, gateway)
    assert (stream.observed, peer.there()["input"]) == (Observed.STOPPED, 3)
    found = set(MediaResource.objects.values_list("part", flat=True))
    assert found == {part.value for part in Part}


def test_the_sweeper_knows_them_and_finds_those_that_no_row_knows(stream, gateway, peer):
    ready(want(stream), gateway)
    run = sweep(cloud=peer.inventory)
    assert (run.error, run.strays) == ("", 0)
    MediaResource.objects.filter(part=Part.SLATE).delete()
    run = sweep(cloud=peer.inventory)
    assert (run.error, run.strays) == ("", 1)


def test_the_running_time_knows_how_many_inputs_are_paid_for(stream, gateway):
    running(want(stream), gateway)
    assert RunningTime.objects.get().inputs == 2


def test_the_look_tells_which_input_is_active(stream, gateway):
    running(want(stream), gateway)
    assert stream.active_input == "studio"
    assert stream.active_input_at is not None
    ready(stream, gateway)
    assert stream.active_input == ""


def test_a_new_key_is_new_for_the_backup_too_and_leaves_the_slate(stream, gateway, peer, director):
    ready(want(stream), gateway)
    former, slate = {stream.stream_key, stream.backup_key}, inputs(peer)["slate"]["Id"]
    renew_key(stream=stream, actor=director)
    drive(stream, gateway)
    assert (stream.observed, attached(peer)) == (Observed.STOPPED, ["studio", "backup", "slate"])
    assert former & {stream.stream_key, stream.backup_key} == set()
    assert inputs(peer)["slate"]["Id"] == slate
