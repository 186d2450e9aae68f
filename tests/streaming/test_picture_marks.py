"""Writing a switch into the picture: one call at a time, the newest only, and a truthful end."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import FaultKind, GatewayName, MarkState, Part
from streaming.marks import PER_ACCOUNT, PER_PICTURE
from streaming.media.gateway import GatewayPermanent, GatewayTransient
from streaming.models import MediaResource, OnAirLog, Stream, SwitchTimes
from streaming.services.picture_marks import due_marks, write_mark
from streaming.states import Observed
from tests.factories.events import TrackFactory
from tests.races import at_once

ARN = "arn:aws:ivs:ap-northeast-1:123456789012:channel/abc"


class Notes:
    """A marker that keeps what it was given and answers what a test wants."""

    def __init__(self):
        self.written, self.answers = [], []

    def put(self, picture, text):
        answer = self.answers.pop(0) if self.answers else True
        if isinstance(answer, Exception):
            raise answer
        self.written.append((picture, json.loads(text)))
        return answer


@pytest.fixture
def notes():
    return Notes()


def picture_of(track, **fields):
    given = {
        "gateway": GatewayName.IVS,
        "observed": Observed.RUNNING,
        "playback_url": "https://a.example/x.m3u8",
        "external_id": ARN,
    }
    return Stream.objects.create(track=track, **given | fields)


def times_of(track):
    """Of the track's last command."""
    return SwitchTimes.objects.select_related("log").filter(log__track=track).latest("log__revision")


def write(times, notes):
    return write_mark(times.pk, lambda: notes)


def wait(times):
    """As if the pause before the next attempt were over."""
    past = timezone.now() - timedelta(seconds=1)
    SwitchTimes.objects.filter(pk=times.pk).update(try_at=past)


@pytest.fixture
def switched(track, make_talk, command):
    """A talk was just taken on a track with a live picture of the cloud."""
    picture_of(track)
    command(track, "take", talk=make_talk(title="監視の夜"))
    return times_of(track)


def test_a_switch_is_written_with_its_revision(switched, notes, track):
    assert write(switched, notes) is None
    switched.refresh_from_db()
    assert (switched.mark, switched.attempts, switched.error) == (MarkState.WRITTEN, 1, "")
    assert switched.written_at >= switched.log.at
    [(picture, note)] = notes.written
    assert picture == ARN
    assert note == {
        "dreamkast": 1,
        "track": track.pk,
        "revision": 1,
        "talk": switched.log.to_talk_id,
        "event": note["event"],
        "title": "監視の夜",
    }


def test_what_is_written_is_written_once(switched, notes):
    write(switched, notes)
    wait(switched)
    assert write(switched, notes) is None
    assert len(notes.written) == 1


def test_of_two_workers_one_writes(switched, notes):
    class Slow(Notes):
        def put(self, picture, text):
            assert write(switched, notes) is None
            return super().put(picture, text)

    slow = Slow()
    write(switched, slow)
    assert (len(slow.written), notes.written) == (1, [])


def test_of_a_medialive_stream_it_goes_into_its_picture(track, make_talk, command, notes):
    stream = picture_of(track, gateway=GatewayName.MEDIALIVE, external_id="1234")
    owner = f"stream:{stream.public_id}"
    MediaResource.objects.create(owner=owner, part=Part.PICTURE, stream=stream, name="x", external_id=ARN)
    command(track, "take", talk=make_talk())
    write(times_of(track), notes)
    assert notes.written[0][0] == ARN


def test_a_stream_whose_picture_is_not_known_yet_has_none(track, make_talk, command, notes):
    picture_of(track, gateway=GatewayName.MEDIALIVE, external_id="1234")
    command(track, "take", talk=make_talk())
    write(times_of(track), notes)
    assert (times_of(track).mark, notes.written) == (MarkState.NO_PICTURE, [])


def test_a_newer_switch_overtakes_the_one_that_was_not_sent(switched, track, notes, command):
    command(track, "card", card="break")
    write(switched, notes)
    switched.refresh_from_db()
    assert (switched.mark, notes.written) == (MarkState.SUPERSEDED, [])
    write(times_of(track), notes)
    assert [note["revision"] for _, note in notes.written] == [2]


def test_nobody_pushing_is_no_error(switched, notes):
    notes.answers = [False]
    assert write(switched, notes) is None
    switched.refresh_from_db()
    assert (switched.mark, switched.error) == (MarkState.NO_PICTURE, "")


