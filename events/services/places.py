"""Places on site: taken one after the other through one row for each event, handed on in order of waiting.

People wait only while all places are taken: what frees or adds one hands it on in the same transaction.
"""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from events.enums import Attendance, EventStatus
from events.errors import NotOnSite
from events.models import Event, Places, Registration
from events.services.confirmation import announce_place

BEFORE_THE_END = {EventStatus.DRAFT, EventStatus.ANNOUNCED, EventStatus.OPENED}


def lock_places(event: Event) -> None:
    """Wait for the event's places. Before the registrations' own rows, so that nobody waits in a circle."""
    places = Places.objects.select_for_update().filter(event=event)
    if places.first() is None:
        Places.objects.get_or_create(event=event)
        places.get()


def take_place(row: Registration) -> None:
    """A place while there is one, else the next number of the waiting list."""
    lock_places(row.event)
    event = Event.objects.get(pk=row.event_id)
    if not event.has_on_site:
        raise NotOnSite
    if _count_up(event):
        _write(row, Attendance.ON_SITE, None)
    else:
        _write(row, Attendance.ONLINE, _next_number(event))


def leave_place(row: Registration) -> None:
    """Take part online: the place, or the waiting number, is given back. The places are locked."""
    held = row.attendance == Attendance.ON_SITE
    _write(row, Attendance.ONLINE, None)
    if held:
        free_place(row.event)


def free_place(event: Event) -> None:
    Places.objects.filter(event=event, taken__gt=0).update(taken=F("taken") - 1)
    hand_on(event)


def hand_on(event: Event) -> list[Registration]:
    """Give what is free to those who wait, in order, and tell them. The places are locked."""
    event = Event.objects.get(pk=event.pk)
    if not event.has_on_site or event.status not in BEFORE_THE_END:
        return []
    waiting = Registration.objects.filter(event=event, waiting_number__isnull=False)
    rows = list(waiting.select_related("user").order_by("waiting_number")[: _free(event)])
    Places.objects.filter(event=event).update(taken=F("taken") + len(rows))
    for row in rows:
        row.event = event
        _write(row, Attendance.ON_SITE, None)
        announce_place(row)
    return rows


def set_places(*, event: Event, has_on_site: bool, on_site_places: int | None, actor: User | None) -> int:
    """How many may come; None is no limit. Returns how many of the waiting got a place.

    A smaller number takes no place away: as many as were promised stay, and nobody follows who leaves.
    """
    with transaction.atomic():
        lock_places(event)
        Event.objects.filter(pk=event.pk).update(has_on_site=has_on_site, on_site_places=on_site_places)
        event.has_on_site, event.on_site_places = has_on_site, on_site_places
        return len(hand_on(event))


def give_place(*, registration: Registration, actor: User | None) -> bool:
    """A place for this person, past the waiting list. When all are taken one more is made. False: has one."""
    with transaction.atomic():
        lock_places(registration.event)
        row = Registration.objects.select_related("event", "user").filter(pk=registration.pk).first()
        if row is None or row.attendance == Attendance.ON_SITE:
            return False
        if not row.event.has_on_site:
            raise NotOnSite
        if not _count_up(row.event):
            Event.objects.filter(pk=row.event_id).update(on_site_places=_taken(row.event) + 1)
            Places.objects.filter(event=row.event).update(taken=F("taken") + 1)
        _write(row, Attendance.ON_SITE, None)
        announce_place(row)
    return True


def revoke_place(*, registration: Registration, actor: User | None) -> bool:
    """Take part online from now on; the first who waits gets the place. False when there was none."""
    with transaction.atomic():
        lock_places(registration.event)
        row = Registration.objects.select_related("event", "user").filter(pk=registration.pk).first()
        if row is None or row.wish == Attendance.ONLINE:
            return False
        leave_place(row)
    return True


def _count_up(event: Event) -> bool:
    """One statement decides: no place beyond the number, whoever else asks at the same moment."""
    places = Places.objects.filter(event=event)
    if event.on_site_places is not None:
        places = places.filter(taken__lt=event.on_site_places)
    return bool(places.update(taken=F("taken") + 1))


def _next_number(event: Event) -> int:
    places = Places.objects.filter(event=event)
    places.update(next_number=F("next_number") + 1)
    return places.values_list("next_number", flat=True).get() - 1


def _taken(event: Event) -> int:
    return Places.objects.values_list("taken", flat=True).get(event=event)


def _free(event: Event) -> int | None:
    return None if event.on_site_places is None else max(event.on_site_places - _taken(event), 0)


def _write(row: Registration, attendance: str, waiting_number: int | None) -> None:
    row.attendance, row.waiting_number = attendance, waiting_number
    row.save(update_fields=["attendance", "waiting_number", "updated_at"])
