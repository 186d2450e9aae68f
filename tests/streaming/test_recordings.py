"""A talk's recording from the proposal to the page: asked for in a row, carried out by a worker."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import RecordingSource, RecordingState
from streaming.errors import RecordingUnderWay
from streaming.media.gateway import GatewayTransient
from streaming.media.harvest import HarvestCutter
from streaming.models import OnAirLog, Recording
from streaming.recording_errors import (
    BadEdges,
    CutForbidden,
    CutUnderWay,
    EdgesChangedMeanwhile,
    NoArchiveAddress,
    NotCut,
    TalkNotPublished,
)
from streaming.services import cutting, recordings, streams
from streaming.services.proposing import propose_for
from streaming.states import Desired
from talks.models import Talk, TalkVideo
from tests.factories.accounts import UserFactory
from tests.streaming.medialive_line import ready

LATER = timedelta(hours=1)


@pytest.fixture
def actor(db):
    return UserFactory()


@pytest.fixture(autouse=True)
def bucket(settings):
    settings.AWS_ARCHIVE_BUCKET = "dreamkast-test-archive"
    settings.ARCHIVE_URL = "https://archive.example.org"


@pytest.fixture
def stream(track, gateway):
    return ready(streams.ensure_stream(track, "medialive"), gateway)


@pytest.fixture
def talk(track, make_talk, command):
    """It was on air from an hour ago until half an hour ago."""
    made = make_talk(title="監視の夜")
    command(track, "take", talk=made)
    command(track, "card", card="waiting")
    for row in OnAirLog.objects.filter(track=track):
        ago = LATER - timedelta(minutes=30) * (row.revision - 1)
        OnAirLog.objects.filter(pk=row.pk).update(at=timezone.now() - ago)
    return made


@pytest.fixture
def recording(talk, stream, track):
    propose_for(event=track.event)
    return Recording.objects.get(talk=talk)


@pytest.fixture
def cutter(peer):
    return HarvestCutter()


def step(recording, cutter, times=1):
    for _ in range(times):
        Recording.objects.filter(pk=recording.pk).update(look_at=timezone.now())
        cutting.drive(recording.pk, lambda source: cutter)
    recording.refresh_from_db()


def ask(recording, actor):
    recordings.request_cut(recording=recording, round=recording.round, actor=actor)


def cut(recording, cutter, actor):
    ask(recording, actor)
    step(recording, cutter, 2)
    return recording


def jobs(peer):
    with peer.cloud.lock:
        return list(peer.cloud.rows["harvest"].values())


# Proposals


def test_a_talk_that_left_the_air_is_proposed_with_handles(recording, talk, track):
    first, last = OnAirLog.objects.filter(track=track).order_by("revision")
    assert recording.state == RecordingState.PROPOSED
    assert recording.source == RecordingSource.HARVEST
    assert recording.starts_at == first.at - timedelta(seconds=10)
    assert recording.ends_at == last.at + timedelta(seconds=10)


def test_nothing_is_proposed_twice(recording, track):
    assert propose_for(event=track.event) == 0
    assert Recording.objects.count() == 1


def test_a_talk_on_air_or_just_off_it_is_not_proposed_yet(track, make_talk, command, stream):
    command(track, "take", talk=make_talk())
    assert propose_for(event=track.event) == 0
    command(track, "card", card="waiting")
    assert propose_for(event=track.event) == 0


def test_without_a_stream_there_is_nothing_to_cut(talk, track):
    assert propose_for(event=track.event) == 0


# Cutting


def test_a_cut_is_asked_for_carried_out_and_done(recording, cutter, actor, peer):
    cut(recording, cutter, actor)
    assert recording.state == RecordingState.DONE
    assert recording.cut_path == f"archive/{recording.talk.event.slug}/{recording.talk.guid}/1/index.m3u8"
    assert recording.is_cut_as_wished
    [job] = jobs(peer)
    assert job["ScheduleConfiguration"]["StartTime"] < job["ScheduleConfiguration"]["EndTime"]
    assert job["Tags"]["talk"] == str(recording.talk.guid)


def test_a_worker_that_dies_after_the_call_makes_no_second_job(recording, cutter, actor, peer):
    ask(recording, actor)
    cutter.begin(cutting.spec_of_cut(recording))
    step(recording, cutter, 2)
    assert recording.state == RecordingState.DONE
    assert len(jobs(peer)) == 1


def test_two_workers_make_one_job(recording, cutter, actor, peer):
    ask(recording, actor)
    Recording.objects.update(lease_until=timezone.now() + LATER, lease_owner="another")
    step(recording, cutter)
    assert jobs(peer) == []
    assert recording.state == RecordingState.WANTED


def test_a_failed_job_is_told_and_can_be_asked_for_again(recording, cutter, actor, peer):
    peer.cloud.harvest_end = "FAILED"
    cut(recording, cutter, actor)
    assert (recording.state, recording.error) == (RecordingState.FAILED, "No content in this time.")
    peer.cloud.harvest_end = "COMPLETED"
    cut(recording, cutter, actor)
    assert (recording.state, recording.round, recording.error) == (RecordingState.DONE, 2, "")
    assert len(jobs(peer)) == 2


class Silent:
    """A service that does not answer."""

    def begin(self, spec):
        raise GatewayTransient("no answer", request_id="request-7")

    look = cancel = begin


def test_no_answer_is_not_a_no(recording, actor):
    ask(recording, actor)
    step(recording, Silent())
    assert (recording.state, recording.attempts) == (RecordingState.WANTED, 1)
    assert (recording.error, recording.request_id) == ("no answer", "request-7")
    assert recording.look_at > timezone.now()


def test_after_many_attempts_it_is_given_up(recording, actor):
    ask(recording, actor)
    Recording.objects.update(attempts=cutting.MOST_ATTEMPTS)
    step(recording, Silent())
    assert recording.state == RecordingState.GIVEN_UP


def test_a_stream_of_this_machine_says_that_it_keeps_nothing(recording, actor):
    Recording.objects.update(source=RecordingSource.LOCAL)
    recording.refresh_from_db()
    ask(recording, actor)
    cutting.drive(recording.pk)
    recording.refresh_from_db()
    assert recording.state == RecordingState.FAILED
    assert "keeps no recording" in recording.error


def test_dropping_cancels_the_job(recording, cutter, actor, peer):
    peer.cloud.seconds = 60
    ask(recording, actor)
    step(recording, cutter)
    recordings.drop_recording(recording=recording, round=1, actor=actor)
    step(recording, cutter)
    assert (recording.state, recording.is_open) == (RecordingState.DROPPED, False)
    assert [job["State"] for job in jobs(peer)] == ["CANCELLED"]


# Edges


def test_edges_are_corrected_and_cut_again(recording, cutter, actor):
    cut(recording, cutter, actor)
    start = recording.starts_at + timedelta(seconds=30)
    recordings.correct_edges(
        recording=recording, round=1, starts_at=start, ends_at=recording.ends_at, actor=actor
    )
    assert not recording.is_cut_as_wished
    cut(recording, cutter, actor)
    assert (recording.round, recording.cut_start) == (2, start)


def test_edges_must_make_sense(recording, actor):
    with pytest.raises(BadEdges):
        recordings.correct_edges(
            recording=recording,
            round=0,
            starts_at=recording.ends_at,
            ends_at=recording.starts_at,
            actor=actor,
        )


def test_while_it_is_cut_nothing_changes(recording, actor):
    ask(recording, actor)
    with pytest.raises(CutUnderWay):
        ask(recording, actor)


def test_of_two_people_one_wins(recording, cutter, actor):
    stale = Recording.objects.get(pk=recording.pk)
    cut(recording, cutter, actor)
    with pytest.raises(EdgesChangedMeanwhile):
        ask(stale, actor)


# Its stream


def test_a_stream_stays_while_a_cut_is_under_way(recording, cutter, actor):
    ask(recording, actor)
    with pytest.raises(RecordingUnderWay):
        streams.request_delete(stream=recording.stream, actor=actor)
    step(recording, cutter, 2)
    streams.request_delete(stream=recording.stream, actor=actor)
    recording.stream.refresh_from_db()
    assert recording.stream.desired == Desired.ABSENT


# Marks and the page


@pytest.mark.parametrize("mark", ["do_not_record", "do_not_stream"])
def test_a_marked_talk_is_not_cut(recording, actor, mark):
    Talk.objects.update(**{mark: True})
    recording.refresh_from_db()
    with pytest.raises(CutForbidden):
        ask(Recording.objects.get(pk=recording.pk), actor)


def test_a_finished_cut_is_published_and_taken_down(recording, cutter, actor):
    cut(recording, cutter, actor)
    Talk.objects.update(is_published=True)
    recordings.publish_recording(recording=recording, round=1, actor=actor)
    assert TalkVideo.objects.get().url == f"https://archive.example.org/{recording.cut_path}"
    recordings.take_down_recording(recording=recording, round=1, actor=actor)
    assert not TalkVideo.objects.exists()
    assert not recording.is_published


def test_what_is_not_cut_is_not_published(recording, actor):
    with pytest.raises(NotCut):
        recordings.publish_recording(recording=recording, round=0, actor=actor)


def test_a_talk_without_a_page_is_not_published(recording, cutter, actor):
    cut(recording, cutter, actor)
    Talk.objects.update(is_published=False)
    with pytest.raises(TalkNotPublished):
        recordings.publish_recording(recording=recording, round=1, actor=actor)
    recording.refresh_from_db()
    assert not recording.is_published


def test_without_an_address_of_the_archive_nothing_is_published(recording, cutter, actor, settings):
    settings.ARCHIVE_URL = ""
    cut(recording, cutter, actor)
    with pytest.raises(NoArchiveAddress):
        recordings.publish_recording(recording=recording, round=1, actor=actor)
