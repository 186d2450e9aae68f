"""The live document and the frames made of it: one builder for push and URL (design: the live document)."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone

from dreamkast.lib.broadcast import send_on_commit
from events.live import announcement_body, event_group, moment
from events.models import Event, LiveCounter
from events.selectors import shown_announcement
from streaming.enums import PlaybackKind
from streaming.models import OnAir, Stream
from talks.models import Talk

NO_PLAYBACK: dict[str, Any] = {"kind": PlaybackKind.NONE.value, "url": None, "low_latency": False}


def live_document(event: Event, *, with_playback: bool = True) -> dict[str, Any]:
    """All that a viewer may know of an event now, by the event's revision.

    The revision is read before the rest: what changes meanwhile is sent again under the next one.
    """
    revision = revision_of(event)
    rows = on_air_rows(event)
    return {
        "event": event.slug,
        "revision": revision,
        "server_time": moment(timezone.now()),
        "phase": event.phase,
        "tracks": [track_state(row, with_playback=with_playback) for row in rows],
        "announcement": announcement_body(shown_announcement(event)),
    }


def revision_of(event: Event) -> int:
    value: int | None = LiveCounter.objects.filter(event=event).values_list("revision", flat=True).first()
    return value or 0


def on_air_rows(event: Event, *also: str) -> list[OnAir]:
    """The rows of the event's tracks in their order; a track without a row shows the waiting card.

    `also` names what else of a track shall come in the same query.
    """
    tracks = event.tracks.select_related("event", "on_air__talk", "on_air__next_talk", "stream", *also)
    rows = [_row_of(track) for track in tracks]
    prefetch_related_objects([row for row in rows if row.talk], "talk__talk_speakers__speaker")
    return rows


def _row_of(track: Any) -> OnAir:
    row: OnAir = getattr(track, "on_air", None) or OnAir(track=track)
    row.track = track
    return row


def track_state(row: OnAir, *, with_playback: bool = True) -> dict[str, Any]:
    """One track, whole. Everybody in the group reads it: nothing that one member may not know."""
    return {
        "id": row.track.pk,
        "name": row.track.name,
        "revision": row.revision,
        "on_air": _talk_on_air(row),
        "card": row.card or None,
        "playback": playback_of(row) if with_playback else NO_PLAYBACK,
        "next": _talk_to_come(row.next_talk),
        "viewers": None,
    }


def _talk_on_air(row: OnAir) -> dict[str, Any] | None:
    talk = row.talk
    if talk is None:
        return None
    return {
        "talk_id": talk.pk,
        "title": talk.title,
        "lang": talk.lang,
        "speakers": talk.speaker_names,
        "starts_at": moment(talk.starts_at),
        "ends_at": moment(talk.ends_at),
        "slides_url": talk.slides_url or None,
        "since": moment(row.since),
    }


def _talk_to_come(talk: Talk | None) -> dict[str, Any] | None:
    if talk is None:
        return None
    return {"talk_id": talk.pk, "title": talk.title, "lang": talk.lang, "starts_at": moment(talk.starts_at)}


def playback_of(row: OnAir) -> dict[str, Any]:
    stream: Stream | None = getattr(row.track, "stream", None)
    if stream is None or not stream.is_playing:
        return NO_PLAYBACK
    return {"kind": stream.playback_kind, "url": stream.playback_url, "low_latency": stream.is_low_latency}


def on_air_changed(row: OnAir, revision: int) -> None:
    """Say what a track shows now; called inside the transaction that changed it."""
    _send_track("on_air.changed", row, revision)


def stream_changed(row: OnAir, revision: int) -> None:
    """Say where a track's picture comes from now; called inside the transaction that changed it."""
    _send_track("stream.changed", row, revision)


def _send_track(kind: str, row: OnAir, revision: int) -> None:
    body = track_state(row, with_playback=row.track.event.phase != "before")
    send_on_commit(event_group(row.track.event_id), kind, revision, body)
