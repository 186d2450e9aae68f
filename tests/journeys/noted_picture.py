"""A live picture that a browser meets instead of the site's own: with notes in it, as Amazon IVS makes them.

A note is timed ID3 metadata: a stream of type 0x15 in the segment's table, and one packet with the text.
"""

import json
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, Route

PACKET, PMT_PID, NOTE_PID = 188, 0x1000, 0x0123
SEGMENTS, WINDOW = 90, 6
# The picture says that it is old: who waits for the announced time waits the longest that there is.
AGE_SECONDS = 30


class NotedPicture:
    """One-second segments, six of them at a time; `note(revision)` goes into the newest."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.notes = folder, dict[int, str]()
        self.started, self.first = time.time(), -1
        picture = f"testsrc2=size=320x180:rate=15:duration={SEGMENTS}"
        sound = f"sine=frequency=330:sample_rate=48000:duration={SEGMENTS}"
        coded = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "15", "-bf", "0", "-pix_fmt", "yuv420p"]
        cut = [
            "-f",
            "hls",
            "-hls_time",
            "1",
            "-hls_list_size",
            "0",
            "-hls_segment_filename",
            "%d.ts",
            "all.m3u8",
        ]
        command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
        subprocess.run([*command, *coded, "-c:a", "aac", *cut], cwd=folder, check=True, timeout=120)

    def begin(self, page: Page) -> None:
        self.started, self.first = time.time(), -1
        self.notes.clear()
        page.route("**/media/streams/**", self.answer)

    def note(self, track_id: int, revision: int) -> int:
        """In what the browser has not loaded yet; returns in which segment."""
        mark = {"dreamkast": 1, "track": track_id, "revision": revision, "talk": 1, "event": 1}
        number = self.newest() + 1
        self.notes[number] = json.dumps(mark)
        return number

    def time_of(self, number: int) -> float:
        """When the browser's element reaches a segment: its time begins with the first it was offered."""
        return float(number - self.first)

    def newest(self) -> int:
        return min(WINDOW - 1 + int(time.time() - self.started), SEGMENTS - 1)

    def answer(self, route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name.endswith(".m3u8"):
            kind, body = "application/vnd.apple.mpegurl", self.playlist().encode()
        else:
            kind, body = "video/mp2t", self.segment(int(name.removesuffix(".ts")))
        route.fulfill(body=body, content_type=kind)

    def playlist(self) -> str:
        newest = self.newest()
        first = newest - WINDOW + 1
        self.first = first if self.first < 0 else self.first
        made = datetime.fromtimestamp(self.started + first - WINDOW - AGE_SECONDS, UTC)
        head = ["#EXTM3U", "#EXT-X-VERSION:6", "#EXT-X-TARGETDURATION:1", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
        date = f"#EXT-X-PROGRAM-DATE-TIME:{made.isoformat(timespec='milliseconds')}"
        parts = [f"#EXTINF:1.0,\n{number}.ts" for number in range(first, newest + 1)]
        return "\n".join([*head, date, *parts, ""])

    def segment(self, number: int) -> bytes:
        return with_note((self.folder / f"{number}.ts").read_bytes(), self.notes.get(number))


def with_note(segment: bytes, text: str | None) -> bytes:
    """The segment with the stream of notes in its table, and with one note when there is a text."""
    packets = [segment[place : place + PACKET] for place in range(0, len(segment), PACKET)]
    pts = next(stamp for packet in packets if (stamp := _stamp(packet)) is not None)
    made: list[bytes] = []
    for packet in packets:
        is_table = _pid(packet) == PMT_PID
        made.append(_with_notes_listed(packet) if is_table else packet)
        if is_table and text is not None:
            made.append(_note(text, pts))
            text = None
    return b"".join(made)


def _pid(packet: bytes) -> int:
    return (packet[1] & 0x1F) << 8 | packet[2]


def _stamp(packet: bytes) -> bytes | None:
    """The five bytes of the time at which the first picture is shown."""
    begins = packet[1] & 0x40
    place = 4 + (1 + packet[4] if packet[3] & 0x20 else 0)
    if not begins or packet[place : place + 4] != b"\0\0\1\xe0" or not packet[place + 7] & 0x80:
        return None
    return packet[place + 9 : place + 14]


def _with_notes_listed(packet: bytes) -> bytes:
    start = 5
    length = (packet[start + 1] & 0x0F) << 8 | packet[start + 2]
    section = packet[start : start + 3 + length - 4]
    added = bytes([0x15, 0xE0 | NOTE_PID >> 8, NOTE_PID & 0xFF, 0xF0, 0x00])
    grown = length + len(added)
    section = section[:1] + bytes([0xB0 | grown >> 8, grown & 0xFF]) + section[3:] + added
    table = packet[:start] + section + _checksum(section)
    return table.ljust(PACKET, b"\xff")


def _checksum(section: bytes) -> bytes:
    """CRC-32/MPEG-2."""
    value = 0xFFFFFFFF
    for byte in section:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value.to_bytes(4, "big")


def _note(text: str, pts: bytes) -> bytes:
    """One packet: a private stream with the time of the first picture and an ID3 text in it."""
    said = b"\x03" + b"\0" + text.encode() + b"\0"
    frame = b"TXXX" + _seven_bits(len(said)) + b"\0\0" + said
    tag = b"ID3\x04\0\0" + _seven_bits(len(frame)) + frame
    stamp = bytes([0x20 | pts[0] & 0x0F]) + pts[1:]
    body = bytes([0x84, 0x80, 5]) + stamp + tag
    sent = b"\0\0\1\xbd" + len(body).to_bytes(2, "big") + body
    spare = PACKET - 4 - 2 - len(sent)
    assert spare >= 0, "the note is too long for one packet"
    head = bytes([0x47, 0x40 | NOTE_PID >> 8, NOTE_PID & 0xFF, 0x30])
    return head + bytes([1 + spare, 0]) + b"\xff" * spare + sent


def _seven_bits(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))
