"""What Prometheus reads, who may read it, and that asking costs next to nothing."""

import asyncio
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import OutgoingMail
from events.enums import EventStatus
from streaming.crowds import Crowd
from streaming.gauges import Gauge
from streaming.health_rules import FRESH
from streaming.metrics import Business, business
from streaming.models import MediaResource, OnAir, RunningTime, Stream, StreamHealth, Sweep, SweepFinding
from streaming.rules import can_read_metrics
from streaming.selectors import gauges
from streaming.selectors.gauges import business_gauges
from streaming.services.on_air import ensure_on_air
from streaming.viewer_counts import ViewerCounts
from tests.factories.events import EventFactory, RegistrationFactory, TrackFactory
from tests.factories.talks import TalkFactory


@pytest.fixture(autouse=True)
def nothing_remembered():
    business.forget()


def series(name):
    """Of one number: labels without their names, and values."""
    return next(gauge.series for gauge in business_gauges() if gauge.name == name)


def only(found, *labels):
    return {key[-1]: value for key, value in found.items() if key[: len(labels)] == labels}


async def counted(viewers):
    counts = ViewerCounts()
    await counts.exchange(viewers)
    await counts.close()


# The business


def test_registrants_of_each_event(event):
    other = EventFactory(slug="empty")
    EventFactory(slug="old", status=EventStatus.ARCHIVED)
    RegistrationFactory.create_batch(2, event=event)
    assert series("registrants") == {("seaside",): 2, (other.slug,): 0}


def test_viewers_of_each_track_and_nothing_while_unknown(event, track):
    ensure_on_air(track)
    assert series("viewers") == {}
    asyncio.run(counted({event.pk: {track.pk: Crowd(strangers=812)}}))
    assert series("viewers") == {("seaside", "A", "heartbeat"): 812}


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "waiting"),
        ([("take", {})], "talk"),
        ([("take", {}), ("card", {"card": "technical"})], "technical"),
        ([("card", {"card": "break"})], "break"),
    ],
)
def test_one_state_of_a_track_is_1(steps, state, track, make_talk, command):
    ensure_on_air(track)
    talk = make_talk()
    for name, fields in steps:
        command(track, name, **({"talk": talk} if name == "take" else fields))
    found = only(series("onair_state"), "seaside", "A")
    assert found == {name: float(name == state) for name in ("talk", "waiting", "break", "technical")}


NOON = timezone.now().replace(microsecond=0)


def minutes(number):
    return NOON + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("on_air", "coming", "seconds"),
    [
        ((-10, 30), None, 300),
        ((-60, -2), None, 120),
        (None, (-3, 30), 180),
        (None, (3, 30), None),
        (None, None, None),
    ],
)
def test_drift_is_how_far_a_track_is_behind(on_air, coming, seconds, track):
    def talk(times):
        return times and TalkFactory.build(
            event=None, track=None, starts_at=minutes(times[0]), ends_at=minutes(times[1])
        )

    row = OnAir(track=track, talk=talk(on_air), next_talk=talk(coming), since=minutes(-5))
    assert gauges.drift_of(row, NOON) == seconds


def test_what_was_seen_of_a_stream_and_of_its_parts(track):
    stream = Stream.objects.create(track=track, gateway="ivs", observed="running")
    MediaResource.objects.create(owner="s", part="picture", stream=stream, name="p", seen="ready")
    MediaResource.objects.create(owner="environment", part="group", name="g", seen="making")
    MediaResource.objects.create(owner="another", part="group", name="h", seen="ready")
    found = {key for key, value in series("media_resource_state").items() if value}
    assert found == {
        ("seaside", "A", "stream", "running"),
        ("seaside", "A", "picture", "ready"),
        ("", "", "group", "making"),
        ("", "", "group", "ready"),
    }


