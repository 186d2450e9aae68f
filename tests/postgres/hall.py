"""Runs beside the site: an event of many tracks with somebody who may direct it, and what its log says."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event, RoleGrant, Track
from streaming.models import OnAir, OnAirLog
from talks.models import Talk

TALKS = 4


def main(slug: str, tracks: int = 0) -> dict[str, Any]:
    """Make the hall, or with no tracks read its log and its rows."""
    return build(slug, tracks) if tracks else read(slug)


def build(slug: str, tracks: int) -> dict[str, Any]:
    event = Event.objects.create(
        slug=slug, name_ja=slug, name_en=slug, status=EventStatus.OPENED, is_open_to_all=True
    )
    lanes = [Track.objects.create(event=event, name=f"T{n}", position=n) for n in range(tracks)]
    talks = {lane.pk: [_talk(event, lane, number).pk for number in range(TALKS)] for lane in lanes}
    user = User.objects.create_user(f"{slug}@example.com")
    RoleGrant.objects.create(event=event, user=user, role=Role.BROADCASTER)
    return {"tracks": talks, "session": _session(user)}


def _talk(event: Event, track: Track, number: int) -> Talk:
    starts_at = timezone.now() + timedelta(hours=number)
    return Talk.objects.create(
        event=event,
        track=track,
        title=f"Talk {number}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=40),
        is_published=True,
    )


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def read(slug: str) -> dict[str, Any]:
    log = OnAirLog.objects.filter(track__event__slug=slug).order_by("track", "revision")
    rows = OnAir.objects.filter(track__event__slug=slug)
    fields = ["track", "revision", "from_talk", "from_card", "to_talk", "to_card"]
    return {
        "log": [list(row) for row in log.values_list(*fields)],
        "rows": [list(row) for row in rows.values_list("track", "revision", "talk", "card")],
    }
