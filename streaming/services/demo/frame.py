"""The demo event itself: tracks, rooms, days and sponsors. What is there already is left as it is."""

from datetime import timedelta
from typing import Any

from events.enums import EventStatus
from events.models import Day, Event, Room, Sponsor, SponsorTier, Track
from streaming.demo import content, pictures
from streaming.demo.programme import DAYS, Anchor
from streaming.services.demo.pictures import picture

OPEN = ("is_open_to_all", "takes_registrations", "shows_timetable", "shows_sponsors")
TEXTS = ("name", "tagline", "venue", "organizer", "about")


def ensure_event() -> tuple[Event, bool]:
    source = content.event()
    texts = {f"{name}_{lang}": source[f"{name}_{lang}"].strip() for name in TEXTS for lang in ("ja", "en")}
    fixed = {name: source[name] for name in ("contact_url", "time_zone", "accent")}
    return Event.objects.get_or_create(
        slug=source["slug"],
        defaults={**texts, **fixed, **dict.fromkeys(OPEN, True), "status": EventStatus.OPENED},
    )


def make_frame(event: Event, anchor: Anchor) -> str:
    """Everything that the new event needs before its talks; returns one line for the report."""
    days = [Day(event=event, date=anchor.day + timedelta(days=number)) for number in range(DAYS)]
    Day.objects.bulk_create(days)
    rooms = Room.objects.bulk_create(_room(event, row) for row in content.event()["track"])
    tracks = Track.objects.bulk_create(
        Track(event=event, name=row["name"], position=number, room=room)
        for number, (row, room) in enumerate(zip(content.event()["track"], rooms, strict=True), 1)
    )
    return (
        f"Made {len(days)} days, {len(tracks)} tracks with their rooms and {_make_sponsors(event)} sponsors."
    )


def _room(event: Event, row: dict[str, Any]) -> Room:
    return Room(event=event, name_ja=row["room_ja"], name_en=row["room_en"], seats=row["seats"])


def _make_sponsors(event: Event) -> int:
    rows = content.event()["tier"]
    tiers = SponsorTier.objects.bulk_create(
        SponsorTier(event=event, name_ja=row["name_ja"], name_en=row["name_en"], position=number)
        for number, row in enumerate(rows, 1)
    )
    sponsors = [
        Sponsor(event=event, tier=tier, position=number, **_sponsor(source))
        for tier, row in zip(tiers, rows, strict=True)
        for number, source in enumerate(row["sponsor"], 1)
    ]
    return len(Sponsor.objects.bulk_create(sponsors))


def _sponsor(source: dict[str, str]) -> dict[str, str]:
    return {"name": source["name"], "url": source["url"], "logo": logo_path(source)}


def logo_path(source: dict[str, str]) -> str:
    return f"sponsors/demo-{source['mark']}.png"


def draw_logos() -> int:
    sources = [source for tier in content.event()["tier"] for source in tier["sponsor"]]
    return sum(
        picture(logo_path(source), pictures.logo, source["wordmark"], source["mark"], source["colour"])
        for source in sources
    )
