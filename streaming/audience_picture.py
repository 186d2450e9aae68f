"""The viewers of a track over a day as lines of a picture, with holes where nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from events.models import Track
from streaming.models import AudienceSample

# Of the picture, in its own units.
WIDTH, HEIGHT = 600, 80
# A minute that one process missed is no hole.
HOLE = timedelta(minutes=2)


@dataclass(frozen=True)
class TrackLine:
    """One track's day: the parts of its line as SVG points, and what a reader needs beside them."""

    track: Track
    lines: list[str]
    peak: int
    peak_at: datetime


@dataclass(frozen=True)
class DayPicture:
    day: date
    first: datetime
    last: datetime
    tracks: list[TrackLine]


def day_picture(day: date, samples: Sequence[AudienceSample]) -> DayPicture | None:
    """All tracks of a day in one scale of time and of viewers; None without a sample."""
    if not samples:
        return None
    first, last = min(one.minute for one in samples), max(one.minute for one in samples)
    most = max(one.viewers for one in samples)
    by_track: dict[Track, list[AudienceSample]] = {}
    for one in samples:
        by_track.setdefault(one.track, []).append(one)
    lines = [_track_line(track, rows, first, last, most) for track, rows in by_track.items()]
    return DayPicture(day, first, last, lines)


def _track_line(
    track: Track, rows: list[AudienceSample], first: datetime, last: datetime, most: int
) -> TrackLine:
    span, height = max((last - first).total_seconds(), 60.0), max(most, 1)

    def point(one: AudienceSample) -> str:
        along, up = (one.minute - first).total_seconds() / span, one.viewers / height
        return f"{along * WIDTH:.1f},{HEIGHT - up * (HEIGHT - 2):.1f}"

    peak = max(rows, key=lambda one: (one.viewers, -one.minute.timestamp()))
    parts = [" ".join(map(point, part)) for part in _parts(rows)]
    return TrackLine(track, parts, peak.viewers, peak.minute)


def _parts(rows: list[AudienceSample]) -> list[list[AudienceSample]]:
    parts = [[rows[0]]]
    for before, after in pairwise(rows):
        if after.minute - before.minute > HOLE:
            parts.append([])
        parts[-1].append(after)
    return parts
