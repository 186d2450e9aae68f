"""The numbers of the business, for Prometheus: as many queries for one event as for many."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.utils import timezone

from accounts.models import OutgoingMail
from events.enums import EventStatus
from events.models import Event, Registration
from streaming import stop_rules
from streaming.enums import Card, Part, PictureHealth
from streaming.gauges import Gauge
from streaming.models import MediaResource, OnAir, Stream, StreamHealth, Sweep, SweepFinding
from streaming.selectors.costs import costs_of, running_streams, times_of
from streaming.selectors.health import is_known, is_made
from streaming.states import Observed, Seen
from streaming.sweep_rules import Verdict
from streaming.viewer_counts import viewers_of

LANE = ("event", "track")
_migrated = False


def business_gauges() -> list[Gauge]:
    """All of them, of every event that is not archived."""
    now = timezone.now()
    events = list(Event.objects.exclude(status=EventStatus.ARCHIVED))
    rows = list(
        OnAir.objects.filter(track__event__in=events).select_related("track__event", "talk", "next_talk")
    )
    return [
        _registrants(events),
        *_on_air(rows, now),
        _viewers(rows),
        *_streams(events, now),
        *_sweep(now),
        _outside_hours(now),
        *_costs(events),
        *_outbox(now),
        migrations_pending(),
    ]


def _registrants(events: list[Event]) -> Gauge:
    gauge = Gauge("registrants", "People who are registered.", ("event",))
    counted = Registration.objects.filter(event__in=events).values_list("event").annotate(Count("pk"))
    numbers = dict(counted.order_by())
    gauge.put_all({event.slug: numbers.get(event.pk, 0) for event in events})
    return gauge


def _on_air(rows: Iterable[OnAir], now: datetime) -> list[Gauge]:
    state = Gauge("onair_state", "What viewers of a track see: a talk or a card.", (*LANE, "state"))
    drift = Gauge("onair_drift_seconds", "How far a track is behind the timetable.", LANE)
    for row in rows:
        lane = row.track.event.slug, row.track.name
        state.put_state(row.card or "talk", ["talk", *Card.values], *lane)
        drift.put(drift_of(row, now), *lane)
    return [state, drift]


def drift_of(row: OnAir, now: datetime) -> float | None:
    """Seconds: over the end of the talk on air, else after its start; without one, since the next was due."""
    talk, coming = row.talk, row.next_talk
    if talk and talk.ends_at and talk.ends_at < now:
        return (now - talk.ends_at).total_seconds()
    if talk:
        return (row.since - talk.starts_at).total_seconds() if talk.starts_at else None
    if coming and coming.starts_at and coming.starts_at < now:
        return (now - coming.starts_at).total_seconds()
    return None


def _viewers(rows: Iterable[OnAir]) -> Gauge:
    gauge = Gauge("viewers", "Who watch a track; missing while it is unknown.", (*LANE, "source"))
    for row in rows:
        number = viewers_of(row.track.event_id, row.track_id)
        gauge.put(number, row.track.event.slug, row.track.name, "heartbeat")
    return gauge


def _streams(events: list[Event], now: datetime) -> list[Gauge]:
    return [_resources(events), *_health(events, now)]


def _resources(events: list[Event]) -> Gauge:
    gauge = Gauge(
        "media_resource_state", "What was last seen of a stream and its parts.", (*LANE, "kind", "state")
    )
    for stream in Stream.objects.filter(track__event__in=events).select_related("track__event"):
        gauge.put_state(stream.observed, Observed, *_lane(stream), "stream")
    for row in MediaResource.objects.exclude(owner="").select_related("stream__track__event"):
        gauge.put_state(row.seen, Seen, *(_lane(row.stream) if row.stream else ("", "")), row.part)
    return gauge


def _health(events: list[Event], now: datetime) -> list[Gauge]:
    """An old answer is no answer, as in the control room; of a stream that is off there is nothing to say."""
    health = Gauge("stream_health", "How well the picture comes in, by the service.", (*LANE, "state"))
    lost = Gauge("stream_input_lost", "1 while no picture comes in.", LANE)
    alerts = Gauge("stream_alerts", "Alerts of the encoder in the cloud.", LANE)
    rows = StreamHealth.objects.filter(stream__track__event__in=events, seen_at__isnull=False)
    related = rows.select_related("stream__track__event", "stream__track__on_air")
    for row in [row for row in related if is_made(row.stream)]:
        lane, known = _lane(row.stream), is_known(row, now)
        health.put_state(row.health if known else PictureHealth.UNKNOWN, PictureHealth.values, *lane)
        lost.put(row.input_lost if known else None, *lane)
        alerts.put(len(row.alerts) if known else None, *lane)
    return [health, lost, alerts]


def _lane(stream: Stream) -> tuple[str, str]:
    return stream.track.event.slug, stream.track.name


def _sweep(now: datetime) -> list[Gauge]:
    """Left over in the cloud at the last look; missing before the first one."""
    orphans = Gauge("media_orphans", "Resources of ours that no row knows, by the last sweep.", ("kind",))
    age = Gauge("media_sweep_age_seconds", "How long ago the account was last looked at.")
    last = Sweep.objects.filter(ended_at__isnull=False).order_by("-ended_at").first()
    if last is not None and last.ended_at is not None:
        found = SweepFinding.objects.filter(gone_at=None).exclude(verdict=Verdict.KEEP)
        kinds = Counter(found.values_list("part", flat=True))
        orphans.put_all({part: kinds[part] for part in Part.values})
        age.put((now - last.ended_at).total_seconds())
    return [orphans, age]


def _outside_hours(now: datetime) -> Gauge:
    gauge = Gauge(
        "media_running_outside_window",
        "1 for a paid stream that runs while no talk is near.",
        (*LANE, "kind"),
    )
    for stream, times in times_of(running_streams(), now).items():
        gauge.put(stop_rules.is_outside_hours(times, now), *_lane(stream), stream.gateway)
    return gauge


def _costs(events: list[Event]) -> list[Gauge]:
    hour = Gauge("stream_cost_hour_dollars", "What running streams cost an hour, at list prices.", ("event",))
    today = Gauge("stream_cost_today_dollars", "What streams have cost since midnight.", ("event",))
    for event, sums in costs_of(events).items():
        hour.put(float(sums["an_hour"]), event.slug)
        today.put(float(sums["today"]), event.slug)
    return [hour, today]


def _outbox(now: datetime) -> list[Gauge]:
    pending = Gauge("outbox_pending", "Mails that the mail server has not taken yet.", ("topic",))
    oldest = Gauge("outbox_oldest_seconds", "How long the oldest of them has been waiting.", ("topic",))
    waiting = OutgoingMail.objects.unsent().filter(expires_at__gt=now)
    found = waiting.aggregate(number=Count("pk"), since=Min("created_at"))
    pending.put(found["number"], "mail")
    oldest.put((now - found["since"]).total_seconds() if found["since"] else 0, "mail")
    return [pending, oldest]


def migrations_pending() -> Gauge:
    """Once there are none, there are none for this process: its code does not change."""
    global _migrated
    gauge = Gauge("migrations_pending", "Migrations that the database has not had yet.")
    plan = []
    if not _migrated:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        _migrated = not plan
    gauge.put(len(plan))
    return gauge
