"""All that the control room shows, in one answer: page, socket and poll read the same."""

import hashlib
import json
from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from events.live import announcement_body, moment
from events.models import Event
from events.selectors import shown_announcement
from streaming.automation_steps import Step, next_step
from streaming.enums import UNDO_SECONDS, Card, Command
from streaming.live import on_air_rows, revision_of, track_state
from streaming.models import Automation, Duty, OnAir, OnAirLog
from streaming.selectors.control_log import control_log
from streaming.selectors.costs import costs
from streaming.selectors.health import RELATED, health_of
from streaming.selectors.inputs import InputPanels
from streaming.selectors.overrides import TalkOverrides
from streaming.selectors.preflight import ConsoleFacts
from streaming.selectors.streams import StreamPanels
from streaming.selectors.switches import switches
from talks.models import Talk


def control_room(event: Event) -> dict[str, Any]:
    """The state of every track, for those who direct. The number of queries does not grow with the event."""
    revision = revision_of(event)
    rows = on_air_rows(event, "room", "duty__person", "automation__talk", "automation__armed_by", *RELATED)
    talks, last = _talks(event), _last_commands(event)
    overrides, switched = TalkOverrides(event), switches(event)
    streams, inputs = StreamPanels(event), InputPanels(event)
    facts = ConsoleFacts(event, rows)
    playlists = _playlists(event, rows, talks, overrides.aired, facts)
    return {
        "control_room": event.slug,
        "revision": revision,
        "server_time": moment(timezone.now()),
        "phase": event.phase,
        "announcement": announcement_body(shown_announcement(event)),
        "tracks": [
            _row(row, playlists[row.track.pk], last.get(row.track.pk), _automation(row, talks), facts)
            | {"overrides": overrides.of(_own(row, talks)), "switches": switched[row.track.pk]}
            | {"stream": streams.of(getattr(row.track, "stream", None))}
            | {"inputs": inputs.of(getattr(row.track, "stream", None))}
            | {"health": health_of(row, last.get(row.track.pk), timezone.now())}
            for row in rows
        ],
        "cost": costs(event),
        "log": control_log(event),
    }


def etag_of(state: dict[str, Any]) -> str:
    """A weak tag of what is shown; the server's time does not count."""
    shown = json.dumps(state | {"server_time": None}, sort_keys=True, default=str)
    return f'W/"{hashlib.sha256(shown.encode()).hexdigest()[:24]}"'


def _row(
    row: OnAir,
    playlist: list[dict[str, Any]],
    last: OnAirLog | None,
    automation: dict[str, Any],
    facts: ConsoleFacts,
) -> dict[str, Any]:
    track = row.track
    return track_state(row) | {
        "mark": track.mark,
        "room": {"ja": track.room.name_ja, "en": track.room.name_en or track.room.name_ja}
        if track.room
        else None,
        "lamp": _lamp(row),
        "playlist": playlist,
        "duty": _duty(getattr(track, "duty", None), facts, track.pk),
        "shift": facts.shift(track.pk),
        "undo": _undo(last),
        "automation": automation,
    }


def _lamp(row: OnAir) -> str:
    """Red for a talk that is seen, amber for a card that somebody put up, nothing for the waiting card."""
    if row.card == Card.WAITING:
        return "idle"
    return "card" if row.card else "on"


def _duty(duty: Duty | None, facts: ConsoleFacts, track_id: int) -> dict[str, Any]:
    person = duty.person if duty else None
    return {
        "person": {"id": person.pk, "name": person.display_name} if person else None,
        "note": duty.note if duty else "",
        "locked_until": moment(duty.locked_until) if duty else None,
        "taken_over": facts.takeover(track_id, person.pk if person else None),
    }


def _undo(last: OnAirLog | None) -> dict[str, Any] | None:
    """What an undo would restore and until when; whether that is still ahead is for the reader's clock."""
    if last is None or last.command == Command.UNDO:
        return None
    return {
        "until": moment(last.at + timedelta(seconds=UNDO_SECONDS)),
        "at": moment(last.at),
        "done": _shown(last.to_talk, last.to_card),
        "restores": _shown(last.from_talk, last.from_card),
    }


