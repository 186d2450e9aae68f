"""An event's frame: made here, and each change of it told to the people who watch."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from events.enums import Role
from events.models import Day, Event, Room, Track
from events.services.revision import recheck_access, touch
from events.services.roles import grant_role


def make_event(*, event: Event, first_day: date, last_day: date, tracks: int, actor: User) -> Event:
    """Save the new event as a draft with its days, tracks and rooms; the maker becomes its organizer."""
    with transaction.atomic():
        event.save(force_insert=True)
        days = range((last_day - first_day).days + 1)
        Day.objects.bulk_create(Day(event=event, date=first_day + timedelta(days=day)) for day in days)
        _make_tracks(event, tracks)
        grant_role(event=event, user=actor, role=Role.ORGANIZER, actor=actor)
        touch(event)
    return event


def stored_event(event: Event) -> Event | None:
    """The event as the database has it, to compare with after an edit."""
    return Event.objects.filter(pk=event.pk).first()


def announce_frame(*, event: Event, before: Event | None) -> None:
    """The last write of an edit: raise the revision, and ask again who may watch if that may have changed."""
    with transaction.atomic():
        if before is not None and before.is_open_to_all != event.is_open_to_all:
            recheck_access(event)
        touch(event)


def save_part(part: Model) -> None:
    """Save a row that belongs to the event's frame: a track, a text, a sponsor."""
    with transaction.atomic():
        part.save()
        touch(part.event)  # type: ignore[attr-defined]


def delete_part(part: Model) -> None:
    """Raises ProtectedError while others need it: a track with talks, a tier with sponsors."""
    with transaction.atomic():
        event = part.event  # type: ignore[attr-defined]
        part.delete()
        touch(event)


def _make_tracks(event: Event, count: int) -> None:
    """A, B, C and so on, each with a room of the same letter."""
    letters = [chr(ord("A") + number) for number in range(count)]
    rooms = Room.objects.bulk_create(
        Room(event=event, name_ja=f"ルーム{letter}", name_en=f"Room {letter}") for letter in letters
    )
    Track.objects.bulk_create(
        Track(event=event, name=letter, position=number, room=room)
        for number, (letter, room) in enumerate(zip(letters, rooms, strict=True), 1)
    )
