"""Who may do what, one predicate per verb. Every door asks here: page, API, socket, admin, command."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event, Registration, RoleGrant

Person = User | AnonymousUser | Any


def roles_of(user: Person, event: Event) -> frozenset[str]:
    """The person's roles in the event; one query, asked once per request and event."""
    if not user.is_authenticated:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role)
    known: dict[int, frozenset[str]] = user.__dict__.setdefault("_roles_by_event", {})
    if event.pk not in known:
        known[event.pk] = frozenset(
            RoleGrant.objects.filter(user=user, event=event).values_list("role", flat=True)
        )
    return known[event.pk]


def is_registered(user: Person, event: Event) -> bool:
    return bool(user.is_authenticated) and Registration.objects.filter(user=user, event=event).exists()


def is_staff_of(user: Person, event: Event) -> bool:
    return bool(roles_of(user, event))


def can_organize(user: Person, event: Event) -> bool:
    return Role.ORGANIZER in roles_of(user, event)


def can_open_admin(user: Person) -> bool:
    """Superusers, and whoever organizes any event."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.is_superuser or RoleGrant.objects.filter(user=user, role=Role.ORGANIZER).exists()


def can_make_events(user: Person) -> bool:
    """Whoever organizes one event may make the next; the first is made by a superuser."""
    return can_open_admin(user)


def can_see_event(user: Person, event: Event) -> bool:
    return not event.is_private or is_staff_of(user, event)


def can_watch(user: Person, event: Event) -> bool:
    """Guards live document, socket and viewer alike."""
    if event.is_open_to_all and not event.is_private:
        return True
    return is_staff_of(user, event) or (not event.is_private and is_registered(user, event))


def can_see_playback(user: Person, event: Event) -> bool:
    """Before the doors open only staff see the picture."""
    return event.phase != "before" or is_staff_of(user, event)


def can_register(user: Person, event: Event) -> bool:
    in_time = event.status in {EventStatus.ANNOUNCED, EventStatus.OPENED}
    return bool(user.is_authenticated) and in_time and event.takes_registrations


def can_export_registrations(user: Person, event: Event) -> bool:
    return can_organize(user, event)


def can_see_timetable(user: Person, event: Event) -> bool:
    return can_see_event(user, event) and (event.shows_timetable or is_staff_of(user, event))


def can_see_sponsors(user: Person, event: Event) -> bool:
    return can_see_event(user, event) and (event.shows_sponsors or is_staff_of(user, event))
