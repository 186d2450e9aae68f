"""Webhooks: a tick looks at what has happened and writes messages; workers carry them out.

Nothing of this is in the way of a command: what happened is read from the logs afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from events.models import Announcement, Event
from streaming import hook_words as words
from streaming.enums import HookKind
from streaming.media.post import post_signed
from streaming.models import OnAir, OnAirLog, Webhook, WebhookDelivery
from streaming.selectors.health import RELATED, health_of

# What is older than this when the tick comes back is no news.
NEWS = timedelta(minutes=5)
DUE_SECONDS = (90, 300)
LEASE = timedelta(seconds=60)
DELAYS = [timedelta(seconds=seconds) for seconds in (10, 30, 120, 600, 1800)]
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Message:
    kind: str
    subject: str
    body: str
    track_id: int | None
    at: datetime


def collect(now: datetime | None = None) -> int:
    """Write a message for each thing that happened and each webhook that wants it; how many there are."""
    now = now or timezone.now()
    hooks = list(Webhook.objects.filter(is_active=True, event__in=Event.objects.opened()))
    by_event: dict[int, list[Webhook]] = {}
    for hook in hooks:
        by_event.setdefault(hook.event_id, []).append(hook)
    events = Event.objects.in_bulk(by_event)
    return sum(_collect(events[pk], found, now) for pk, found in by_event.items())


def _collect(event: Event, hooks: list[Webhook], now: datetime) -> int:
    rows = list(
        OnAir.objects.filter(track__event=event).select_related(
            "track__event", "next_talk", "track__automation", *(f"track__{name}" for name in RELATED)
        )
    )
    messages = [*_due(event, rows, now), *_on_air(event, now), *_announced(event, now)]
    written = [_write(hook, _wanted(hook, messages), now) for hook in hooks]
    looked = [_look(hook, event, rows, now) for hook in hooks if hook.wants_health]
    return sum(written) + sum(looked)


def _wanted(hook: Webhook, messages: Iterable[Message]) -> list[Message]:
    wants = {
        HookKind.DUE: hook.wants_due,
        HookKind.ON_AIR: hook.wants_on_air,
        HookKind.ANNOUNCEMENT: hook.wants_announcements,
    }
    news = [one for one in messages if one.at >= hook.created_at]
    return [one for one in news if wants.get(HookKind(one.kind)) and _is_of_track(hook, one.track_id)]


def _is_of_track(hook: Webhook, track_id: int | None) -> bool:
    return hook.track_id is None or track_id in (None, hook.track_id)


def _write(hook: Webhook, messages: list[Message], now: datetime) -> int:
    known = WebhookDelivery.objects.filter(webhook=hook, subject__in=[one.subject for one in messages])
    told = set(known.values_list("subject", flat=True)) if messages else set()
    rows = [_row(hook, one, now) for one in messages if one.subject not in told]
    # Another worker may have written the same: then that one counts.
    WebhookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(hook: Webhook, one: Message, now: datetime) -> WebhookDelivery:
    return WebhookDelivery(webhook=hook, kind=one.kind, subject=one.subject, body=one.body, try_at=now)


def _due(event: Event, rows: Iterable[OnAir], now: datetime) -> Iterator[Message]:
    for row in rows:
        talk = row.next_talk
        if talk is None or talk.starts_at is None:
            continue
        left = (talk.starts_at - now).total_seconds()
        seconds = next((one for one in DUE_SECONDS if 0 < left <= one), None)
        if seconds is None:
            continue
        armed = getattr(row.track, "automation", None)
        is_armed = armed is not None and armed.is_armed and not armed.is_held
        body = words.due_body(event, row.track, talk, seconds, is_armed=is_armed)
        subject = f"due:{seconds}:{row.track_id}:{talk.pk}:{talk.starts_at:%Y%m%dT%H%M}"
        yield Message(HookKind.DUE, subject, body, row.track_id, now)


def _on_air(event: Event, now: datetime) -> Iterator[Message]:
    log = OnAirLog.objects.filter(track__event=event, at__gte=now - NEWS).order_by("pk")
    for row in log.select_related("track", "to_talk", "actor"):
        body = words.on_air_body(event, row)
        yield Message(HookKind.ON_AIR, f"on_air:{row.pk}", body, row.track_id, row.at)


def _announced(event: Event, now: datetime) -> Iterator[Message]:
    since = now - NEWS
    recent = Q(published_at__gte=since) | Q(withdrawn_at__gte=since)
    for row in Announcement.objects.filter(recent, event=event).order_by("pk"):
        for at, is_shown in ((row.published_at, True), (row.withdrawn_at, False)):
            if at is not None and at >= since:
                body = words.announcement_body(event, row, is_shown=is_shown)
                subject = f"announcement:{row.pk}:{is_shown}:{at:%Y%m%dT%H%M%S%f}"
                yield Message(HookKind.ANNOUNCEMENT, subject, body, row.track_id, at)


def _look(hook: Webhook, event: Event, rows: Iterable[OnAir], now: datetime) -> int:
    """Tell of pictures whose condition is another than the last time. The first look tells nothing."""
    present = {}
    for row in rows:
        health = health_of(row, None, now) if _is_of_track(hook, row.track_id) else None
        if health is not None:
            present[str(row.track_id)] = health["condition"]
    if present == hook.conditions:
        return 0
    mine = Webhook.objects.filter(pk=hook.pk, looks=hook.looks)
    if not mine.update(looks=F("looks") + 1, conditions=present):
        return 0
    tracks = {str(row.track_id): row.track for row in rows}
    changed = [
        Message(
            HookKind.HEALTH,
            f"health:{key}:{hook.looks + 1}",
            words.health_body(event, tracks[key], hook.conditions[key], condition),
            tracks[key].pk,
            now,
        )
        for key, condition in present.items()
        if key in hook.conditions and hook.conditions[key] != condition
    ]
    return _write(hook, changed, now)


def send_test(hook: Webhook) -> WebhookDelivery:
    """Write a message that says only that it is a test; it goes out like every other."""
    now = timezone.now()
    message = Message(HookKind.TEST, f"test:{now:%Y%m%dT%H%M%S%f}", words.test_body(hook.event), None, now)
    row = _row(hook, message, now)
    row.save()
    return row


def due_deliveries() -> list[int]:
    due = WebhookDelivery.objects.filter(try_at__lte=timezone.now())
    return list(due.order_by("try_at").values_list("pk", flat=True)[:100])


def deliver(delivery_id: int) -> bool:
    """Send one message once; of two workers one does. Whether it arrived."""
    now = timezone.now()
    claimed = WebhookDelivery.objects.filter(pk=delivery_id, try_at__lte=now)
    if not claimed.update(try_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    row = WebhookDelivery.objects.select_related("webhook").get(pk=delivery_id)
    hook = row.webhook
    if not hook.is_active and row.kind != HookKind.TEST:
        WebhookDelivery.objects.filter(pk=row.pk).update(try_at=None, error="switched off")
        return False
    answer = post_signed(url=hook.url, secret=hook.secret, body=row.body, delivery=str(row.pk), kind=row.kind)
    row.status, row.error = answer.status, answer.error
    row.delivered_at = timezone.now() if answer.is_delivered else None
    row.try_at = None if answer.is_delivered else _next_try(row.attempts)
    row.save(update_fields=["status", "error", "delivered_at", "try_at"])
    return answer.is_delivered


def _next_try(attempts: int) -> datetime | None:
    """Later and later; after the last one it is given up."""
    return timezone.now() + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None


def forget_deliveries() -> int:
    old = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT, try_at=None)
    return old.delete()[0]
