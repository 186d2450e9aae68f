"""What the monitor wall shows: what stands on a venue's screen, and nothing that is for staff alone."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from events.live import moment
from events.models import Event
from streaming.enums import Card, PlaybackKind
from streaming.health_rules import Condition
from streaming.live import on_air_rows, track_state
from streaming.models import OnAir, OnAirLog, WallLink
from streaming.selectors.health import RELATED, health_of
from streaming.viewer_counts import viewers_of, viewers_of_event
from talks.models import Talk

# So long somebody may still be about to press the button.
GRACE = timedelta(minutes=1)
FAULT, WARNING = "bad", "warn"
LEVELS = {
    Condition.NO_PICTURE: FAULT,
    Condition.STARVING: WARNING,
    Condition.WARNED: WARNING,
    Condition.UNKNOWN: WARNING,
}


def wall(event: Event) -> dict[str, Any]:
    """The state of every track for the wall. The number of queries does not grow with the event."""
    now = timezone.now()
    due = _due_talks(event, now)
    return {
        "wall": event.slug,
        "server_time": moment(now),
        "phase": event.phase,
        "viewers": viewers_of_event(event.pk),
        "tracks": [_track(row, due.get(row.track.pk), now) for row in on_air_rows(event, *RELATED)],
    }


def wall_links(event: Event) -> list[dict[str, Any]]:
    """For those who direct: every link, without its text."""
    now = timezone.now()
    return [
        {
            "id": link.pk,
            "name": link.name,
            "expires_at": moment(link.expires_at),
            "is_valid": link.is_valid(now),
            "is_revoked": link.revoked_at is not None,
            "made_by": link.made_by.display_name if link.made_by else None,
        }
        for link in WallLink.objects.filter(event=event).select_related("made_by")
    ]


def _track(row: OnAir, due: Talk | None, now: datetime) -> dict[str, Any]:
    shown = track_state(row)
    talk = shown["on_air"]
    health = health_of(row, None, now)
    return {
        "id": row.track.pk,
        "name": row.track.name,
        "mark": row.track.mark,
        "lamp": "idle" if row.card == Card.WAITING else "card" if row.card else "on",
        "card": shown["card"],
        "on_air": {key: talk[key] for key in ("title", "lang", "speakers", "starts_at", "ends_at")}
        if talk
        else None,
        "next": {key: shown["next"][key] for key in ("title", "lang", "starts_at")}
        if shown["next"]
        else None,
        "playback": shown["playback"],
        "viewers": viewers_of(row.track.event_id, row.track.pk),
        "health": health["condition"] if health else None,
        "alarms": _alarms(row, health, due, shown["playback"]["kind"]),
    }


def _alarms(
    row: OnAir, health: dict[str, Any] | None, due: Talk | None, kind: str
) -> list[dict[str, str | None]]:
    """The server's own; what is seen and heard in the picture is added by the browser."""
    found = []
    if row.talk_id is not None and kind == PlaybackKind.NONE:
        found.append(_alarm("no_stream", FAULT, None))
    elif health and health["condition"] in LEVELS:
        since = health["slate"]["lost_since"] if health["condition"] == Condition.NO_PICTURE else None
        found.append(_alarm(health["condition"], LEVELS[health["condition"]], since or health["seen_at"]))
    if due is not None and row.talk_id is None:
        found.append(_alarm("nothing_on_air", FAULT, moment(due.starts_at)))
    return found


def _alarm(word: str, level: str, since: str | None) -> dict[str, str | None]:
    return {"word": str(word), "level": level, "since": since}


def _due_talks(event: Event, now: datetime) -> dict[int | None, Talk]:
    """By track the talk that should be on air now and has not been; breaks and kept-back ones are none."""
    if event.phase != "open":
        return {}
    aired = OnAirLog.objects.filter(to_talk=OuterRef("pk"), track=OuterRef("track"))
    talks = Talk.objects.filter(event=event, do_not_stream=False).published().scheduled()
    due = talks.filter(starts_at__lte=now - GRACE, ends_at__gt=now).exclude(Exists(aired))
    rows = due.order_by("starts_at", "pk")
    return {talk.track_id: talk for talk in rows if not (talk.is_break or talk.is_cancelled)}
