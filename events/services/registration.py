"""Taking part in an event. Withdrawing deletes the row: nothing personal is kept."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import User
from accounts.services.people import rename
from events.consent import consent_of
from events.enums import Attendance
from events.errors import RegistrationClosed
from events.models import Event, Registration
from events.rules import can_register
from events.services.confirmation import confirm
from events.services.places import free_place, leave_place, lock_places, take_place
from events.services.questions import save_answers
from events.services.revision import recheck_access

Answers = Mapping[int, Any]


def register(
    *,
    event: Event,
    user: User,
    name: str = "",
    attendance: str = Attendance.ONLINE,
    answers: Answers | None = None,
    mails: bool = True,
) -> Registration:
    """Register a person who has agreed to the present consent text. A double click registers once.

    `answers` are by the question's id. On site without a free place is the waiting list.
    """
    if not can_register(user, event):
        raise RegistrationClosed
    with transaction.atomic():
        row, is_new = Registration.objects.get_or_create(event=event, user=user, defaults=_agreed(event))
        if not is_new:
            return row
        _fill_in(row, name, answers)
        # The last that waits for others: the row of the places is locked for as short as possible.
        if attendance == Attendance.ON_SITE:
            take_place(row)
        if mails:
            confirm(row)
    return row


def change_registration(
    *,
    registration: Registration,
    name: str = "",
    attendance: str,
    answers: Answers | None = None,
    has_agreed: bool = False,
) -> None:
    """Other answers, another way to attend, or the agreement to a newer text."""
    with transaction.atomic():
        if attendance != registration.wish:
            change_attendance(registration=registration, attendance=attendance)
        if has_agreed:
            Registration.objects.filter(pk=registration.pk).update(**_agreed(registration.event))
        _fill_in(registration, name, answers)


def change_attendance(*, registration: Registration, attendance: str, name: str = "") -> None:
    """To on site: a place, or the waiting list. To online: the next one gets the place."""
    with transaction.atomic():
        lock_places(registration.event)
        registration.refresh_from_db(fields=["attendance", "waiting_number"])
        if attendance != registration.wish:
            _move(registration, attendance)
            confirm(registration)
        if name:
            rename(user=registration.user, name=name)


def withdraw(*, registration: Registration) -> bool:
    """Delete the registration, hand its place on and close what it opened. False when it was gone already."""
    with transaction.atomic():
        lock_places(registration.event)
        row = Registration.objects.filter(pk=registration.pk).select_related("event").first()
        if row is None:
            return False
        row.delete()
        if row.attendance == Attendance.ON_SITE:
            free_place(row.event)
        recheck_access(registration.event)
    return True


def _move(row: Registration, attendance: str) -> None:
    if attendance == Attendance.ONLINE:
        leave_place(row)
    elif not can_register(row.user, row.event):
        raise RegistrationClosed
    else:
        take_place(row)


def _agreed(event: Event) -> dict[str, Any]:
    consent = consent_of(event)
    return {"consent_version": consent.version, "consented_at": timezone.now(), "language": _language()}


def _fill_in(row: Registration, name: str, answers: Answers | None) -> None:
    if answers is not None:
        save_answers(registration=row, answers=answers)
    if name and name != row.user.name:
        rename(user=row.user, name=name)


def _language() -> str:
    """The person's own: their mails may be written while somebody else's language is active."""
    return (get_language() or "ja").partition("-")[0]
