"""What was done in the control room, whoever did it: commands, refusals, duty, automation, the timetable."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet

from events.live import moment
from events.models import Event
from streaming.enums import DutyStep
from streaming.models import DutyLog, OnAirLog, RefusedCommand, Shift
from talks.models import ProgrammeChange, Talk

ROWS = 40
MILLISECOND = timedelta(milliseconds=1)
# Of a kind each; the rest of the steps are duty.
OF_AUTOMATION = [DutyStep.ARMED, DutyStep.HELD, DutyStep.DISARMED, DutyStep.SLATE_ON, DutyStep.SLATE_OFF]
OF_PREFLIGHT = [DutyStep.SPEAKER_HERE, DutyStep.SPEAKER_AWAY]
KINDS = ["command", "refused", "duty", "automation", "preflight", "timetable"]
Json = dict[str, Any]


@dataclass(frozen=True)
class LogFilter:
    """What of the log is wanted; what is empty does not matter. No row is younger than `before`."""

    track_id: int | None = None
    talk_id: int | None = None
    kind: str = ""
    actor: str = ""
    before: datetime | None = None

    def rows(self, query: QuerySet[Any], *, track: str, talks: Iterable[str]) -> QuerySet[Any]:
        """Narrow one table: how it reaches the track, and the fields that may name the talk."""
        if self.track_id is not None:
            query = query.filter(**{track: self.track_id})
        if self.talk_id is not None:
            of_talk = Q(pk__in=[])
            for field in talks:
                of_talk |= Q(**{field: self.talk_id})
            query = query.filter(of_talk)
        if self.actor:
            query = query.filter(Q(actor__name__icontains=self.actor) | Q(actor__email__icontains=self.actor))
        # The wire tells milliseconds: those of the same one come again, and the reader knows their ids.
        return query.filter(at__lt=self.before + MILLISECOND) if self.before else query


EVERYTHING = LogFilter()


def control_log(event: Event, wanted: LogFilter = EVERYTHING, rows: int = ROWS) -> list[Json]:
    """The newest rows of the logs, newest first; one query for each log that is of the wanted kind."""
    found = [row for log in _logs(wanted.kind) for row in islice(log(event, wanted), rows)]
    found.sort(key=itemgetter("at", "id"), reverse=True)
    return found[:rows]


def whole_log(event: Event, wanted: LogFilter) -> list[Json]:
    """Everything that is wanted, oldest first."""
    found = [row for log in _logs(wanted.kind) for row in log(event, wanted)]
    return sorted(found, key=itemgetter("at", "id"))


Log = Callable[[Event, LogFilter], Iterable[Json]]


def _logs(kind: str) -> list[Log]:
    by_kind: dict[str, list[Log]] = {
        "command": [_commands],
        "refused": [_refusals],
        "duty": [_duties],
        "automation": [_duties],
        "preflight": [_duties],
        "timetable": [_shifts, _corrections],
    }
    return by_kind.get(kind, [_commands, _refusals, _duties, _shifts, _corrections])


def _commands(event: Event, wanted: LogFilter) -> Iterable[Json]:
    log = OnAirLog.objects.filter(track__event=event)
    log = log.select_related("from_talk", "to_talk", "actor", "times")
    return map(_command, wanted.rows(log, track="track", talks=["from_talk", "to_talk"]))


def _command(row: OnAirLog) -> Json:
    times = getattr(row, "times", None)
    return {
        "id": f"command-{row.pk}",
        "at": moment(row.at),
        "track_id": row.track_id,
        "who": _name(row.actor),
        "what": row.command,
        "from": _shown(row.from_talk, row.from_card),
        "to": _shown(row.to_talk, row.to_card),
        "revision": row.revision,
        "expected_revision": row.revision - 1,
        "source": row.source,
        "key": row.idempotency_key,
        "latency_ms": _ms(times.requested_at if times else None, row.at),
    }


def _refusals(event: Event, wanted: LogFilter) -> Iterable[Json]:
    log = RefusedCommand.objects.filter(track__event=event).select_related("talk", "actor")
    return map(_refusal, wanted.rows(log, track="track", talks=["talk"]))


def _refusal(row: RefusedCommand) -> Json:
    return {
        "id": f"refused-{row.pk}",
        "at": moment(row.at),
        "track_id": row.track_id,
        "who": _name(row.actor),
        "what": "refused",
        "command": row.command,
        "code": row.code,
        "to": _shown(row.talk, row.card),
        "expected_revision": row.expected_revision,
        "present_revision": row.present_revision,
        "source": row.source,
        "key": row.idempotency_key,
        "latency_ms": _ms(row.requested_at, row.at),
    }


def _duties(event: Event, wanted: LogFilter) -> Iterable[Json]:
    log = DutyLog.objects.filter(track__event=event).select_related("previous", "actor", "talk")
    if wanted.kind == "automation":
        log = log.filter(step__in=OF_AUTOMATION)
    elif wanted.kind == "preflight":
        log = log.filter(step__in=OF_PREFLIGHT)
    elif wanted.kind == "duty":
        log = log.exclude(step__in=[*OF_AUTOMATION, *OF_PREFLIGHT])
    return map(_duty, wanted.rows(log, track="track", talks=["talk"]))


def _duty(row: DutyLog) -> Json:
    return {
        "id": f"duty-{row.pk}",
        "at": moment(row.at),
        "track_id": row.track_id,
        "who": _name(row.actor),
        "what": row.step,
        "previous": _name(row.previous),
        "reason": row.reason,
        "talk_id": row.talk_id,
    }


def _shifts(event: Event, wanted: LogFilter) -> Iterable[Json]:
    log = Shift.objects.filter(track__event=event).select_related("actor", "undone_by")
    for row in wanted.rows(log, track="track", talks=["talk"]):
        yield _shift(row)
        if row.undone_at:
            who, at = _name(row.undone_by), moment(row.undone_at)
            yield _shift(row) | {"id": f"unshift-{row.pk}", "at": at, "who": who, "what": "unshifted"}


def _shift(row: Shift) -> Json:
    return {
        "id": f"shift-{row.pk}",
        "at": moment(row.at),
        "track_id": row.track_id,
        "who": _name(row.actor),
        "what": "shifted",
        "minutes": row.minutes,
        "scope": row.scope,
        "talks": len(row.places),
        "talk_id": row.talk_id,
    }


def _corrections(event: Event, wanted: LogFilter) -> Iterable[Json]:
    log = ProgrammeChange.objects.filter(talk__event=event, field="title").select_related("talk", "actor")
    return map(_correction, wanted.rows(log, track="talk__track", talks=["talk"]))


def _correction(row: ProgrammeChange) -> Json:
    return {
        "id": f"title-{row.pk}",
        "at": moment(row.at),
        "track_id": row.talk.track_id,
        "who": _name(row.actor),
        "what": "title",
        "talk_id": row.talk_id,
        "before": row.before,
        "after": row.after,
    }


def _shown(talk: Talk | None, card: str) -> Json:
    return {"talk_id": talk.pk if talk else None, "title": talk.title if talk else "", "card": card}


def _name(person: AbstractBaseUser | None) -> str | None:
    return getattr(person, "display_name", None)


def _ms(before: datetime | None, after: datetime) -> int | None:
    """Between two clocks, of the server and of the database, a little may be missing."""
    return None if before is None else max(0, round((after - before).total_seconds() * 1000))
