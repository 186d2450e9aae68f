"""What the control room shows of each track's stream. No key is among it, nor an address to push to."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import F, Window
from django.db.models.functions import RowNumber

from events.live import moment
from events.models import Event
from streaming.enums import GatewayName, Part
from streaming.media.gateway import SHARED
from streaming.models import MediaResource, Stream, StreamLog
from streaming.selectors.costs import watched_streams
from streaming.states import Seen

LOG_ROWS = 6
ERROR_LENGTH = 300
KEYED = {GatewayName.IVS, GatewayName.MEDIALIVE}


class StreamPanels:
    """Of all streams of an event, in a number of queries that does not grow with the tracks."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._parts = _parts(event)
        self._log = _log(event)
        self._watched = watched_streams(event)

    def of(self, stream: Stream | None) -> dict[str, Any] | None:
        if stream is None:
            return None
        return {
            **_wish(stream),
            **_found(stream),
            "parts": [self._part(stream, part) for part in _wanted(stream)],
            "log": self._log[stream.pk],
            "watched": self._watched.get(stream.track_id),
        }

    def _part(self, stream: Stream, part: Part) -> dict[str, Any]:
        row = next((self._parts[key] for key in self._owners(stream, part) if key in self._parts), None)
        return {
            "part": part,
            "seen": row.seen if row else Seen.ABSENT,
            "is_asked": bool(row and row.asked_at),
            "external_id": row.external_id if row else "",
        }

    def _owners(self, stream: Stream, part: Part) -> list[tuple[str, str]]:
        """As StreamSpec.owner: an event with encoders of its own has a fence of its own."""
        if part not in SHARED:
            return [(f"stream:{stream.public_id}", part)]
        own = [(f"event:{self._event.slug}", part)] if part is Part.FENCE else []
        return [*own, (f"environment:{settings.ENVIRONMENT}", part)]


def _wish(stream: Stream) -> dict[str, Any]:
    return {
        "gateway": stream.gateway,
        "source_url": stream.source_url,
        "desired": stream.desired,
        "generation": stream.generation,
        "has_keys": stream.gateway in KEYED,
        "is_key_on_its_way": stream.key_number != stream.placed_key_number,
    }


def _found(stream: Stream) -> dict[str, Any]:
    return {
        "observed": stream.observed,
        "is_latest": stream.observed_generation == stream.generation,
        "observed_at": moment(stream.observed_at),
        "look_at": moment(stream.look_at),
        "error": stream.error.partition("\n")[0][:ERROR_LENGTH],
        "fault": {"kind": stream.fault, "subject": stream.fault_subject} if stream.fault else None,
        "request_id": stream.request_id,
    }


def _wanted(stream: Stream) -> list[Part]:
    """The parts that it is made of; a picture from elsewhere or from this machine has none."""
    if stream.gateway == GatewayName.IVS:
        return [Part.PICTURE]
    if stream.gateway != GatewayName.MEDIALIVE:
        return []
    unwanted = {Part.BACKUP: not stream.has_backup, Part.SLATE: not stream.slate_url}
    return [part for part in Part if not unwanted.get(part)]


def _parts(event: Event) -> dict[tuple[str, str], MediaResource]:
    own = MediaResource.objects.filter(stream__track__event=event)
    shared = MediaResource.objects.filter(
        owner__in=[f"event:{event.slug}", f"environment:{settings.ENVIRONMENT}"]
    )
    return {(row.owner, row.part): row for row in own | shared}


def _log(event: Event) -> dict[int, list[dict[str, Any]]]:
    """The newest rows of each stream; one query."""
    place = Window(RowNumber(), partition_by=F("stream"), order_by=[F("at").desc(), F("pk").desc()])
    rows = StreamLog.objects.filter(stream__track__event=event).annotate(place=place)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.filter(place__lte=LOG_ROWS).select_related("actor").order_by("-at", "-pk"):
        found[row.stream_id].append(_entry(row))
    return found


def _entry(row: StreamLog) -> dict[str, Any]:
    return {
        "at": moment(row.at),
        "what": row.what,
        "part": row.part,
        "who": row.actor.display_name if row.actor else None,
        "detail": row.detail.partition("\n")[0][:ERROR_LENGTH],
        "request_id": row.request_id,
    }
