"""An event made from the frame of an earlier one. People, registrations and talks stay where they are."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Day, Event
from events.selectors import first_and_last_day
from events.services.revision import touch
from events.services.roles import grant_role

# Rows that nothing else in the frame points at.
ALONE = ["texts", "links"]


def copy_event(
    *, source: Event, names: dict[str, str], first_day: date, sponsors: bool, actor: User
) -> Event:
    """A draft with the source's look, words and rooms, its days moved to `first_day`.

    `names` are the new event's names and its slug.
    """
    with transaction.atomic():
        event = _again(source, status=EventStatus.DRAFT, **names)
        event.save(force_insert=True)
        _copy_days(source, event, first_day)
        rooms = _copy(source.rooms.all(), event)
        _copy(source.tracks.all(), event, room_id=rooms)
        tiers = _copy(source.sponsor_tiers.all(), event)
        for rows in ALONE:
            _copy(getattr(source, rows).all(), event)
        if sponsors:
            _copy(source.sponsors.all(), event, tier_id=tiers)
        grant_role(event=event, user=actor, role=Role.ORGANIZER, actor=actor)
        touch(event)
    return event


def _copy_days(source: Event, event: Event, first_day: date) -> None:
    """As far from each other as they were, internal ones too."""
    span = first_and_last_day(source)
    shift = first_day - span[0] if span else None
    days = [(day.date + shift, day.is_internal) for day in source.days.all()] if shift is not None else []
    Day.objects.bulk_create(
        Day(event=event, date=day, is_internal=is_internal)
        for day, is_internal in days or [(first_day, False)]
    )


def _copy(rows: Iterable[Any], event: Event, **moved: dict[int, Any]) -> dict[int, Any]:
    """Copies by the id of the row they come from; `moved` tells where its foreign keys point now."""
    copies = {}
    for row in rows:
        keys = {name: getattr(copied.get(getattr(row, name)), "pk", None) for name, copied in moved.items()}
        copies[row.pk] = _again(row, event_id=event.pk, **keys)
        copies[row.pk].save(force_insert=True)
    return copies


def _again(row: Model, **changed: Any) -> Any:
    """A new row with the values of the old one, as far as people edit them."""
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields} | changed)
