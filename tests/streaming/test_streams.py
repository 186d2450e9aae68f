"""What asking writes down, and that it works without a broker."""

import pytest

from dreamkast import celery_app
from streaming.errors import StreamOnAir
from streaming.models import Stream, StreamLog
from streaming.services import streams
from streaming.services.reconcile import due_streams


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "ivs")


@pytest.fixture
def dead_broker():
    """A broker's address where nobody answers."""
    conf = celery_app.conf
    former = conf.broker_url, conf.broker_transport_options
    conf.broker_url = "redis://127.0.0.1:1"
    conf.broker_transport_options = {"max_retries": 1, "interval_start": 0}
    celery_app._after_fork()  # Celery keeps its connections otherwise.
    yield
    conf.broker_url, conf.broker_transport_options = former
    celery_app._after_fork()


def test_a_track_has_one_stream_and_a_new_one_asks_for_nothing(track, stream):
    assert streams.ensure_stream(track, "local") == stream
    assert (stream.gateway, stream.desired, stream.generation) == ("ivs", "absent", 0)


def test_a_stream_uses_the_gateway_of_the_settings_when_none_is_named(track, settings):
    settings.STREAM_GATEWAY = "local"
    assert streams.ensure_stream(track).gateway == "local"


@pytest.mark.parametrize(
    ("ask", "desired"),
    [
        (streams.request_start, "running"),
        (streams.request_ready, "ready"),
        (streams.request_stop, "ready"),
        (streams.request_delete, "absent"),
    ],
)
def test_asking_writes_the_wish_its_number_and_who_asked(stream, director, ask, desired):
    Stream.objects.filter(pk=stream.pk).update(attempts=7)
    ask(stream=stream, actor=director)
    assert (stream.desired, stream.generation, stream.attempts) == (desired, 1, 0)
    row = StreamLog.objects.get(stream=stream)
    assert (row.what, row.generation, row.actor) == (ask.__name__, 1, director)
    assert due_streams() == [stream.pk]


def test_asking_to_look_keeps_the_wish(stream):
    streams.request_start(stream=stream, actor=None)
    streams.request_look(stream=stream, actor=None)
    assert (stream.desired, stream.generation) == ("running", 2)


def test_a_stream_is_not_deleted_under_a_talk_on_air(track, stream, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(StreamOnAir):
        streams.request_delete(stream=stream, actor=None)
    stream.refresh_from_db()
    assert (stream.generation, StreamLog.objects.count()) == (0, 0)


def test_asking_wakes_the_worker_once_after_the_commit(stream, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        streams.request_start(stream=stream, actor=None)
    assert [one.__name__ for one in callbacks] == ["_publish", "wake"]


def test_a_dead_broker_loses_no_wish(stream, dead_broker, caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        streams.request_start(stream=stream, actor=None)
    assert due_streams() == [stream.pk]
    assert "Error calling" in caplog.text
