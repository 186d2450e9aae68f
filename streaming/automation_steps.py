"""What the timetable wants on a track next. Pure: no database, no clock of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from streaming.enums import Card
from talks.models import Talk


@dataclass(frozen=True)
class Step:
    """Take a talk, or show a card, at a time."""

    due_at: datetime
    talk: Talk | None = None
    card: str = ""


def next_step(talks: Iterable[Talk], after: datetime) -> Step | None:
    """The first start later than `after` among a track's published talks; a break asks for its card."""
    coming = [talk for talk in talks if talk.starts_at is not None and talk.starts_at > after]
    if not coming:
        return None
    first = min(coming, key=lambda talk: (talk.starts_at, talk.is_break, talk.pk))
    assert first.starts_at is not None
    if first.is_break or first.do_not_stream:
        return Step(first.starts_at, card=Card.BREAK if first.is_break else Card.WAITING)
    return Step(first.starts_at, talk=first)