def test_health_of_a_picture_once_it_was_heard_of(event, track):
    stream = Stream.objects.create(track=track, gateway="ivs", desired="running")
    StreamHealth.objects.create(
        stream=stream, health="starving", input_lost=True, alerts=[{"id": "1"}], seen_at=timezone.now()
    )
    silent = Stream.objects.create(
        track=TrackFactory(event=event, name="B"), gateway="ivs", desired="running"
    )
    StreamHealth.objects.create(stream=silent)
    assert only(series("stream_health"), "seaside", "A") == {"healthy": 0, "starving": 1, "unknown": 0}
    assert series("stream_input_lost") == {("seaside", "A"): 1}
    assert series("stream_alerts") == {("seaside", "A"): 1}


def test_an_old_answer_about_a_picture_is_unknown(track):
    stream = Stream.objects.create(track=track, gateway="ivs", desired="running")
    old = timezone.now() - FRESH - timedelta(seconds=1)
    StreamHealth.objects.create(stream=stream, health="healthy", input_lost=False, seen_at=old)
    assert only(series("stream_health"), "seaside", "A") == {"healthy": 0, "starving": 0, "unknown": 1}
    assert (series("stream_input_lost"), series("stream_alerts")) == ({}, {})


@pytest.mark.parametrize("fields", [{"desired": "ready"}, {"desired": "running", "observed": "absent"}])
def test_of_a_stream_that_is_off_no_health_is_told(track, fields):
    stream = Stream.objects.create(track=track, gateway="ivs", **fields)
    StreamHealth.objects.create(stream=stream, health="healthy", seen_at=timezone.now())
    assert series("stream_health") == {}


def test_orphans_of_the_last_sweep_and_none_before_the_first(db):
    SweepFinding.objects.create(part="encoder", external_id="1", name="a", verdict="report", seen="running")
    SweepFinding.objects.create(
        part="encoder", external_id="2", name="b", verdict="report", seen="running", gone_at=timezone.now()
    )
    SweepFinding.objects.create(part="input", external_id="3", name="c", verdict="keep", seen="ready")
    assert series("media_orphans") == {}
    Sweep.objects.create(ended_at=timezone.now())
    found = series("media_orphans")
    assert {key: value for key, value in found.items() if value} == {("encoder",): 1}
    assert ("input",) in found


def test_what_runs_and_costs(event, track):
    stream = Stream.objects.create(track=track, gateway="ivs", observed="running")
    RunningTime.objects.create(stream=stream, gateway="ivs", since=timezone.now() - timedelta(hours=5))
    assert series("stream_cost_hour_dollars") == {("seaside",): 2.0}
    assert 0 < series("stream_cost_today_dollars")[("seaside",)] <= 10.0
    assert series("media_running_outside_window") == {("seaside", "A", "ivs"): 1}


def test_mails_that_wait(db):
    now = timezone.now()
    soon = {"next_try_at": now, "expires_at": now + timedelta(hours=1)}
    assert (series("outbox_pending"), series("outbox_oldest_seconds")) == ({("mail",): 0}, {("mail",): 0})
    waiting = OutgoingMail.objects.create(to="a@example.com", **soon)
    OutgoingMail.objects.filter(pk=waiting.pk).update(created_at=now - timedelta(seconds=90))
    OutgoingMail.objects.create(to="b@example.com", sent_at=now, **soon)
    OutgoingMail.objects.create(to="c@example.com", **soon | {"expires_at": now})
    assert series("outbox_pending") == {("mail",): 1}
    assert 90 <= series("outbox_oldest_seconds")[("mail",)] < 100


def test_no_migration_is_pending(db):
    assert series("migrations_pending") == {(): 0}


def test_no_label_names_a_person_or_a_talk(event, track, make_talk, command):
    RegistrationFactory(event=event)
    command(track, "take", talk=make_talk(title="Secret title"))
    names = {label for gauge in business_gauges() for label in gauge.labels}
    assert names <= {"event", "track", "state", "source", "kind", "topic"}
    values = {value for gauge in business_gauges() for key in gauge.series for value in key}
    assert "Secret title" not in values


