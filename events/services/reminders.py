"""The mail before the event, with each person's own link. It is sent once, however often it is asked for."""

from datetime import timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.mail import queue
from events.enums import ReminderKind
from events.models import Event, JoinLink, Registration
from events.selectors import first_and_last_day
from events.services.join_links import issue_join_link

GOOD_FOR = timedelta(days=2)
AT_ONCE = 200


def unreminded(event: Event, kind: str = ReminderKind.BEFORE) -> QuerySet[Registration]:
    """The registrations whose person has not been sent this reminder."""
    sent = JoinLink.objects.filter(event=event, user=OuterRef("user"), reminder=kind)
    waiting = Registration.objects.filter(event=event, user__is_active=True).exclude(Exists(sent))
    return waiting.select_related("user", "event").order_by("pk")


def send_reminders(*, event: Event, kind: str = ReminderKind.BEFORE, actor: User | None) -> int:
    """Queue one mail for each registered person who has not had this reminder; how many were queued."""
    total = 0
    while sent := _remind_some(event, kind, actor):
        total += sent
    return total


@transaction.atomic
def _remind_some(event: Event, kind: str, actor: User | None) -> int:
    """Link and mail in one transaction; whoever presses the button at the same moment waits for it."""
    Event.objects.select_for_update().get(pk=event.pk)
    some = list(unreminded(event, kind)[:AT_ONCE])
    for registration in some:
        _row, url = issue_join_link(event=event, user=registration.user, reminder=kind, actor=actor)
        _mail(registration, url)
    return len(some)


def _mail(registration: Registration, url: str) -> None:
    event = registration.event
    with translation.override(registration.language), timezone.override(event.zone):
        subject = _("Your way into %(event)s") % {"event": event.name}
        page = {"registration": registration, "event": event, "url": url, "days": first_and_last_day(event)}
        text = render_to_string("events/reminder_mail.txt", page)
        message = EmailMultiAlternatives(subject[:200], text, to=[registration.user.email])
        queue(message, good_for=GOOD_FOR)
