"""The programme as a schedule of frab and pretalx. Their room is our track, their track our category."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.text import slugify

from events.models import Event, Track
from talks.exchange.entry import NAMESPACE
from talks.exchange.words import hours_and_minutes
from talks.exports.talks import lane_of, minutes_of
from talks.models import Speaker, Talk
from talks.placing import USUAL_MINUTES


def schedule_of(event: Event, talks: list[Talk]) -> dict[str, Any]:
    tracks = list(event.tracks.all())
    by_day = _by_day(event, talks)
    days = [_day(event, number, day, tracks, by_day[day]) for number, day in enumerate(sorted(by_day), 1)]
    dates = [day["date"] for day in days]
    return {
        "version": "1",
        "base_url": f"{settings.SITE_URL}/",
        "conference": {
            "acronym": acronym_of(event),
            "title": event.name_en or event.name_ja,
            "start": dates[0] if dates else "",
            "end": dates[-1] if dates else "",
            "daysCount": len(days),
            "timeslot_duration": "00:05",
            "time_zone_name": event.time_zone,
            "url": settings.SITE_URL + event.get_absolute_url(),
            "rooms": [_room(track) for track in tracks],
            "days": days,
        },
    }


def acronym_of(event: Event) -> str:
    """The event's address as other programs allow it: at least four signs, no hyphen."""
    return event.slug.lower().replace("-", "_").ljust(4, "_")


def _by_day(event: Event, talks: list[Talk]) -> dict[date, list[Talk]]:
    """The public days with their talks, and each other day on which something stands."""
    days = dict(event.days.values_list("date", "is_internal"))
    found: dict[date, list[Talk]] = {day: [] for day, is_internal in days.items() if not is_internal}
    for talk in talks:
        if talk.starts_at:
            found.setdefault(_day_of(talk, set(days), event.zone), []).append(talk)
    return found


def _day_of(talk: Talk, known: set[date], zone: ZoneInfo) -> date:
    """A talk after midnight stands with the evening before, as long as the night has no day of its own."""
    here = talk.starts_at.astimezone(zone).date()  # type: ignore[union-attr]
    evening = here - timedelta(days=1)
    return evening if here not in known and evening in known else here


def _room(track: Track) -> dict[str, Any]:
    guid = uuid.uuid5(NAMESPACE, f"track:{track.event_id}:{track.pk}")
    seats = track.room.seats if track.room else None
    return {"guid": str(guid), "name": track.name, "description": None, "capacity": seats}


def _day(event: Event, number: int, day: date, tracks: list[Track], talks: list[Talk]) -> dict[str, Any]:
    start = datetime.combine(day, datetime.min.time(), event.zone)
    rooms: dict[str, list[dict[str, Any]]] = {}
    for track in tracks:
        rows = [talk for talk in talks if lane_of(talk, tracks) == track]
        rooms[track.name] = [_row(event, talk, track) for talk in sorted(rows, key=_by_time)]
    return {
        "index": number,
        "date": day.isoformat(),
        "day_start": start.isoformat(),
        "day_end": max([start + timedelta(days=1), *_ends(event, talks)]).isoformat(),
        "rooms": rooms,
    }


def _ends(event: Event, talks: list[Talk]) -> list[datetime]:
    return [talk.ends_at.astimezone(event.zone) for talk in talks if talk.ends_at]


def _by_time(talk: Talk) -> tuple[Any, int]:
    return talk.starts_at, talk.pk


def _row(event: Event, talk: Talk, track: Track) -> dict[str, Any]:
    starts = talk.starts_at.astimezone(event.zone)  # type: ignore[union-attr]
    return {
        "id": talk.pk,
        "guid": str(talk.guid),
        "date": starts.isoformat(),
        "start": starts.strftime("%H:%M"),
        "duration": hours_and_minutes(minutes_of(talk) or USUAL_MINUTES),
        "room": track.name,
        "slug": f"{slugify(event.slug)}-{talk.pk}-talk",
        "url": settings.SITE_URL + talk.get_absolute_url(),
        "title": talk.title,
        "subtitle": "",
        "track": talk.category or None,
        "type": talk.kind,
        "language": talk.lang,
        "abstract": talk.abstract,
        "description": "",
        "do_not_record": "true" if talk.do_not_record else None,
        "persons": [_person(speaker) for speaker in talk.people],
        "links": _links(talk),
        "attachments": [],
    }


def _person(speaker: Speaker) -> dict[str, Any]:
    facts = {"id": speaker.pk, "guid": str(speaker.guid), "name": speaker.name_ja}
    return {**facts, "biography": speaker.bio_ja or speaker.bio_en}


def _links(talk: Talk) -> list[dict[str, str]]:
    links = {"Slides": talk.slides_url, "Video": talk.video_url}
    return [{"title": title, "url": url} for title, url in links.items() if url]
