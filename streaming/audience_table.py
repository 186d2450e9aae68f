"""How many watched each talk, as rows of a file with columns that stay."""

import csv
from typing import IO

from dreamkast.lib.spreadsheet import harmless
from streaming.selectors.audience import TalkAudience

COLUMNS = (
    "talk_id",
    "title",
    "track",
    "starts_at",
    "ends_at",
    "peak_viewers",
    "peak_at",
    "viewer_minutes",
    "people",
    "people_minutes",
)


def write_audience(rows: list[TalkAudience], file: IO[str]) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows(_row(row) for row in rows)


def _row(row: TalkAudience) -> list[str | int]:
    talk = row.talk
    track = harmless(talk.track.name) if talk.track else ""
    times = [moment.isoformat() if moment else "" for moment in (talk.starts_at, talk.ends_at)]
    counts = [row.peak, row.peak_at.isoformat(), row.minutes, row.people, row.people_minutes]
    return [talk.pk, harmless(talk.title), track, *times, *counts]
