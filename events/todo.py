"""What needs doing for an event: sentences, each with the page where it is done. Other apps add theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from events.enums import EventStatus, TextKind
from events.models import Event
from events.states import Verb

SOON = timedelta(days=21)
WAITING = ngettext_lazy(
    "%(count)s person waits for a place on site.", "%(count)s people wait for a place on site.", "count"
)
INVITED = ngettext_lazy(
    "%(count)s invitation is not accepted yet.", "%(count)s invitations are not accepted yet.", "count"
)


@dataclass(frozen=True)
class Todo:
    """`is_urgent`: visitors notice it now, or will within hours."""

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
    today = timezone.now().astimezone(event.zone).date()
    if days["first"] is None:
        yield Todo(_("Add the days of the event."), reverse("admin:events_event_change", args=[event.pk]))
        return
    left = (days["first"] - today).days
    is_near = 0 <= left <= SOON.days
    if event.status == EventStatus.DRAFT and is_near:
        yield Todo(_in_days(left, _("announce the event")), _step(event, Verb.ANNOUNCE), is_urgent=True)
    if event.status == EventStatus.ANNOUNCED and not event.shows_timetable and is_near:
        yield Todo(_in_days(left, _("show the timetable")), _step(event, Verb.SHOW_TIMETABLE))
    if event.status == EventStatus.ANNOUNCED and days["first"] <= today <= days["last"]:
        yield Todo(_("It is the day: open the doors."), _step(event, Verb.OPEN), is_urgent=True)
    if event.status == EventStatus.OPENED and today > days["last"]:
        yield Todo(_("The last day is over: close the event."), _step(event, Verb.CLOSE))


@add_check
def _places(event: Event) -> Iterable[Todo]:
    waiting = event.registrations.exclude(waiting_number=None).count()
    if waiting:
        page = reverse("admin:events_registrationsettings_change", args=[event.pk])
        yield Todo(str(WAITING % {"count": waiting}), page)


@add_check
def _invitations(event: Event) -> Iterable[Todo]:
    open_ones = event.role_invitations.count()
    if open_ones:
        yield Todo(str(INVITED % {"count": open_ones}), reverse("admin:events_people", args=[event.pk]))


def _in_days(left: int, what: str) -> str:
    text = ngettext("%(days)s day is left: %(what)s.", "%(days)s days are left: %(what)s.", left)
    return text % {"days": left, "what": what}


def _step(event: Event, verb: Verb) -> str:
    return reverse("admin:events_event_step", args=[event.pk, verb.value])
