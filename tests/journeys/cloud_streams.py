"""Beside a site whose cloud is the peer: the demo's tracks with nothing on air and no stream made yet."""

from streaming.models import OnAir, Stream, StreamLog
from streaming.services.streams import ensure_stream


def main() -> list[str]:
    OnAir.objects.update(talk=None, card="waiting")
    StreamLog.objects.all().delete()
    Stream.objects.all().delete()
    tracks = [row.track for row in OnAir.objects.select_related("track").order_by("track__position")]
    return [ensure_stream(track, "medialive").track.name for track in tracks]
