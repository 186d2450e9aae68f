"""The days of an event as a calendar file, to hang on a mail."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from events.models import Event


def calendar_file(
    *, event: Event, days: Iterable[date], owner: str, place: str, url: str, now: datetime
) -> str:
    """One entry for each day, whole days of the event's zone. A newer file of the same owner replaces it.

    A day has no hours of its own: doors and talks may still move, the date does not.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Dreamkast//Registration//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in days:
        calendar.add_component(_entry(event, day, owner, place, url, now))
    return calendar.to_ical().decode()


def _entry(event: Event, day: date, owner: str, place: str, url: str, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{day:%Y%m%d}-{owner}@{event.slug}.dreamkast")
    entry.add("dtstamp", now)
    entry.add("sequence", int(now.timestamp()) // 60)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", str(event.name))
    entry.add("location", place)
    entry.add("description", f"{url}\n({event.time_zone})")
    entry.add("url", url)
    entry.add("transp", "TRANSPARENT")
    return entry
