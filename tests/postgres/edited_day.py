"""Runs beside the site: a day with one hole, organizers who want it, and who got it in the end."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Day, Event, Track
from events.services.roles import grant_role
from talks.models import DraftChange, Placement, Talk

TEN = datetime(2026, 11, 26, 1, tzinfo=UTC)


def main(slug: str, editors: int = 0) -> dict[str, Any]:
    """Make the day, or with no editors read how it stands."""
    return build(slug, editors) if editors else read(slug)


def build(slug: str, editors: int) -> dict[str, Any]:
    event = Event.objects.create(slug=slug, name_ja=slug, name_en=slug, status=EventStatus.OPENED)
    Day.objects.create(event=event, date=TEN.date())
    track = Track.objects.create(event=event, name="A", position=1)
    return {
        "track": track.pk,
        "hole": [moment.isoformat() for moment in (TEN, TEN + timedelta(minutes=40))],
        "talks": [Talk.objects.create(event=event, title=f"Talk {number}").pk for number in range(editors)],
        "sessions": [_organizer(event, number) for number in range(editors)],
    }


def _organizer(event: Event, number: int) -> str:
    user = User.objects.create_user(f"{event.slug}-{number}@example.com")
    grant_role(event=event, user=user, role=Role.ORGANIZER, actor=None)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def read(slug: str) -> dict[str, Any]:
    event = Event.objects.get(slug=slug)
    return {
        "placed": Placement.objects.filter(talk__event=event, starts_at__isnull=False).count(),
        "changes": DraftChange.objects.filter(event=event).count(),
        "revision": event.draft.revision,
        "versions": event.programme_versions.count(),
    }
