"""An event made from the frame of an earlier one. People, registrations and talks stay where they are."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Choice, Day, Event
from events.selectors import first_and_last_day
from events.services.consent import publish_consent
from events.services.revision import touch
from events.services.roles import grant_role

# Written by services alone, but part of the frame all the same.
ALSO = ["has_on_site", "on_site_places"]


def copy_event(
    *, source: Event, names: dict[str, str], first_day: date, sponsors: bool, actor: User
) -> Event:
    """A draft with the source's look, words, rooms and questions, its days moved to `first_day`.

    `names` are the new event's names and its slug.
    """
    also = {name: getattr(source, name) for name in ALSO}
    with transaction.atomic():
        event: Event = again(source, status=EventStatus.DRAFT, **also, **names)
        event.save(force_insert=True)
        _copy_days(source, event, first_day)
        copy_rows(source, event, with_sponsors=sponsors)
        _copy_consent(source, event, actor)
        grant_role(event=event, user=actor, role=Role.ORGANIZER, actor=actor)
        touch(event)
    return event


def copy_rows(source: Event, event: Event, *, with_sponsors: bool) -> dict[str, dict[int, Any]]:
    """All that hangs on the frame; the copies of its tracks and rooms by the ids of those they come from."""
    here = {source.pk: event}
    rooms = _copy(source.rooms.all(), event_id=here)
    tracks = _copy(source.tracks.all(), event_id=here, room_id=rooms)
    _copy(source.texts.all(), event_id=here)
    _copy(source.links.all(), event_id=here)
    questions = _copy(source.questions.asked(), event_id=here)
    choices = Choice.objects.filter(question__in=questions, is_archived=False)
    _copy(choices, question_id=questions)
    tiers = _copy(source.sponsor_tiers.all(), event_id=here)
    if with_sponsors:
        _copy(source.sponsors.all(), event_id=here, tier_id=tiers)
    return {"tracks": tracks, "rooms": rooms}


def _copy_consent(source: Event, event: Event, actor: User) -> None:
    """The present text becomes the first version of the new event."""
    latest = source.consent_texts.order_by("-version").first()
    if latest is not None:
        publish_consent(event=event, text_ja=latest.text_ja, text_en=latest.text_en, actor=actor)


def _copy_days(source: Event, event: Event, first_day: date) -> None:
    """As far from each other as they were, internal ones too."""
    span = first_and_last_day(source)
    shift = first_day - span[0] if span else None
    days = [(day.date + shift, day.is_internal) for day in source.days.all()] if shift is not None else []
    Day.objects.bulk_create(
        Day(event=event, date=day, is_internal=is_internal)
        for day, is_internal in days or [(first_day, False)]
    )


def _copy(rows: Iterable[Any], **keys: dict[int, Any]) -> dict[int, Any]:
    """Copies by the id of the row they come from; `keys` tells where each foreign key points now."""
    copies = {}
    for row in rows:
        pointed = {name: getattr(now.get(getattr(row, name)), "pk", None) for name, now in keys.items()}
        copies[row.pk] = again(row, **pointed)
        copies[row.pk].save(force_insert=True)
    return copies


def again(row: Model, **changed: Any) -> Any:
    """A new row with the values of the old one, as far as people edit them."""
    fields = [field for field in row._meta.concrete_fields if field.editable and not field.primary_key]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields} | changed)
