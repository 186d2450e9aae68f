"""A picture for each of the demo's tracks."""

from events.models import Event
from streaming.enums import GatewayName
from streaming.services.streams import ensure_stream, request_start


def want_streams(event: Event) -> list[str]:
    """Each new stream is asked to run; one that staff stopped stays stopped."""
    streams = [ensure_stream(track, GatewayName.LOCAL) for track in event.tracks.all()]
    fresh = [stream for stream in streams if stream.generation == 0]
    for stream in fresh:
        request_start(stream=stream, actor=None)
    return [f"Track {stream.track.name}: a picture was asked for." for stream in fresh]
