"""Mails about a registration, in the person's language. They leave through the outbox, after the commit."""

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.services.limits import MAILS_PER_MAILBOX, take_turn
from accounts.services.mail import queue
from events.enums import Attendance
from events.models import Registration
from events.registration_calendar import calendar_file
from events.registration_pages import waiting_position

GOOD_FOR = timedelta(days=3)
LONGEST_SUBJECT = 200


def confirm(registration: Registration) -> None:
    """What the registration is now, with the days for the calendar."""
    _write(registration, _("You are registered: %(event)s"))


def announce_place(registration: Registration) -> None:
    """To somebody who waited."""
    _write(registration, _("You have a place on site: %(event)s"))


def _write(registration: Registration, subject: Promise) -> None:
    to = registration.user.email
    if not take_turn(MAILS_PER_MAILBOX, to.lower()):
        return
    with translation.override(registration.language), timezone.override(registration.event.zone):
        title = str(subject) % {"event": registration.event.name}
        message = EmailMultiAlternatives(title[:LONGEST_SUBJECT], _text(registration), to=[to])
        queue(message, good_for=GOOD_FOR, calendar=_calendar(registration))


def _text(registration: Registration) -> str:
    return render_to_string(
        "events/registration_mail.txt",
        {
            "registration": registration,
            "event": registration.event,
            "days": _days(registration),
            "position": waiting_position(registration),
            "event_url": settings.SITE_URL + registration.event.get_absolute_url(),
            "registration_url": settings.SITE_URL
            + reverse("events:registration", args=[registration.event.slug]),
        },
    )


def _calendar(registration: Registration) -> str:
    """Empty while the event has no days yet."""
    days, event = _days(registration), registration.event
    if not days:
        return ""
    url = settings.SITE_URL + event.get_absolute_url()
    is_on_site = registration.attendance == Attendance.ON_SITE
    return calendar_file(
        event=event,
        days=days,
        owner=str(registration.public_id),
        place=str(event.venue) if is_on_site else url,
        url=url,
        now=timezone.now(),
    )


def _days(registration: Registration) -> list[date]:
    return list(registration.event.days.filter(is_internal=False).values_list("date", flat=True))
