"""What the control room shows of each track's inputs: which is active, what is planned, what became of it."""

from collections import defaultdict
from typing import Any

from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from events.live import moment
from events.models import Event
from streaming.enums import GatewayName
from streaming.models import InputSwitch, Stream
from streaming.models.input_switch import OPEN
from streaming.states import Observed
from streaming.switch_rules import NOTICE

ROWS = 5
DETAIL_LENGTH = 300


class InputPanels:
    """Of all tracks of an event, in one query."""

    def __init__(self, event: Event) -> None:
        self._switches = _switches(event)

    def of(self, stream: Stream | None) -> dict[str, Any] | None:
        """None where there is nothing to switch: only MediaLive's encoders have more than one input."""
        if stream is None or stream.gateway != GatewayName.MEDIALIVE:
            return None
        rows = self._switches[stream.pk]
        return {
            "names": stream.inputs,
            "has_backup": stream.has_backup,
            "slate_url": stream.slate_url,
            "can_choose": stream.can_change_inputs,
            "is_running": stream.observed == Observed.RUNNING,
            "active": stream.active_input or None,
            "active_at": moment(stream.active_input_at),
            "next_number": rows[0].number + 1 if rows else 1,
            "planned": [_row(row) for row in _by_time(rows) if _is_planned(row)],
            "recent": [_row(row) for row in rows if not _is_planned(row)][:ROWS],
        }


def _switches(event: Event) -> dict[int, list[InputSwitch]]:
    """The newest of each stream, newest first, and whatever is still open."""
    place = Window(RowNumber(), partition_by=F("stream"), order_by=F("number").desc())
    rows = InputSwitch.objects.filter(stream__track__event=event).annotate(place=place)
    shown = rows.filter(Q(place__lte=ROWS) | Q(state__in=OPEN))
    found: dict[int, list[InputSwitch]] = defaultdict(list)
    for row in shown.select_related("actor").order_by("-number"):
        found[row.stream_id].append(row)
    return found


def _is_planned(row: InputSwitch) -> bool:
    return row.at is not None and row.state in OPEN


def _by_time(rows: list[InputSwitch]) -> list[InputSwitch]:
    return sorted(rows, key=lambda row: row.at or row.requested_at)


def _row(row: InputSwitch) -> dict[str, Any]:
    return {
        "number": row.number,
        "to": row.target,
        "at": moment(row.at),
        "state": row.state,
        "fault": row.fault,
        "detail": row.detail.partition("\n")[0][:DETAIL_LENGTH],
        "request_id": row.request_id,
        "requested_at": moment(row.requested_at),
        "accepted_at": moment(row.accepted_at),
        "effective_at": moment(row.effective_at),
        "who": row.actor.display_name if row.actor else None,
        "can_cancel_until": moment(row.at - NOTICE) if row.at and not row.cancel_asked_at else None,
    }
