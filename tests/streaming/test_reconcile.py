"""One step after another until the wish is fulfilled, whatever goes wrong on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import LiveCounter
from streaming.media.gateway import GatewayPermanent, GatewayTransient
from streaming.models import Stream, StreamLog
from streaming.services import streams
from streaming.services.reconcile import due_streams, pause, reconcile
from streaming.states import Observed
from tests.streaming.fake_gateway import MemoryGateway


@pytest.fixture
def cloud():
    return MemoryGateway()


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "ivs")


@pytest.fixture
def step(stream, cloud):
    def run(times=1):
        for _ in range(times):
            again = reconcile(stream.pk, lambda name: cloud)
        stream.refresh_from_db()
        return again

    return run


def wish(stream, ask=streams.request_start):
    ask(stream=stream, actor=None)


def groups_of(callbacks):
    """To whom the frames of a commit go: "event" are the viewers, "console" the staff."""
    return [callback.args[0].partition(".")[0] for callback in callbacks]


def run_out(stream):
    """The lease of a worker that died has run out."""
    Stream.objects.filter(pk=stream.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def revision(event):
    return LiveCounter.objects.get(event=event).revision


def test_a_wish_to_run_is_fulfilled_step_by_step(stream, step, cloud):
    wish(stream)
    seen = []
    for _ in range(5):
        step()
        seen.append(stream.observed)
    assert seen == ["stopped", "starting", "starting", "running", "running"]
    assert cloud.calls == ["look", "create", "look", "start", "look", "look", "look"]
    assert stream.observed_generation == stream.generation == 1


def test_the_facts_of_the_cloud_are_written_down(stream, step):
    wish(stream)
    step(4)
    assert stream.is_playing
    assert stream.external_id == f"cloud:dreamkast-local-{stream.public_id.hex}"
    assert stream.playback_url == f"https://play.example/dreamkast-local-{stream.public_id.hex}.m3u8"
    assert (stream.playback_kind, stream.is_low_latency) == ("hls", True)
    assert (stream.ingest_url, stream.stream_key) == ("rtmps://in.example:443/app/", "sk_1")


def test_a_wish_to_delete_leaves_nothing_behind(stream, step, cloud):
    wish(stream)
    step(4)
    wish(stream, streams.request_delete)
    step(4)
    assert cloud.resources == {}
    assert (stream.observed, stream.external_id, stream.stream_key) == ("absent", "", "")


def test_every_step_is_a_log_row_with_its_wish(stream, step, director):
    streams.request_start(stream=stream, actor=director)
    step(4)
    rows = StreamLog.objects.filter(stream=stream).order_by("id").values_list("what", "generation", "actor")
    assert list(rows) == [("request_start", 1, director.pk), ("create", 1, None), ("start", 1, None)]


def test_nothing_is_done_while_another_worker_holds_the_lease(stream, step, cloud):
    wish(stream)
    Stream.objects.filter(pk=stream.pk).update(lease_until=timezone.now() + timedelta(seconds=30))
    assert step() is None
    assert cloud.calls == []


def test_a_worker_that_lost_its_lease_while_it_looked_does_nothing_more(stream, step, cloud):
    wish(stream)
    cloud.during["look"] = lambda: Stream.objects.filter(pk=stream.pk).update(lease_owner="another")
    step()
    assert cloud.calls == ["look"]
    assert (stream.observed, stream.lease_owner) == ("unknown", "another")


def test_a_worker_that_lost_its_lease_while_it_acted_writes_nothing(stream, step, cloud):
    wish(stream)
    cloud.during["create"] = lambda: Stream.objects.filter(pk=stream.pk).update(lease_owner="another")
    step()
    assert (stream.observed, stream.external_id, stream.lease_owner) == ("unknown", "", "another")


def test_what_a_killed_worker_made_is_adopted_and_not_made_twice(stream, step, cloud):
    wish(stream)
    cloud.after["create"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        step()
    stream.refresh_from_db()
    assert (stream.external_id, len(cloud.resources)) == ("", 1)
    run_out(stream)
    step()
    assert cloud.calls == ["look", "create", "look", "start"]
    assert len(cloud.resources) == 1
    assert stream.external_id == f"cloud:dreamkast-local-{stream.public_id.hex}"


def test_a_lost_answer_is_looked_up_and_not_asked_twice(stream, step, cloud):
    wish(stream)
    cloud.after["create"] = GatewayTransient("read timeout")
    step(2)
    assert cloud.calls == ["look", "create", "look", "start"]
    assert len(cloud.resources) == 1


def test_facts_are_written_although_the_wish_changed_meanwhile(stream, step, cloud):
    wish(stream)
    cloud.during["create"] = lambda: wish(stream, streams.request_delete)
    assert step() == 0
    assert stream.external_id == f"cloud:dreamkast-local-{stream.public_id.hex}"
    assert (stream.observed_generation, stream.generation) == (1, 2)
    assert stream.look_at <= timezone.now()


def test_a_deaf_cloud_takes_no_picture_away(stream, step, cloud):
    wish(stream)
    step(4)
    before = revision(stream.track.event)
    cloud.before["look"] = GatewayTransient("throttled", request_id="r-1")
    step()
    assert stream.is_playing
    assert (stream.error, stream.request_id, stream.attempts) == ("throttled", "r-1", 1)
    assert revision(stream.track.event) == before


def test_a_refused_look_takes_no_picture_away(stream, step, cloud):
    wish(stream)
    step(4)
    cloud.before["look"] = GatewayPermanent("access denied")
    step()
    assert stream.is_playing
    assert stream.error == "access denied"


def test_an_error_is_forgotten_with_the_next_good_look(stream, step, cloud):
    wish(stream)
    cloud.before["look"] = GatewayTransient("throttled", request_id="r-1")
    step(2)
    assert (stream.error, stream.request_id) == ("", "")


@pytest.mark.parametrize(("attempts", "longest"), [(1, 1), (2, 2), (5, 16), (10, 300), (1000, 300)])
def test_the_pause_grows_with_every_attempt_and_has_an_end(attempts, longest):
    waits = [pause(attempts) for _ in range(50)]
    assert all(longest / 2 <= wait <= longest for wait in waits)
    assert len(set(waits)) > 1


def test_a_refusal_is_given_up_with_a_sentence(stream, step, cloud):
    wish(stream)
    cloud.before["create"] = GatewayPermanent("quota exceeded", request_id="r-2")
    assert step() is None
    assert (stream.observed, stream.error, stream.request_id) == ("failed", "quota exceeded", "r-2")
    assert step() is None
    assert cloud.calls == ["look", "create"]
    assert due_streams() == []


def test_asking_again_tries_a_given_up_stream_again(stream, step, cloud):
    wish(stream)
    cloud.before["create"] = GatewayPermanent("quota exceeded")
    step()
    wish(stream, streams.request_look)
    assert due_streams() == [stream.pk]
    step()
    assert (stream.observed, stream.error) == ("stopped", "")


def test_a_refusal_of_an_old_wish_does_not_fail_the_new_one(stream, step, cloud):
    wish(stream)
    cloud.before["create"] = GatewayPermanent("quota exceeded")
    cloud.during["create"] = lambda: wish(stream, streams.request_look)
    assert step() == 0
    assert stream.observed == Observed.UNKNOWN
    assert stream.look_at <= timezone.now()


def test_a_running_stream_is_looked_at_again_within_ten_seconds(stream, step):
    wish(stream)
    assert step(4) is None
    wait = (stream.look_at - timezone.now()).total_seconds()
    assert 8 < wait < 11


def test_a_picture_that_died_is_started_again(stream, step, cloud):
    wish(stream)
    step(4)
    [name] = cloud.resources
    cloud.resources[name] = replace(cloud.resources[name], observed=Observed.STOPPED)
    step()
    assert cloud.calls[-1] == "start"


def test_why_a_picture_died_is_shown_until_it_runs_again(stream, step, cloud):
    wish(stream)
    step(4)
    [name] = cloud.resources
    cloud.resources[name] = replace(cloud.resources[name], observed=Observed.STOPPED, error="out of memory")
    step()
    assert (stream.error, stream.log.first().detail) == ("out of memory", "out of memory")
    cloud.resources[name] = replace(cloud.resources[name], observed=Observed.RUNNING, error="")
    step()
    assert stream.error == ""


def test_viewers_are_told_when_the_picture_comes_and_goes(stream, step, django_capture_on_commit_callbacks):
    wish(stream)
    step(3)
    before = revision(stream.track.event)
    with django_capture_on_commit_callbacks() as sent:
        step()
    assert (revision(stream.track.event), groups_of(sent)) == (before + 1, ["console", "event"])


def test_staff_hear_of_each_step_and_of_nothing_else(stream, step, django_capture_on_commit_callbacks):
    wish(stream)
    with django_capture_on_commit_callbacks() as sent:
        step(2)
    assert "console" in groups_of(sent)
    step(4)
    with django_capture_on_commit_callbacks() as sent:
        step()
    assert groups_of(sent) == []


def test_staff_hear_once_that_a_cloud_does_not_answer(
    stream, step, cloud, django_capture_on_commit_callbacks
):
    wish(stream)
    heard = []
    for _ in range(2):
        cloud.before["look"] = GatewayTransient("no answer")
        with django_capture_on_commit_callbacks() as sent:
            step()
        heard.append(groups_of(sent))
    assert heard == [["console"], []]


def test_viewers_are_not_told_of_what_stayed_the_same(stream, step, django_capture_on_commit_callbacks):
    wish(stream)
    step(4)
    before = revision(stream.track.event)
    with django_capture_on_commit_callbacks() as sent:
        step()
    assert (revision(stream.track.event), len(sent)) == (before, 0)


def test_streams_at_rest_are_not_due(stream, step):
    wish(stream, streams.request_ready)
    assert due_streams() == [stream.pk]
    step(2)
    assert (stream.observed, due_streams()) == ("stopped", [])
