"""What was done last in the control room, whoever did it: commands, duty, corrected titles."""

from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser

from events.live import moment
from events.models import Event
from streaming.models import DutyLog, OnAirLog
from talks.models import ProgrammeChange, Talk

ROWS = 40


def control_log(event: Event) -> list[dict[str, Any]]:
    """The newest rows of the three logs, newest first; three queries."""
    rows = [*_commands(event), *_duties(event), *_corrections(event)]
    rows.sort(key=itemgetter("at", "id"), reverse=True)
    return rows[:ROWS]


def _commands(event: Event) -> list[dict[str, Any]]:
    log = OnAirLog.objects.filter(track__event=event).select_related("from_talk", "to_talk", "actor")
    return [_command(row) for row in log[:ROWS]]


def _command(row: OnAirLog) -> dict[str, Any]:
    return {
        "id": f"command-{row.pk}",
        "at": moment(row.at),
        "track_id": row.track_id,
        "who": _name(row.actor),
        "what": row.command,
        "from": _shown(row.from_talk, row.from_card),
        "to": _shown(row.to_talk, row.to_card),
        "revision": row.revision,
        "source": row.source,
    }


def _duties(event: Event) -> list[dict[str, Any]]:
    log = DutyLog.objects.filter(track__event=event).select_related("previous", "actor")
    return [
        {
            "id": f"duty-{row.pk}",
            "at": moment(row.at),
            "track_id": row.track_id,
            "who": _name(row.actor),
            "what": row.step,
            "previous": _name(row.previous),
            "reason": row.reason,
        }
        for row in log[:ROWS]
    ]


def _corrections(event: Event) -> list[dict[str, Any]]:
    log = ProgrammeChange.objects.filter(talk__event=event, field="title").select_related("talk", "actor")
    return [
        {
            "id": f"title-{row.pk}",
            "at": moment(row.at),
            "track_id": row.talk.track_id,
            "who": _name(row.actor),
            "what": "title",
            "talk_id": row.talk_id,
            "before": row.before,
            "after": row.after,
        }
        for row in log[:ROWS]
    ]


def _shown(talk: Talk | None, card: str) -> dict[str, Any]:
    return {"talk_id": talk.pk if talk else None, "title": talk.title if talk else "", "card": card}


def _name(person: AbstractBaseUser | None) -> str | None:
    return getattr(person, "display_name", None)
