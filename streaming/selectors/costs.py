"""What running streams cost, when they stop by themselves, and which of them somebody forgot."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from events.live import moment
from events.models import Event
from streaming import stop_rules
from streaming.costs import Ran, cost_of, rate_of
from streaming.enums import GatewayName
from streaming.models import RunningTime, Stream
from streaming.states import Observed
from talks.models import Talk

PAID = [GatewayName.IVS, GatewayName.MEDIALIVE]
ROUND = Decimal("0.01")


def costs(event: Event) -> dict[str, Any]:
    """US dollars as text: an hour now, today in the event's zone, and since the first start."""
    return _sums(event, list(RunningTime.objects.filter(stream__track__event=event)), timezone.now())


def costs_of(events: Iterable[Event]) -> dict[Event, dict[str, Any]]:
    """The same of several events, in one query."""
    rows: dict[int, list[RunningTime]] = defaultdict(list)
    found = list(events)
    for row in RunningTime.objects.filter(stream__track__event__in=found).select_related("stream__track"):
        rows[row.stream.track.event_id].append(row)
    return {event: _sums(event, rows[event.pk], timezone.now()) for event in found}


def _sums(event: Event, rows: list[RunningTime], now: datetime) -> dict[str, Any]:
    ran = [Ran(row.gateway, row.since, row.until, row.inputs) for row in rows]
    running = [row for row in rows if row.until is None]
    an_hour = sum((_rate(row) for row in running), Decimal(0))
    return {
        "an_hour": str(an_hour.quantize(ROUND)),
        "today": str(_cost(ran, _midnight(event, now), now)),
        "in_all": str(_cost(ran, min((one.since for one in ran), default=now), now)),
        "running": len(running),
    }


def watched_streams(event: Event) -> dict[int, dict[str, Any]]:
    """Of each running cloud stream, by track: when it stops by itself, and whether it looks forgotten."""
    now = timezone.now()
    times = times_of(running_streams().filter(track__event=event), now)
    return {stream.track_id: _watched(one, now) for stream, one in times.items()}


def running_streams() -> Any:
    streams = Stream.objects.filter(gateway__in=PAID, observed=Observed.RUNNING)
    return streams.select_related("track__event")


def times_of(streams: Any, now: datetime) -> dict[Stream, stop_rules.Times]:
    """In two queries, however many streams."""
    found = list(streams)
    since = dict(RunningTime.objects.filter(stream__in=found, until=None).values_list("stream_id", "since"))
    talks = _talks(found)
    return {one: _times(one, since.get(one.pk, now), talks[one.track.event_id], now) for one in found}


def auto_stop() -> timedelta:
    return timedelta(minutes=settings.AUTO_STOP_MINUTES)


def _talks(streams: list[Stream]) -> dict[int, list[Talk]]:
    found: dict[int, list[Talk]] = defaultdict(list)
    events = {stream.track.event_id for stream in streams}
    for talk in Talk.objects.filter(event__in=events).published().filter(starts_at__isnull=False):
        found[talk.event_id].append(talk)
    return found


def _times(stream: Stream, since: datetime, talks: list[Talk], now: datetime) -> stop_rules.Times:
    """A talk that is running counts as one that is next."""
    own = [talk for talk in talks if talk.track_id == stream.track_id or talk.is_for_all_tracks]
    ends = [talk.ends_at for talk in own if talk.ends_at and talk.ends_at <= now]
    starts = [talk.starts_at for talk in own if talk.starts_at and talk.ends_at and talk.ends_at > now]
    return stop_rules.Times(since, max(ends, default=None), min(starts, default=None), stream.keep_until)


def _watched(times: stop_rules.Times, now: datetime) -> dict[str, Any]:
    end = stop_rules.stop_at(times, now, auto_stop())
    is_near = end is not None and end - now <= stop_rules.WARNING
    return {
        "stops_at": moment(end) if end else None,
        "is_stopping_soon": is_near,
        "is_forgotten": stop_rules.is_outside_hours(times, now),
    }


def _rate(row: RunningTime) -> Decimal:
    return rate_of(row.gateway, settings.STREAM_RATES, settings.MEDIA_LADDER, row.inputs)


def _cost(ran: list[Ran], start: datetime, end: datetime) -> Decimal:
    return cost_of(ran, start, end, settings.STREAM_RATES, settings.MEDIA_LADDER)


def _midnight(event: Event, now: datetime) -> datetime:
    return now.astimezone(event.zone).replace(hour=0, minute=0, second=0, microsecond=0)
