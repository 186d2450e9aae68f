"""Six tracks on air in the cloud: what people ask of their streams. Runs beside the database (Site.run)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F

from events.models import Event
from streaming.enums import Card, Command, Source
from streaming.models import MediaResource, OnAirLog, Recording, Stream, SweepFinding
from streaming.services import proposing, recordings, streams
from streaming.services.on_air import ensure_on_air, run_command
from streaming.services.sweeping import sweep
from talks.models import Talk
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, TrackFactory
from tests.factories.talks import TalkFactory

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
    if ask == "air":
        return _show(event, Command.TAKE)
    if ask == "cut":
        return _cut(event)
    for stream in Stream.objects.filter(track__event=event).order_by("pk"):
        ASK[ask](stream=stream, actor=None)
    return {}


def _new_event() -> Event:
    event: Event = EventFactory(slug="six")
    for name in "ABCDEF":
        track = TrackFactory(event=event, name=name)
        TalkFactory(event=event, track=track, is_published=True)
        streams.ensure_stream(track, "medialive")
    return event


def _show(event: Event, command: Command, card: str = "") -> dict[str, Any]:
    """On every track its own talk, or a card."""
    for track in event.tracks.all():
        run_command(
            track=track,
            command=command,
            talk=Talk.objects.get(track=track) if command is Command.TAKE else None,
            card=card,
            expected_revision=ensure_on_air(track).revision,
            idempotency_key=str(uuid4()),
            source=Source.COMMAND,
            actor=None,
        )
    return {}


def _cut(event: Event) -> dict[str, Any]:
    """The talks leave the air; when that cannot be undone any more, a recording of each is asked for."""
    _show(event, Command.CARD, Card.WAITING)
    OnAirLog.objects.update(at=F("at") - timedelta(minutes=5))
    proposing.propose_for(event=event)
    for recording in Recording.objects.all():
        recordings.request_cut(recording=recording, round=recording.round, actor=UserFactory())
    return {}


def _swept() -> dict[str, Any]:
    """What nobody has written down, and how many rows say that something is there."""
    found = sweep(may_delete=False)
    return {
        "error": found.error,
        "strays": [str(one) for one in SweepFinding.objects.filter(gone_at=None)],
        "recorded": MediaResource.objects.exclude(external_id="").count(),
    }