def _shown(talk: Talk | None, card: str) -> dict[str, Any]:
    named = {"talk_id": talk.pk, "title": talk.title, "lang": talk.lang} if talk else None
    return {"talk": named, "card": card or None}


def _last_commands(event: Event) -> dict[int, OnAirLog]:
    """The row of each track's last change."""
    last = OnAirLog.objects.filter(track__event=event, revision=F("track__on_air__revision"))
    return {row.track_id: row for row in last.select_related("from_talk", "to_talk")}


def _aired(event: Event) -> dict[int, set[int]]:
    """Which talks each track has shown, without those that were undone."""
    log = OnAirLog.objects.filter(track__event=event)
    rows = list(log.values_list("track_id", "revision", "command", "to_talk_id"))
    undone = {(track, revision - 1) for track, revision, command, _ in rows if command == Command.UNDO}
    aired: dict[int, set[int]] = defaultdict(set)
    for track, revision, _command, talk in rows:
        if talk is not None and (track, revision) not in undone:
            aired[track].add(talk)
    return aired


def _automation(row: OnAir, talks: list[Talk]) -> dict[str, Any]:
    """What the timetable will do on the track, or would do if it were armed now."""
    armed: Automation | None = getattr(row.track, "automation", None)
    is_armed = armed is not None and armed.is_armed and armed.due_at is not None
    published = [talk for talk in _own(row, talks) if talk.is_published and not talk.is_cancelled]
    offered = next_step(published, timezone.now())
    return {
        "is_armed": is_armed,
        "is_held": is_armed and armed is not None and armed.is_held,
        "step": _step(Step(armed.due_at, armed.talk, armed.card) if armed and is_armed else offered),  # type: ignore[arg-type]
        "by": armed.armed_by.display_name if armed and is_armed and armed.armed_by else None,
        "outcome": armed.outcome if armed and not is_armed else "",
    }


def _step(step: Step | None) -> dict[str, Any] | None:
    return {"due_at": moment(step.due_at)} | _shown(step.talk, step.card) if step else None


def _talks(event: Event) -> list[Talk]:
    talks = Talk.objects.filter(event=event).scheduled().order_by("starts_at", "pk")
    return list(talks.prefetch_related("talk_speakers__speaker"))


def _own(row: OnAir, talks: list[Talk]) -> list[Talk]:
    return [talk for talk in talks if talk.track_id == row.track.pk or talk.is_for_all_tracks]


def _playlists(
    event: Event, rows: list[OnAir], talks: list[Talk], let_through: set[int], facts: ConsoleFacts
) -> dict[int, list[dict[str, Any]]]:
    """Each track's own talks and those for all tracks, drafts included, in their order."""
    aired = _aired(event)
    return {
        row.track.pk: [
            _entry(row, talk, aired[row.track.pk], let_through, facts) for talk in _own(row, talks)
        ]
        for row in rows
    }


def _entry(
    row: OnAir, talk: Talk, aired: set[int], let_through: set[int], facts: ConsoleFacts
) -> dict[str, Any]:
    is_kept_back = talk.do_not_stream and talk.pk not in let_through
    return {
        "talk_id": talk.pk,
        "title": talk.title,
        "lang": talk.lang,
        "speakers": talk.speaker_names,
        "starts_at": moment(talk.starts_at),
        "ends_at": moment(talk.ends_at),
        "state": _state(row, talk, aired),
        "is_break": talk.is_break,
        "may_air": talk.is_published and not (is_kept_back or talk.is_break or talk.is_cancelled),
        "do_not_stream": talk.do_not_stream,
        "do_not_record": talk.do_not_record,
        "is_let_through": talk.do_not_stream and not is_kept_back,
        "is_published": talk.is_published,
        "is_cancelled": talk.is_cancelled,
        "is_for_all_tracks": talk.is_for_all_tracks,
        "has_slides": bool(talk.slides_url),
        "speakers_here": facts.speakers_here(talk.pk),
    }


def _state(row: OnAir, talk: Talk, aired: set[int]) -> str:
    if talk.pk == row.talk_id:
        return "on_air"
    if talk.pk == row.next_talk_id:
        return "next"
    return "done" if talk.pk in aired else "later"
