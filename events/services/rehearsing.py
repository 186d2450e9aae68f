"""The frame of a rehearsal: a copy that only staff see, opened, with nobody registered."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.enums import EventStatus, Role
from events.models import Day, Event, RoleGrant
from events.services.copying import again, copy_rows
from events.services.roles import grant_role

SUFFIX = "-rehearsal"
# What visitors could come in by, and what would tell of it.
CLOSED = {
    "takes_registrations": False,
    "takes_proposals": False,
    "is_open_to_all": False,
    "has_on_site": False,
}
OPEN = {"status": EventStatus.OPENED, "shows_timetable": True, "shows_sponsors": True}


class RehearsalThere(DomainError):
    """An event has one rehearsal at a time, and a rehearsal has none."""

    code = "rehearsal_there"


def copy_for_rehearsal(
    *, source: Event, shift: timedelta, actor: User
) -> tuple[Event, dict[str, dict[int, Any]]]:
    """The copy, and its tracks and rooms by the ids of those they come from. Raises RehearsalThere.

    Everybody on the staff has the same roles in it.
    """
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=source.pk)
        if source.rehearsal_of_id or Event.objects.filter(rehearsal_of=source).exists():
            raise RehearsalThere
        event: Event = again(source, **_names(source), **CLOSED, **OPEN)
        event.rehearsal_of, event.rehearsal_shift = source, shift
        event.save(force_insert=True)
        rows = copy_rows(source, event, with_sponsors=True)
        for grant in RoleGrant.objects.filter(event=source).select_related("user"):
            grant_role(event=event, user=grant.user, role=Role(grant.role), actor=actor)
    return event, rows


def set_days(event: Event, days: set[date]) -> None:
    """The days of a rehearsal are those on which its talks stand now."""
    Day.objects.filter(event=event).exclude(date__in=days).delete()
    for day in days:
        Day.objects.get_or_create(event=event, date=day)


def _names(source: Event) -> dict[str, str]:
    length = Event._meta.get_field("slug").max_length or 0
    slug = f"{source.slug[: length - len(SUFFIX)]}{SUFFIX}"
    return {
        "slug": slug,
        "name_ja": _named(source.name_ja, "リハーサル"),
        "name_en": _named(source.name_en, "rehearsal"),
    }


def _named(name: str, word: str) -> str:
    length = Event._meta.get_field("name_ja").max_length or 0
    return f"{name[: length - len(word) - 3]} ({word})"
