"""Who may do what to what is on air."""

from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings

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


def can_read_metrics(*, token: str, address: str, is_forwarded: bool) -> bool:
    """With a token in the settings whoever shows it; else this machine itself, and nobody by a proxy."""
    if settings.METRICS_TOKEN:
        return compare_digest(token.encode(), settings.METRICS_TOKEN.encode())
    return not is_forwarded and _is_loopback(address)


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback
