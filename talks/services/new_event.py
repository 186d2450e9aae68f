"""The event that a programme's file needs when there is none."""

import zoneinfo

from events.models import Event
from talks.exchange.formats import read_programme

USUAL_ZONE = "Asia/Tokyo"


def event_for_import(*, slug: str, content: bytes, name: str) -> Event:
    """A draft named and placed in time as the file says.

    Raises Unreadable, or ValidationError when `slug` cannot be an address.
    """
    programme = read_programme(content, name, zoneinfo.ZoneInfo(USUAL_ZONE))
    title = programme.title[:120] or slug
    event = Event(slug=slug, name_ja=title, name_en=title, time_zone=programme.time_zone or USUAL_ZONE)
    event.full_clean()
    event.save()
    return event
