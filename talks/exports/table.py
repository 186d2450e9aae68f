"""The programme as rows of a table."""

from typing import Any

from events.models import Event
from talks.exports.talks import minutes_of
from talks.models import Talk


def table_of(event: Event, talks: list[Talk]) -> list[dict[str, Any]]:
    return [_line(event, talk) for talk in sorted(talks, key=lambda talk: talk.pk)]


def _line(event: Event, talk: Talk) -> dict[str, Any]:
    starts = talk.starts_at.astimezone(event.zone) if talk.starts_at else None
    return {
        "guid": talk.guid,
        "kind": talk.kind,
        "title": talk.title,
        "language": talk.lang,
        "category": talk.category,
        "level": talk.difficulty,
        "speakers": "; ".join(speaker.name_ja for speaker in talk.people),
        "date": starts.date().isoformat() if starts else "",
        "start": starts.strftime("%H:%M") if starts else "",
        "minutes": minutes_of(talk) or "",
        "track": talk.track.name if talk.track else "",
        "all_tracks": _mark(talk.is_for_all_tracks),
        "seats": "" if talk.seats is None else talk.seats,
        "do_not_stream": _mark(talk.do_not_stream),
        "do_not_record": _mark(talk.do_not_record),
        "slides_url": talk.slides_url,
        "video_url": talk.video_url,
        "cancelled": _mark(talk.is_cancelled),
        "abstract": talk.abstract,
    }


def _mark(is_so: bool) -> str:
    return "yes" if is_so else ""
