"""Runs in a process of its own: an open event with one track, and the wish that its stream runs."""

from streaming.services.streams import ensure_stream, request_start
from tests.factories.events import EventFactory, TrackFactory


def main(gateway):
    stream = ensure_stream(TrackFactory(event=EventFactory(slug="seaside"), name="A"), gateway)
    request_start(stream=stream, actor=None)
    return {"id": stream.pk, "public_id": str(stream.public_id)}
