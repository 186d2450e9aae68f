"""Which video a talk's page shows."""

from dataclasses import dataclass
from datetime import datetime

from talks.models import Talk, TalkVideo
from talks.video_addresses import VideoKind, frame_of, kind_of


@dataclass(frozen=True)
class ShownVideo:
    kind: VideoKind
    url: str
    seconds: int | None = None
    published_at: datetime | None = None

    @property
    def frame(self) -> str:
        return frame_of(self.url)

    @property
    def duration(self) -> str:
        """As schema.org wants it."""
        return f"PT{self.seconds}S" if self.seconds else ""


def video_of(talk: Talk) -> ShownVideo | None:
    """The typed or imported one first, else the recording; none of a talk that must not be recorded.

    Of a kind that nothing here plays it is a link.
    """
    if talk.do_not_record or not talk.is_published:
        return None
    if talk.video_url:
        return ShownVideo(kind_of(talk.video_url), talk.video_url)
    row = TalkVideo.objects.filter(talk=talk).first()
    return ShownVideo(VideoKind.HLS, row.url, row.seconds, row.published_at) if row else None
