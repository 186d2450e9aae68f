"""Six tracks on air in the cloud: what people ask of their streams. Runs beside the database (Site.run)."""

from typing import Any

from events.models import Event
from streaming.models import MediaResource, Stream, SweepFinding
from streaming.services import streams
from streaming.services.sweeping import sweep
from tests.factories.events import EventFactory, TrackFactory

ASK = {
    "prepare": streams.request_ready,
    "start": streams.request_start,
    "stop": streams.request_stop,
    "delete": streams.request_delete,
}


def main(ask: str) -> dict[str, Any]:
    if ask == "sweep":
        return _swept()
    event = Event.objects.first() or _new_event()
    for stream in Stream.objects.filter(track__event=event).order_by("pk"):
        ASK[ask](stream=stream, actor=None)
    return {}


def _new_event() -> Event:
    event: Event = EventFactory(slug="six")
    for name in "ABCDEF":
        streams.ensure_stream(TrackFactory(event=event, name=name), "medialive")
    return event


def _swept() -> dict[str, Any]:
    """What nobody has written down, and how many rows say that something is there."""
    found = sweep(may_delete=False)
    return {
        "error": found.error,
        "strays": [str(one) for one in SweepFinding.objects.filter(gone_at=None)],
        "recorded": MediaResource.objects.exclude(external_id="").count(),
    }
