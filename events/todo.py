"""What needs doing for an event: sentences, each with the page where it is done. Other apps add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from events.enums import EventStatus, TextKind
from events.models import Event, Places
from events.selectors import kept_until
from events.states import Verb
from events.templatetags.dates import short_day

SOON = timedelta(days=21)
LAST_CALL = timedelta(days=14)
WAITING = ngettext_lazy(
    "%(count)s person waits although a place on site is free.",
    "%(count)s people wait although places on site are free.",
    "count",
)
IN_VAIN = ngettext_lazy(
    "%(count)s person waits for a place, but the event takes nobody on site.",
    "%(count)s people wait for a place, but the event takes nobody on site.",
    "count",
)
INVITED = ngettext_lazy(
    "%(count)s invitation is not accepted yet.", "%(count)s invitations are not accepted yet.", "count"
)


@dataclass(frozen=True)
class Todo:
    """`is_urgent`: visitors notice it now, or will within hours. Without a page it can only be known."""

    text: str
    page: str
    is_urgent: bool = False


Check = Callable[[Event], Iterable[Todo]]
_checks: list[Check] = []


def add_check(check: Check) -> Check:
    """For the apps above: their sentences stand beside ours. Usable as a decorator."""
    _checks.append(check)
    return check


def todos(event: Event) -> list[Todo]:
    """What is urgent first; the number of queries is fixed for each check."""
    if event.status == EventStatus.ARCHIVED:
        return []
    found = [todo for check in _checks for todo in check(event)]
    return sorted(found, key=lambda todo: not todo.is_urgent)


@add_check
def _frame(event: Event) -> Iterable[Todo]:
    page = reverse("admin:events_event_change", args=[event.pk])
    if not event.about:
        yield Todo(_("Write what the event is about."), page)
    if not event.key_visual:
        yield Todo(_("Add a key visual: the landing page shows it large."), page)


@add_check
def _texts(event: Event) -> Iterable[Todo]:
    there = set(event.texts.values_list("kind", flat=True))
    new = reverse("admin:events_eventtext_add")
    for kind, text in {
        TextKind.PRIVACY: _("Write the privacy policy."),
        TextKind.CONDUCT: _("Write the code of conduct."),
    }.items():
        if kind not in there:
            yield Todo(text, f"{new}?event={event.pk}&kind={kind}", event.takes_registrations)


@add_check
def _steps(event: Event) -> Iterable[Todo]:
    """Steps whose time has come."""
    days = event.days.filter(is_internal=False).aggregate(first=Min("date"), last=Max("date"))
    today = _today(event)
    if days["first"] is None:
        yield Todo(_("Add the days of the event."), reverse("admin:events_event_change", args=[event.pk]))
        return
    left = (days["first"] - today).days
    if 0 <= left <= SOON.days:
        yield from _steps_before(event, left)
    if event.status == EventStatus.ANNOUNCED and days["first"] <= today <= days["last"]:
        yield Todo(_("It is the day: open the doors."), _step(event, Verb.OPEN), is_urgent=True)
    if event.status == EventStatus.OPENED and today > days["last"]:
        yield Todo(_("The last day is over: close the event."), _step(event, Verb.CLOSE))


def _steps_before(event: Event, left: int) -> Iterable[Todo]:
    """One after the other: only what can be done now and has something to show."""
    if event.status == EventStatus.DRAFT:
        yield Todo(_in_days(left, _("announce the event")), _step(event, Verb.ANNOUNCE), is_urgent=True)
    if event.status != EventStatus.ANNOUNCED:
        return
    if not event.shows_timetable and event.talks.filter(is_published=True).exists():
        yield Todo(_in_days(left, _("show the timetable")), _step(event, Verb.SHOW_TIMETABLE))
    # An event that is open to all and takes nobody on site may do without.
    if not event.takes_registrations and (event.has_on_site or not event.is_open_to_all):
        yield Todo(_in_days(left, _("open registration")), _step(event, Verb.OPEN_REGISTRATION))


@add_check
def _places(event: Event) -> Iterable[Todo]:
    """A list that waits because all is taken waits rightly: its number stands beside this."""
    waiting = event.registrations.exclude(waiting_number=None).count()
    words = _wrongly_waiting(event) if waiting else None
    if words:
        page = reverse("admin:events_registrationsettings_change", args=[event.pk])
        yield Todo(str(words % {"count": waiting}), page, is_urgent=True)


def _wrongly_waiting(event: Event) -> Any:
    if not event.has_on_site:
        return IN_VAIN
    taken = Places.objects.filter(event=event).values_list("taken", flat=True).first() or 0
    return WAITING if event.on_site_places is None or taken < event.on_site_places else None


@add_check
def _retention(event: Event) -> Iterable[Todo]:
    """Before registrations are deleted, and when nothing deletes them because the event is not closed."""
    last, today = kept_until(event), _today(event)
    if last is None or last > today + LAST_CALL or not event.registrations.exists():
        return
    if event.status == EventStatus.CLOSED:
        text = _("After %(day)s its registrations are deleted: export before then what you still need.")
        page = f"{reverse('admin:events_registration_changelist')}?event__id__exact={event.pk}"
        yield Todo(text % {"day": short_day(last)}, page)
    elif last < today:
        text = _(
            "Its registrations were to be kept until %(day)s. They are deleted once the event is closed."
        )
        yield Todo(text % {"day": short_day(last)}, reverse("admin:events_event_life", args=[event.pk]), True)


@add_check
def _invitations(event: Event) -> Iterable[Todo]:
    open_ones = event.role_invitations.count()
    if open_ones:
        yield Todo(str(INVITED % {"count": open_ones}), reverse("admin:events_people", args=[event.pk]))


def _today(event: Event) -> date:
    return timezone.now().astimezone(event.zone).date()


def _in_days(left: int, what: str) -> str:
    text = ngettext("%(days)s day is left: %(what)s.", "%(days)s days are left: %(what)s.", left)
    return text % {"days": left, "what": what}


def _step(event: Event, verb: Verb) -> str:
    return reverse("admin:events_event_step", args=[event.pk, verb.value])