@pytest.mark.parametrize("events", [1, 3])
def test_queries_do_not_grow_with_events_and_tracks(events, db, django_assert_num_queries):
    for number in range(events):
        event = EventFactory(slug=f"e{number}", status=EventStatus.OPENED)
        for name in "AB"[: events + 1]:
            track = TrackFactory(event=event, name=name)
            TalkFactory(event=event, track=track)
            ensure_on_air(track)
            stream = Stream.objects.create(track=track, gateway="ivs", observed="running")
            RunningTime.objects.create(stream=stream, gateway="ivs", since=timezone.now())
            StreamHealth.objects.create(stream=stream, seen_at=timezone.now())
            MediaResource.objects.create(owner=f"{number}{name}", part="input", stream=stream, name="i")
    Sweep.objects.create(ended_at=timezone.now())
    gauges.migrations_pending()
    with django_assert_num_queries(13):
        business_gauges()


# The page


def families(response):
    return {family.name: family for family in text_string_to_metric_families(response.content.decode())}


def test_prometheus_can_read_the_page(client, event, track):
    ensure_on_air(track)
    response = client.get("/metrics")
    found = families(response)
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (200, "text/plain")
    assert {"registrants", "onair_state", "database_up", "outbox_pending", "python_info"} <= set(found)
    assert "process_resident_memory_bytes" in found
    assert "no-store" in response["Cache-Control"]


def test_the_version_is_that_of_the_project(client, db):
    project = tomllib.loads((Path(settings.BASE_DIR) / "pyproject.toml").read_text())["project"]
    [sample] = families(client.get("/metrics"))["build_info"].samples
    assert (sample.labels, sample.value) == ({"version": project["version"]}, 1)


def test_asking_sets_no_cookie_and_needs_no_session(client, db):
    assert client.get("/metrics").cookies == {}


def test_a_storm_of_scrapes_asks_the_database_once(client, event, django_assert_num_queries):
    client.get("/metrics")
    with django_assert_num_queries(0):
        for _ in range(20):
            client.get("/metrics")


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_numbers_are_read_anew_after_five_seconds():
    clock, reads = Clock(), []

    def read():
        reads.append(clock.now)
        return [Gauge("answers", "words", (), {(): len(reads)})]

    kept = Business(read, clock)
    for clock.now in (0.0, 4.9, 5.0, 9.9, 10.0):
        list(kept.collect())
    assert reads == [0.0, 5.0, 10.0]


def test_a_database_that_is_away_is_an_answer_too():
    def away():
        raise OperationalError

    found = {family.name: family.samples[0].value for family in Business(away).collect()}
    assert found == {"database_up": 0, "build_info": 1}


def test_it_answers_while_redis_is_dead(client, event, track, settings):
    """Viewers are what the process heard last: no scrape waits for Redis."""
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    ensure_on_air(track)
    asyncio.run(counted({event.pk: {track.pk: Crowd(strangers=3)}}))
    response = client.get("/metrics")
    assert (response.status_code, families(response)["viewers"].samples) == (200, [])


# The door


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("10.0.0.7", {}, 401),
        ("203.0.113.9", {}, 401),
        ("", {}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}, 401),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ("127.0.0.1", {"Forwarded": "for=203.0.113.9"}, 401),
        ("127.0.0.1", {"X-Real-IP": "203.0.113.9"}, 401),
    ],
)
def test_without_a_token_only_the_machine_itself_may_read(address, headers, status, client, db):
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert response.status_code == status
    assert (b"registrants" in response.content) is (status == 200)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer right", 200),
        ("bearer right", 200),
        ("Bearer wrong", 401),
        ("Bearer ", 401),
        ("Basic right", 401),
        ("right", 401),
        ("Bearer ключ", 401),
    ],
)
@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.7"])
def test_with_a_token_whoever_shows_it_may_read(address, given, status, client, db, settings):
    settings.METRICS_TOKEN = "right"
    response = client.get("/metrics", headers={"Authorization": given}, REMOTE_ADDR=address)
    assert response.status_code == status


def test_with_a_token_not_even_the_machine_itself_reads_without_it(settings):
    settings.METRICS_TOKEN = "right"
    assert not can_read_metrics(token="", address="127.0.0.1", is_forwarded=False)


def test_it_is_only_read(client, db):
    assert client.post("/metrics").status_code == 405
