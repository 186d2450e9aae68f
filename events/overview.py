"""What the first page of the admin says of each event that a person organizes."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import ngettext

from accounts.models import User
from accounts.selectors import outbox
from events.admin_scope import own_events
from events.enums import Attendance, EventStatus
from events.models import Event
from events.registration_days import Bar, registration_bars
from events.todo import Todo, todos

# Somebody who sees all events of ten years wants those of this year.
MOST_EVENTS = 4


@dataclass(frozen=True)
class Overview:
    event: Event
    todos: list[Todo]
    bars: list[Bar]
    registered: int
    on_site: int
    waiting: int


def present_events(request: HttpRequest) -> list[Event]:
    """The newest of the person's events that are not archived."""
    return [one for one in own_events(request) if one.status != EventStatus.ARCHIVED][:MOST_EVENTS]


def overview(event: Event) -> Overview:
    bars = registration_bars(event)
    registrations = event.registrations.order_by()
    return Overview(
        event=event,
        todos=todos(event),
        bars=bars,
        registered=registrations.count(),
        on_site=registrations.filter(attendance=Attendance.ON_SITE).count(),
        waiting=registrations.exclude(waiting_number=None).count(),
    )


def mail_todos(user: User) -> list[Todo]:
    """Mail is the site's, so that it is said once. Only the site's owners may look into the outbox."""
    page = reverse("admin:accounts_outgoingmail_changelist") if user.is_superuser else ""
    box, found = outbox(timezone.now()), []
    if box.late:
        text = ngettext(
            "%(count)s mail has waited for the mail server for %(time)s.",
            "%(count)s mails wait for the mail server, the oldest for %(time)s.",
            box.late,
        )
        found.append(Todo(text % {"count": box.late, "time": timesince(box.oldest)}, page, is_urgent=True))
    if box.lost:
        text = ngettext(
            "%(count)s mail could not be delivered in the last day.",
            "%(count)s mails could not be delivered in the last day.",
            box.lost,
        )
        found.append(Todo(text % {"count": box.lost}, page))
    return found
