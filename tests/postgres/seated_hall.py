"""Runs beside the site: talks with few seats, many people who come, and who sits where in the end."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from events.enums import Attendance, EventStatus
from events.models import Event, Registration, Track
from talks.models import Bookmark, Seat, Talk


def main(slug: str, people: int = 0, talks: int = 0, seats: int | None = None) -> dict[str, Any]:
    """Make the hall, or with no people read who sits where."""
    return build(slug, people, talks, seats) if people else read(slug)


def build(slug: str, people: int, talks: int, seats: int | None) -> dict[str, Any]:
    """All talks run at the same time."""
    event = Event.objects.create(
        slug=slug, name_ja=slug, name_en=slug, status=EventStatus.OPENED, shows_timetable=True
    )
    return {
        "talks": [_talk(event, number, seats).pk for number in range(talks)],
        "sessions": [_guest(event, number) for number in range(people)],
    }


def _talk(event: Event, number: int, seats: int | None) -> Talk:
    starts_at = timezone.now() + timedelta(hours=1)
    return Talk.objects.create(
        event=event,
        track=Track.objects.create(event=event, name=f"T{number}", position=number + 1),
        title=f"Talk {number}",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=40),
        seats=seats,
        is_published=True,
    )


def _guest(event: Event, number: int) -> str:
    user = User.objects.create_user(f"{event.slug}-{number}@example.com")
    Registration.objects.create(
        event=event,
        user=user,
        attendance=Attendance.ON_SITE,
        consent_version="1",
        consented_at=timezone.now(),
    )
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def read(slug: str) -> dict[str, Any]:
    seats = Seat.objects.held().filter(talk__event__slug=slug)
    return {
        "seats": seats.count(),
        "people": seats.values("registration").distinct().count(),
        "bookmarks": Bookmark.objects.filter(talk__event__slug=slug).count(),
    }
