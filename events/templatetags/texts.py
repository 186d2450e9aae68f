"""Words about an event's own words."""

from urllib.parse import urlsplit

from django import template
from django.utils.translation import get_language

from accounts.models import User
from events.models import Event, EventText
from events.rules import is_staff_of

register = template.Library()


@register.simple_tag
def language_of(text: EventText) -> str:
    """The language in which the text is shown: the reader's, or the only one there is."""
    wanted, other = ("en", "ja") if (get_language() or "ja").startswith("en") else ("ja", "en")
    return wanted if getattr(text, f"body_{wanted}") else other


@register.filter
def host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


@register.filter
def short_address(url: str) -> str:
    """As people say it: without the scheme, www and a slash at the end."""
    return url.partition("://")[2].removeprefix("www.").removesuffix("/")


@register.simple_tag
def is_rehearsal_for(user: User, event: Event) -> bool:
    """Only staff are told that there is a rehearsal."""
    return event.is_in_rehearsal and is_staff_of(user, event)
