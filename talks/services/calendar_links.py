"""The private addresses that calendar programs read."""

from accounts.models import User
from events.models import Event
from talks.models import CalendarLink
from talks.models.agenda import new_token


def calendar_link(*, event: Event, language: str, actor: User) -> CalendarLink:
    """The person's link for the event, made when there is none. It speaks the language it was made in."""
    link, _ = CalendarLink.objects.get_or_create(event=event, user=actor, defaults={"language": language})
    return link


def renew_calendar_link(*, event: Event, language: str, actor: User) -> CalendarLink:
    """A new address; the old one is gone at once."""
    wanted = {"token": new_token(), "language": language}
    link, _ = CalendarLink.objects.update_or_create(event=event, user=actor, defaults=wanted)
    return link
