"""Taking part in an event. Withdrawing deletes the row: nothing personal is kept."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.people import rename
from events.consent import CONSENT_VERSION
from events.enums import Attendance
from events.errors import RegistrationClosed
from events.models import Event, Registration
from events.rules import can_register
from events.services.revision import recheck_access


def register(
    *, event: Event, user: User, name: str = "", attendance: str = Attendance.ONLINE
) -> Registration:
    """Register a person who has agreed to the present consent text. A double click registers once."""
    if not can_register(user, event):
        raise RegistrationClosed
    with transaction.atomic():
        row, is_new = Registration.objects.get_or_create(
            event=event,
            user=user,
            defaults={
                "attendance": attendance,
                "consent_version": CONSENT_VERSION,
                "consented_at": timezone.now(),
            },
        )
        if is_new and name:
            rename(user=user, name=name)
    return row


def change_attendance(*, registration: Registration, name: str, attendance: str) -> None:
    with transaction.atomic():
        registration.attendance = attendance
        registration.save(update_fields=["attendance", "updated_at"])
        rename(user=registration.user, name=name)


def withdraw(*, registration: Registration) -> bool:
    """Delete the registration and close what it opened. False when it was gone already."""
    with transaction.atomic():
        deleted, _ = Registration.objects.filter(pk=registration.pk).delete()
        if deleted:
            recheck_access(registration.event)
    return bool(deleted)