def test_a_throttled_one_comes_again_later_each_time(switched, notes):
    notes.answers = [GatewayTransient("Rate exceeded")] * 2
    first = write(switched, notes)
    wait(switched)
    second = write(switched, notes)
    assert 1 <= first < 2 <= second < 3
    switched.refresh_from_db()
    assert (switched.mark, switched.attempts, switched.error) == (MarkState.WAITING, 2, "Rate exceeded")
    wait(switched)
    write(switched, notes)
    switched.refresh_from_db()
    assert (switched.mark, switched.attempts, switched.error) == (MarkState.WRITTEN, 3, "")


def test_before_its_pause_is_over_nothing_is_tried(switched, notes):
    notes.answers = [GatewayTransient("Rate exceeded")]
    write(switched, notes)
    assert (write(switched, notes), due_marks()) == (None, [])
    wait(switched)
    assert due_marks() == [switched.pk]


def test_a_refusal_names_the_missing_permission_and_ends_it(switched, notes):
    refusal = GatewayPermanent("No.", fault=FaultKind.PERMISSION, subject="ivs:PutMetadata")
    notes.answers = [refusal]
    assert write(switched, notes) is None
    switched.refresh_from_db()
    assert (switched.mark, switched.error) == (MarkState.FAILED, "No.")
    assert (switched.fault, switched.fault_subject) == (FaultKind.PERMISSION, "ivs:PutMetadata")


def age(times, seconds):
    OnAirLog.objects.filter(pk=times.log_id).update(at=timezone.now() - timedelta(seconds=seconds))


def test_after_ten_seconds_it_is_given_up_truthfully(switched, notes):
    age(switched, 11)
    write(switched, notes)
    switched.refresh_from_db()
    assert (switched.mark, switched.error) == (MarkState.FAILED, "It was not written within 10 seconds.")
    assert notes.written == []


def test_given_up_after_attempts_it_tells_what_was_in_the_way(switched, notes):
    notes.answers = [GatewayTransient("Rate exceeded")]
    write(switched, notes)
    age(switched, 11)
    wait(switched)
    write(switched, notes)
    switched.refresh_from_db()
    assert (switched.mark, switched.error) == (MarkState.FAILED, "Rate exceeded")


def test_a_row_that_a_dead_worker_held_is_due_again(switched):
    assert due_marks() == [switched.pk]
    SwitchTimes.objects.update(try_at=timezone.now() + timedelta(seconds=3))
    assert due_marks() == []
    wait(switched)
    assert due_marks() == [switched.pk]


def tried(track, number, seconds_ago=0.2):
    """That many calls were made a moment ago."""
    at = timezone.now() - timedelta(seconds=seconds_ago)
    logs = [
        OnAirLog.objects.create(
            track=track,
            revision=900 + n,
            command="take",
            source="api",
            idempotency_key=f"old-{n}-{seconds_ago}",
        )
        for n in range(number)
    ]
    made = [SwitchTimes(log=log, mark=MarkState.WRITTEN, tried_at=at) for log in logs]
    SwitchTimes.objects.bulk_create(made)


def test_a_full_second_of_the_picture_puts_it_off_without_a_call(switched, notes, track):
    OnAirLog.objects.filter(pk=switched.log_id).update(revision=1000)
    tried(track, PER_PICTURE)
    assert 0.5 <= write(switched, notes) <= 1.0
    switched.refresh_from_db()
    assert (switched.mark, switched.attempts, switched.tried_at) == (MarkState.WAITING, 0, None)
    assert notes.written == []


def test_one_call_less_lets_it_through(switched, notes, track):
    OnAirLog.objects.filter(pk=switched.log_id).update(revision=1000)
    tried(track, PER_PICTURE - 1)
    write(switched, notes)
    assert len(notes.written) == 1


def test_a_full_second_of_the_account_puts_it_off_too(switched, notes, event):
    tried(TrackFactory(event=event), PER_ACCOUNT)
    assert write(switched, notes) is not None
    assert notes.written == []


def test_calls_older_than_a_second_do_not_count(switched, notes, event):
    tried(TrackFactory(event=event), PER_ACCOUNT, seconds_ago=1.5)
    write(switched, notes)
    assert len(notes.written) == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_at_once_one_writes(switched, notes):
    at_once(lambda: write(switched, notes), 8)
    assert len(notes.written) == 1
    assert times_of(switched.log.track).mark == MarkState.WRITTEN
