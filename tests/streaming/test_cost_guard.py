"""Running times, the sums of an event, and the stop after the last talk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.models import OnAir, RunningTime, Stream, StreamLog
from streaming.selectors.costs import costs, watched_streams
from streaming.services.cost_guard import keep_running, stop_forgotten_streams
from streaming.services.running import note_running
from streaming.states import Desired, Observed
from tests.factories.accounts import UserFactory
from tests.factories.talks import TalkFactory


@pytest.fixture
def stream(track):
    """Runs since eight hours, and the last talk ended two hours ago."""
    own = {"gateway": "medialive", "desired": Desired.RUNNING, "observed": Observed.RUNNING}
    stream = Stream.objects.create(track=track, **own)
    RunningTime.objects.create(stream=stream, gateway="medialive", since=ago(8))
    TalkFactory(event=track.event, track=track, starts_at=ago(3), ends_at=ago(2))
    return stream


def ago(hours):
    return timezone.now() - timedelta(hours=hours)


def seen(stream, observed):
    stream.observed = observed
    note_running(stream)


def test_a_time_begins_and_ends_with_what_is_seen(track):
    stream = Stream.objects.create(track=track, gateway="ivs")
    for observed in (Observed.RUNNING, Observed.RUNNING, Observed.UNKNOWN):
        seen(stream, observed)
    assert RunningTime.objects.get().until is None
    seen(stream, Observed.STOPPED)
    assert RunningTime.objects.get().until is not None


def test_a_picture_of_this_machine_costs_nothing(track):
    seen(Stream.objects.create(track=track, gateway="local"), Observed.RUNNING)
    assert RunningTime.objects.count() == 0


def test_the_sums_of_an_event(stream):
    sums = costs(stream.track.event)
    assert (sums["an_hour"], sums["running"], sums["in_all"]) == ("4.75", 1, "38.03")


def test_an_event_without_a_cloud_costs_nothing(event):
    assert costs(event) == {"an_hour": "0.00", "today": "0.00", "in_all": "0.00", "running": 0}


def test_it_is_stopped_after_the_last_talk_and_that_is_logged(stream):
    assert stop_forgotten_streams() == [stream]
    stream.refresh_from_db()
    assert (stream.desired, StreamLog.objects.get().what) == (Desired.READY, "request_stop")


def test_what_is_on_air_is_never_stopped(stream):
    OnAir.objects.create(track=stream.track, talk=TalkFactory(track=stream.track), card="")
    assert stop_forgotten_streams() == []


def test_it_is_stopped_once(stream):
    stop_forgotten_streams()
    assert stop_forgotten_streams() == []


def test_keep_running_gives_two_hours(stream):
    actor = UserFactory()
    until = keep_running(stream=stream, actor=actor)
    assert timedelta(minutes=119) < until - timezone.now() <= timedelta(hours=2)
    assert stop_forgotten_streams() == []
    assert StreamLog.objects.get().actor == actor


def test_it_can_be_switched_off(stream, settings):
    settings.AUTO_STOP_MINUTES = 0
    assert stop_forgotten_streams() == []


def test_the_control_room_is_warned_before(stream, settings):
    settings.AUTO_STOP_MINUTES = 130
    watched = watched_streams(stream.track.event)[stream.track_id]
    assert (watched["is_stopping_soon"], watched["is_forgotten"]) == (True, False)


def test_the_watch_asks_a_fixed_number_of_queries(stream, django_assert_num_queries):
    with django_assert_num_queries(3):
        watched_streams(stream.track.event)
