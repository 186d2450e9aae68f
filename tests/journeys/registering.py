"""Beside a running site: an event with one place on site, who has it, and that they leave."""

from typing import Any

from accounts.models import User
from events.enums import Attendance, EventStatus
from events.models import Answer, Event, Registration
from events.services.places import set_places
from events.services.questions import add_preset
from events.services.registration import register, withdraw
from tests.factories.events import DayFactory, EventFactory

FIRST = "first@example.com"


def main(slug: str, step: str) -> Any:
    return {"build": build, "leave": leave, "read": read}[step](slug)


def build(slug: str) -> None:
    event = EventFactory(slug=slug, name_en="Harbour", name_ja="港の会議", status=EventStatus.ANNOUNCED)
    DayFactory(event=event)
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    add_preset(event=event)
    first, _is_new = User.objects.get_or_create(email=FIRST)
    register(event=event, user=first, attendance=Attendance.ON_SITE)


def leave(slug: str) -> None:
    withdraw(registration=Registration.objects.get(event__slug=slug, user__email=FIRST))


def read(slug: str) -> list[Any]:
    """Everybody but the first: how they take part, and what they answered."""
    rows = Registration.objects.filter(event=Event.objects.get(slug=slug)).exclude(user__email=FIRST)
    return [
        [row.user.name, row.attendance, row.waiting_number, row.consent_version, _answers(row)]
        for row in rows.select_related("user")
    ]


def _answers(row: Registration) -> dict[str, Any]:
    return dict(Answer.objects.filter(registration=row).values_list("question__key", "value"))
