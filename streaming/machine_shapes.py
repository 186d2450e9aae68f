"""Events, tracks and talks under the names that broadcast tools know (streaming.machine_api)."""

from datetime import date, datetime
from typing import Any

from events.enums import TextKind
from events.live import moment
from events.models import Event
from streaming.enums import PlaybackKind
from streaming.live import on_air_rows, playback_of
from streaming.models import OnAir
from talks.models import Talk

Json = dict[str, Any]


def event_shape(event: Event) -> Json:
    """`days` and `texts` are prefetched."""
    texts = {text.kind: text.body_ja for text in event.texts.all()}
    return {
        "id": event.pk,
        "name": event.name_ja,
        "abbr": event.slug,
        "status": event.status,
        "rehearsalMode": event.is_in_rehearsal,
        "theme": event.tagline_ja,
        "about": event.about_ja,
        "privacy_policy": texts.get(TextKind.PRIVACY, ""),
        "privacy_policy_for_speaker": "",
        "copyright": event.organizer_ja,
        "coc": texts.get(TextKind.CONDUCT, ""),
        "conferenceDays": [
            {"id": day.pk, "date": day.date.isoformat(), "internal": day.is_internal}
            for day in event.days.all()
        ],
    }


def track_shapes(event: Event, *, with_playback: bool) -> list[Json]:
    return [_track(row, with_playback) for row in on_air_rows(event)]


def _track(row: OnAir, with_playback: bool) -> Json:
    playback = playback_of(row) if with_playback else {"kind": PlaybackKind.NONE.value, "url": None}
    url = playback["url"] or ""
    return {
        "id": row.track.pk,
        "name": row.track.name,
        "videoPlatform": playback["kind"] if url else "",
        "videoId": url,
        "onAirTalk": _on_air_talk(row, playback["kind"], url) if row.talk else None,
    }


def _on_air_talk(row: OnAir, kind: str, url: str) -> Json:
    return {
        "id": row.talk_id,
        "talk_id": row.talk_id,
        "site": kind if url else None,
        "url": url or None,
        "on_air": True,
        "video_id": url,
        "video_file_data": None,
        "created_at": moment(row.since),
        "updated_at": moment(row.since),
    }


def talk_shapes(event: Event, *, with_internal: bool) -> list[Json]:
    """Two queries, and two for the speakers. A talk of an internal day is for those who direct."""
    shown = Talk.objects.filter(event=event, cancelled_at=None).published().scheduled().with_people()
    on_air = set(OnAir.objects.filter(track__event=event, card="").values_list("talk", flat=True))
    days = {day.date: day for day in event.days.all()}
    hidden = set() if with_internal else {day.date for day in days.values() if day.is_internal}
    talks = [talk for talk in shown.order_by("starts_at", "pk") if _day_of(talk, event) not in hidden]
    return [_talk(talk, event, days, talk.pk in on_air) for talk in talks]


def _talk(talk: Talk, event: Event, days: dict[date, Any], is_on_air: bool) -> Json:
    assert talk.starts_at is not None
    assert talk.ends_at is not None
    on = _day_of(talk, event)
    day_id = days[on].pk if on in days else None
    return {
        "id": talk.pk,
        "conferenceId": event.pk,
        "trackId": talk.track_id,
        "videoPlatform": "",
        "videoId": "",
        "title": talk.title,
        "abstract": talk.abstract,
        "speakers": [
            {"id": one.pk, "name": one.name_ja, "nameKanji": one.name_ja, "userId": None}
            for one in talk.people
        ],
        "dayId": day_id,
        "showOnTimetable": True,
        "startTime": _time_of_day(talk.starts_at, event),
        "endTime": _time_of_day(talk.ends_at, event),
        "actualStartTime": moment(talk.starts_at),
        "actualEndTime": moment(talk.ends_at),
        "talkDuration": int((talk.ends_at - talk.starts_at).total_seconds()) // 60,
        "talkDifficulty": talk.difficulty,
        "talkCategory": talk.category,
        "onAir": is_on_air,
        "documentUrl": talk.slides_url,
        "conferenceDayId": day_id,
        "conferenceDayDate": on.isoformat(),
        "presentationMethod": None,
        "slotNum": None,
        "allowShowingVideo": not (talk.do_not_stream or talk.do_not_record),
        "offlineParticipationCount": 0,
        "onlineParticipationCount": 0,
        "sponsor": None,
        "ogpImageUrl": None,
    }


def _day_of(talk: Talk, event: Event) -> date:
    assert talk.starts_at is not None
    return talk.starts_at.astimezone(event.zone).date()


def _time_of_day(value: datetime, event: Event) -> str:
    """The time alone, on the first of January 2000: so the tools read it."""
    here = value.astimezone(event.zone)
    offset = here.strftime("%z")
    return f"2000-01-01T{here:%H:%M:%S}.000{offset[:3]}:{offset[3:]}"
