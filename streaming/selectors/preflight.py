"""Who has taken a track over, whose speakers are there, and what was shifted: read for a whole event."""

from collections.abc import Iterable
from typing import Any

from events.live import moment
from events.models import Event
from streaming.enums import DutyStep
from streaming.models import DutyLog, OnAir, Shift

Json = dict[str, Any]
STEPS = [DutyStep.SPEAKER_HERE, DutyStep.SPEAKER_AWAY, DutyStep.TAKEN_OVER]


class ConsoleFacts:
    """Two queries, however many tracks and talks."""

    def __init__(self, event: Event, rows: Iterable[OnAir]) -> None:
        self.speakers: dict[int, DutyLog] = {}
        self.taken_over: dict[int, DutyLog] = {}
        log = DutyLog.objects.filter(track__event=event, step__in=STEPS).select_related("actor", "previous")
        for row in log.order_by("pk"):
            if row.step == DutyStep.TAKEN_OVER:
                self.taken_over[row.track_id] = row
            elif row.talk_id is not None:
                self.speakers[row.talk_id] = row
        shifts = Shift.objects.filter(track__event=event, undone_at=None).select_related("actor")
        self.shifts = {row.track_id: row for row in shifts.order_by("at", "pk")}

    def speakers_here(self, talk_id: int) -> Json | None:
        """Who has seen them, and when; None while nobody has, or when it was taken back."""
        row = self.speakers.get(talk_id)
        if row is None or row.step != DutyStep.SPEAKER_HERE:
            return None
        return {"by": row.actor.display_name if row.actor else None, "at": moment(row.at)}

    def takeover(self, track_id: int, person_id: int | None) -> Json | None:
        """How whoever is on duty now came to the lock, when it was by taking it over."""
        row = self.taken_over.get(track_id)
        if row is None or person_id is None or row.actor_id != person_id:
            return None
        return {
            "by": row.actor.display_name if row.actor else None,
            "from_id": row.previous_id,
            "from": row.previous.display_name if row.previous else None,
            "reason": row.reason,
            "at": moment(row.at),
        }

    def shift(self, track_id: int) -> Json | None:
        row = self.shifts.get(track_id)
        if row is None:
            return None
        return {
            "id": row.pk,
            "minutes": row.minutes,
            "scope": row.scope,
            "talk_id": row.talk_id,
            "talks": len(row.places),
            "by": row.actor.display_name if row.actor else None,
            "at": moment(row.at),
        }
