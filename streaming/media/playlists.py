"""Cut a media playlist (HLS) to the segments that lie in a window. Pure: text in, text out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

LENGTH, DATE, GAP = "#EXTINF:", "#EXT-X-PROGRAM-DATE-TIME:", "#EXT-X-DISCONTINUITY"
# Of the whole playlist; they stand once at its head.
HEAD = ("#EXT-X-VERSION", "#EXT-X-TARGETDURATION", "#EXT-X-INDEPENDENT-SEGMENTS", "#EXT-X-MAP")


@dataclass(frozen=True)
class Segment:
    """A file of the recording: its own lines as they were, and when its picture was made."""

    name: str
    lines: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime


def segments_of(playlist: str, began_at: datetime) -> list[Segment]:
    """`began_at` counts until the playlist itself tells a time."""
    return list(_segments(playlist, began_at))


def cut(playlist: str, began_at: datetime, starts_at: datetime, ends_at: datetime) -> tuple[str, list[str]]:
    """A playlist of the segments that touch the window, and their names; both empty when none does."""
    inside = [
        one for one in segments_of(playlist, began_at) if one.ends_at > starts_at and one.starts_at < ends_at
    ]
    if not inside:
        return "", []
    head = [line for line in playlist.splitlines() if line.startswith(HEAD)]
    body = [line for one in inside for line in (*one.lines, one.name)]
    kind = ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-MEDIA-SEQUENCE:0"]
    return "\n".join(["#EXTM3U", *head, *kind, *body, "#EXT-X-ENDLIST", ""]), [one.name for one in inside]


def _segments(playlist: str, began_at: datetime) -> Iterator[Segment]:
    clock, lines, length = began_at, list[str](), timedelta()
    for line in filter(None, map(str.strip, playlist.splitlines())):
        if line.startswith(DATE):
            clock = datetime.fromisoformat(line.removeprefix(DATE))
            lines.append(line)
        elif line.startswith(LENGTH):
            length = timedelta(seconds=float(line.removeprefix(LENGTH).split(",")[0]))
            lines.append(line)
        elif line.startswith((GAP, "#EXT-X-BYTERANGE", "#EXT-X-KEY")) and not line.startswith(GAP + "-"):
            lines.append(line)
        elif not line.startswith("#"):
            yield Segment(line, tuple(lines), clock, clock + length)
            clock, lines, length = clock + length, [], timedelta()
