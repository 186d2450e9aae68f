"""Runs beside the site: an event of two tracks whose timetable two organizers edit."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event, Room, Track
from events.services.roles import grant_role
from talks.models import Speaker, Talk, TalkSpeaker
from tests.factories.events import DayFactory, EventFactory

# Title, track, start and length in minutes after 10:00; a talk without a track waits for its place.
TALKS = [
    ("Lanterns", "A", 0, 40),
    ("Ferries", "A", 60, 40),
    ("Buoys", "B", 0, 40),
    ("Tides", "B", 60, 40),
    ("Anchors", None, 0, 30),
]


def main(step: str = "opened", slug: str = "") -> Any:
    steps = {"announced": announced, "hidden": hidden, "emptied": emptied}
    return steps[step](slug) if step in steps else opened()


def announced(slug: str) -> None:
    """The doors are not open yet."""
    Event.objects.filter(slug=slug).update(status=EventStatus.ANNOUNCED)


def hidden(slug: str) -> None:
    """Visitors do not see the timetable."""
    Event.objects.filter(slug=slug).update(status=EventStatus.ANNOUNCED, shows_timetable=False)


def emptied(slug: str) -> None:
    """Nobody has put anything in yet."""
    Talk.objects.filter(event__slug=slug).delete()


@transaction.atomic
def opened() -> dict[str, Any]:
    event = EventFactory(slug=f"edit-{uuid4().hex[:8]}", name_en="Harbour Days")
    day = DayFactory(event=event, date=(timezone.now().astimezone(event.zone) + timedelta(days=1)).date())
    ten = datetime.combine(day.date, time(10), event.zone)
    tracks = {name: _track(event, name, number) for number, name in enumerate("AB", start=1)}
    talks = {title: _talk(event, title, tracks.get(track), ten, *span) for title, track, *span in TALKS}
    _speaker(event, talks["Lanterns"], talks["Tides"])
    for role in ("organizer", "broadcaster"):
        grant_role(
            event=event, user=User.objects.get(email=f"{role}@example.com"), role=Role.ORGANIZER, actor=None
        )
    return {
        "slug": event.slug,
        "day": day.date.isoformat(),
        "talks": {title: talk.pk for title, talk in talks.items()},
    }


def _track(event: Event, name: str, position: int) -> Track:
    room = Room.objects.create(event=event, name_ja=f"部屋{name}", name_en=f"Room {name}")
    return Track.objects.create(event=event, name=name, position=position, room=room)


def _talk(event: Event, title: str, track: Track | None, ten: datetime, after: int, length: int) -> Talk:
    starts_at = ten + timedelta(minutes=after) if track else None
    return Talk.objects.create(
        event=event,
        track=track,
        title=title,
        lang="en",
        minutes=length,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=length) if starts_at else None,
        is_published=track is not None,
    )


def _speaker(event: Event, *talks: Talk) -> None:
    """Somebody who speaks in several talks."""
    speaker = Speaker.objects.create(event=event, name_ja="灯 みさき", name_en="Misaki Tomoshi")
    for talk in talks:
        TalkSpeaker.objects.create(talk=talk, speaker=speaker)
