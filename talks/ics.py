"""Talks as an iCalendar file (RFC 5545). The same talks give the same bytes: nothing here reads the clock."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from events.models import Event
from talks.models import Talk

PRODUCT = "-//Dreamkast//Dreamkast//EN"
ASK_AGAIN = timedelta(hours=1)


def calendar_of(event: Event, talks: Iterable[Talk], *, site: str, name: str = "") -> bytes:
    """The scheduled ones of `talks`, read with people; `site` is the beginning of every address."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        _name(calendar, event, name)
    for talk in talks:
        if talk.starts_at is not None:
            calendar.add_component(_entry(event, talk, site))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _name(calendar: Calendar, event: Event, name: str) -> None:
    """What a program that subscribes shows, and how often it asks."""
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", event.time_zone)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")


def _entry(event: Event, talk: Talk, site: str) -> Entry:
    entry = Entry()
    entry.add("uid", str(talk.guid))
    entry.add("dtstamp", _second(talk.updated_at))
    entry.add("last-modified", _second(talk.updated_at))
    entry.add("sequence", max(int((talk.updated_at - talk.created_at).total_seconds()), 0))
    entry.add("dtstart", _second(talk.starts_at).astimezone(event.zone))
    entry.add("dtend", _second(talk.ends_at).astimezone(event.zone))
    entry.add("status", "CANCELLED" if talk.is_cancelled else "CONFIRMED")
    entry.add("summary", _summary(talk))
    for field, value in _words(event, talk, site).items():
        if value:
            entry.add(field, value)
    return entry


def _second(moment: Any) -> datetime:
    return moment.replace(microsecond=0)  # type: ignore[no-any-return]


def _summary(talk: Talk) -> str:
    return _("Cancelled: %(title)s") % {"title": talk.title} if talk.is_cancelled else talk.title


def _words(event: Event, talk: Talk, site: str) -> dict[str, str]:
    address = f"{site}{talk.get_absolute_url()}"
    paragraphs = [", ".join(talk.speaker_names), talk.abstract.replace("\r\n", "\n"), address]
    return {
        "description": "\n\n".join(part for part in paragraphs if part),
        "location": ", ".join(part for part in [_room(talk), str(event.venue)] if part),
        "url": address,
        "categories": talk.category,
    }


def _room(talk: Talk) -> str:
    room = talk.room or (talk.track.room if talk.track else None)
    return str(room.name) if room else (talk.track.name if talk.track else "")
