"""Who may do what to what is on air."""

from events.enums import Role
from events.models import Event
from events.rules import Person, roles_of


def can_direct(user: Person, event: Event) -> bool:
    """Put talks on air, show cards, undo: broadcasters and organizers of the event."""
    return bool(roles_of(user, event) & {Role.BROADCASTER, Role.ORGANIZER})


def can_run_streams(user: Person, event: Event) -> bool:
    return can_direct(user, event)


def can_override(user: Person, event: Event) -> bool:
    """Be one of the two who let a do-not-stream talk through."""
    return can_direct(user, event)
