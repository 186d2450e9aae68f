"""Propose what to cut: a row for each talk that has left the air, once that cannot be undone any more."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from events.models import Event, Track
from streaming.enums import UNDO_SECONDS, GatewayName, RecordingSource, RecordingState
from streaming.models import OnAirLog, Recording, Stream
from streaming.windows import Entry, Window, longest, windows
from talks.enums import TalkKind
from talks.models import Talk

SOURCES = {
    GatewayName.MEDIALIVE: RecordingSource.HARVEST,
    GatewayName.IVS: RecordingSource.IVS,
    GatewayName.LOCAL: RecordingSource.LOCAL,
}
RECENT = timedelta(days=1)
Found = dict[int, list[tuple[int, Window]]]


def propose_recordings() -> int:
    """Of the events in whose tracks something changed within a day; returns how many rows were written."""
    since = timezone.now() - RECENT
    events = Event.objects.filter(tracks__on_air_log__at__gte=since).distinct()
    return sum(propose_for(event=event) for event in events)


def propose_for(*, event: Event) -> int:
    """A talk that was on air on several tracks is cut from where it was longest, of equals the first track.

    Until somebody asks for the cut, a proposal follows the log.
    """
    tracks = {track.pk: track for track in event.tracks.select_related("stream").order_by("position", "pk")}
    found = _windows(tracks.values())
    known = {row.talk_id: row for row in Recording.objects.filter(talk__event=event)}
    talks = Talk.objects.filter(pk__in=found, event=event).exclude(kind=TalkKind.BREAK)
    return sum(_propose(talk, found[talk.pk], tracks, known.get(talk.pk)) for talk in talks)


def _windows(tracks: Iterable[Track]) -> Found:
    """Of each talk its finished windows with their track; one that is still on air somewhere is left out."""
    found: Found = {}
    is_open = set[int]()
    for track in tracks:
        for talk_id, own in windows(_entries(track)).items():
            found.setdefault(talk_id, []).extend((track.pk, one) for one in own)
            if own[-1].ends_at is None or own[-1].ends_at > _undoable_since():
                is_open.add(talk_id)
    return {talk_id: own for talk_id, own in found.items() if talk_id not in is_open}


def _undoable_since() -> datetime:
    return timezone.now() - timedelta(seconds=UNDO_SECONDS)


def _entries(track: Track) -> list[Entry]:
    rows = OnAirLog.objects.filter(track=track).order_by("revision")
    return [Entry(*row) for row in rows.values_list("revision", "command", "to_talk_id", "at")]


def _propose(
    talk: Talk, own: list[tuple[int, Window]], tracks: dict[int, Track], known: Recording | None
) -> bool:
    cuttable = [(track_id, one) for track_id, one in own if _stream(tracks[track_id])]
    best = longest(window for _, window in cuttable)
    if best is None or best.ends_at is None:
        return False
    track = tracks[next(track_id for track_id, one in cuttable if one == best)]
    edges = best.with_handles(timedelta(seconds=settings.RECORDING_HANDLE_SECONDS))
    facts = {"track": track, "stream": track.stream, "windows": len(own)}
    facts |= {"source": SOURCES[GatewayName(track.stream.gateway)]}
    facts |= {"proposed_start": edges.starts_at, "proposed_end": edges.ends_at}
    facts |= {"starts_at": edges.starts_at, "ends_at": edges.ends_at}
    if known is None:
        return Recording.objects.get_or_create(talk=talk, defaults=facts)[1]
    untouched = Recording.objects.filter(pk=known.pk, state=RecordingState.PROPOSED, round=0, asked_by=None)
    if (known.proposed_start, known.proposed_end) == (edges.starts_at, edges.ends_at):
        return False
    return bool(untouched.update(**facts))


def _stream(track: Track) -> Stream | None:
    """What can be cut at all: a picture that somebody else makes is recorded there, if at all."""
    stream = getattr(track, "stream", None)
    return stream if stream and stream.gateway in SOURCES else None
