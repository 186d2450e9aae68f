"""The demo's talks: made once, and moved to the present at each later start."""

from datetime import datetime, timedelta

from django.db.models import F

from dreamkast.lib.text import tighten_counters
from events.models import Day, Event, Track
from events.services.revision import touch
from streaming.demo import content, programme
from streaming.demo.programme import Anchor, Entry
from talks.enums import TalkKind
from talks.models import Placement, Speaker, Talk, TalkSpeaker


def make_programme(event: Event, anchor: Anchor, speakers: dict[str, Speaker]) -> int:
    """Make all talks; returns how many."""
    start, tracks = anchor.starts_at(event.zone), list(event.tracks.select_related("room"))
    entries = list(programme.entries(content.lanes(), content.keynotes()))
    talks = Talk.objects.bulk_create(_talk(event, entry, start, tracks) for entry in entries)
    TalkSpeaker.objects.bulk_create(
        TalkSpeaker(talk=talk, speaker=speakers[key], position=place)
        for talk, entry in zip(talks, entries, strict=True)
        for place, key in enumerate(entry.text["people"], 1)
    )
    return len(talks)


def _talk(event: Event, entry: Entry, start: datetime, tracks: list[Track]) -> Talk:
    is_keynote = entry.lane is None and "kind" not in entry.text
    return Talk(
        event=event,
        kind=TalkKind.KEYNOTE if is_keynote else entry.text.get("kind", TalkKind.TALK),
        title=tighten_counters(entry.title),
        lang=entry.text["lang"],
        abstract=tighten_counters(entry.text.get("abstract", "")),
        category=entry.text.get("category", ""),
        difficulty=entry.text.get("difficulty", ""),
        track=None if entry.lane is None else tracks[entry.lane],
        room=tracks[0].room if is_keynote else None,
        is_for_all_tracks=entry.lane is None,
        is_published=True,
        starts_at=start + entry.offset,
        ends_at=start + entry.offset + entry.length,
    )


def move_programme(event: Event, anchor: Anchor) -> timedelta:
    """Move all days and talks, whoever made them, to `anchor`; the rows keep their ids."""
    days, present = list(event.days.all()), _present_anchor(event)
    if present is None or present == anchor:
        return timedelta(0)
    shift = anchor.starts_at(event.zone) - present.starts_at(event.zone)
    event.talks.filter(starts_at__isnull=False).update(
        starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift
    )
    drafted = Placement.objects.filter(talk__event=event, starts_at__isnull=False)
    drafted.update(starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift)
    # What was published and undone before names times that are gone.
    event.programme_versions.all().delete()
    event.draft_changes.all().delete()
    _move_days(days, anchor.day - present.day)
    touch(event)
    return shift


def _present_anchor(event: Event) -> Anchor | None:
    """Read off the days and the first break, which nobody has a reason to edit."""
    day = event.days.first()
    pause = event.talks.filter(kind=TalkKind.BREAK, is_for_all_tracks=True, starts_at__isnull=False).first()
    if day is None or pause is None or pause.starts_at is None:
        return None
    start = pause.starts_at.astimezone(event.zone)
    lead = (timedelta(hours=start.hour, minutes=start.minute) - programme.TALK) % programme.ROUND
    return Anchor(day.date, lead)


def _move_days(days: list[Day], by: timedelta) -> None:
    """The day furthest ahead goes first: no two days may share a date, not even for a moment."""
    for day in sorted(days, key=lambda day: day.date, reverse=by > timedelta(0)):
        Day.objects.filter(pk=day.pk).update(date=day.date + by)
