"""Days and zones as people write them, in the active language."""

from datetime import date, datetime, tzinfo

from django import template
from django.utils import dateformat, timezone
from django.utils.translation import pgettext

from events import selectors
from events.models import Event

register = template.Library()
# Those who look for their way in on the evening before shall find it.
VIEWER_DAYS = 1


@register.filter(expects_localtime=True)
def short_day(day: date) -> str:
    return dateformat.format(day, pgettext("format of a short day", "D j M"))


@register.filter(expects_localtime=True)
def full_day(day: date) -> str:
    return dateformat.format(day, pgettext("format of a full day", "l, j F Y"))


@register.filter(expects_localtime=True)
def weekday(day: date) -> str:
    return dateformat.format(day, "D")


@register.filter
def zone_letters(zone: tzinfo, at: datetime) -> str:
    """JST, CET, UTC or the distance to UTC; which one can depend on the time of the year."""
    return at.astimezone(zone).strftime("%Z")


@register.simple_tag
def days_until(day: date, now: datetime, zone: tzinfo) -> int:
    return (day - now.astimezone(zone).date()).days


@register.simple_tag
def leads_to_the_viewer(event: Event) -> bool:
    """Whether header and navigation do: weeks ahead, and afterwards, there is nothing to watch.

    Events that come without their span, as a few inner pages have them, do before it too.
    """
    first = getattr(event, "first_day", None)
    if event.phase != "before":
        return event.phase == "open"
    if first is None:
        return True
    return days_until(first, timezone.now(), event.zone) <= VIEWER_DAYS


@register.simple_tag
def first_and_last_day(event: Event) -> tuple[date, date] | None:
    """Of the public programme; one query."""
    return selectors.first_and_last_day(event)
