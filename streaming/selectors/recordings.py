"""The recordings of an event as their page shows them."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q

from events.live import moment
from events.models import Event
from streaming.enums import OverrideVerb, RecordingState
from streaming.models import Recording, Stream
from streaming.models.recording import CUTTING
from streaming.selectors.overrides import overridden_talks


@dataclass(frozen=True)
class Shown:
    """One recording with what may be done to it."""

    row: Recording
    is_overridden: bool
    preview: str
    cut: str

    @property
    def is_forbidden(self) -> bool:
        talk = self.row.talk
        return talk.do_not_record or (talk.do_not_stream and not self.is_overridden)

    @property
    def can_cut(self) -> bool:
        return not (self.is_forbidden or self.is_busy)

    @property
    def is_busy(self) -> bool:
        return self.row.is_cutting or self.row.is_open

    @property
    def can_publish(self) -> bool:
        is_new = self.row.published_path != self.row.cut_path
        is_cut = self.row.state == RecordingState.DONE and is_new
        return is_cut and not self.is_forbidden and self.row.talk.is_published


def has_open_cuts(stream: Stream) -> bool:
    """Whether a job may be at work that reads what the stream has kept."""
    return Recording.objects.filter(Q(is_open=True) | Q(state__in=CUTTING), stream=stream).exists()


def recordings_of(event: Event) -> list[Shown]:
    """Two queries, however many there are."""
    rows = Recording.objects.filter(talk__event=event)
    found = list(rows.select_related("talk", "track", "stream").order_by("starts_at", "pk"))
    let_through = overridden_talks([row.talk for row in found], OverrideVerb.HARVEST)
    return [
        Shown(row, row.talk_id in let_through, _preview(row), _cut_address(row.cut_path)) for row in found
    ]


def days_of(event: Event, shown: list[Shown]) -> list[date]:
    return sorted({one.row.starts_at.astimezone(event.zone).date() for one in shown})


def _preview(row: Recording) -> str:
    """The start-over picture between the edges, as MediaPackage cuts it on the way."""
    address = row.stream.start_over_url
    if not address:
        return ""
    return f"{address}?{urlencode({'start': moment(row.starts_at), 'end': moment(row.ends_at)})}"


def _cut_address(path: str) -> str:
    return f"{settings.ARCHIVE_URL.rstrip('/')}/{path}" if settings.ARCHIVE_URL and path else ""
