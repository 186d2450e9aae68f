"""How fast one person may write. Values alone, no query.

`next_at` is the moment up to which the person's messages are paid for, one interval each. Whoever is further
ahead than the burst allows waits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Pace:
    interval: timedelta
    burst: int

    @property
    def ahead(self) -> timedelta:
        return self.interval * (self.burst - 1)


USUAL = Pace(timedelta(seconds=2), 5)


def pace_of(slow_seconds: int) -> Pace:
    """Slow mode leaves no burst."""
    return Pace(timedelta(seconds=slow_seconds), 1) if slow_seconds else USUAL


def wait(next_at: datetime | None, now: datetime, pace: Pace) -> float:
    """Seconds until the next message may come; 0 when it may come now."""
    if next_at is None:
        return 0.0
    return max(0.0, (next_at - pace.ahead - now).total_seconds())


def after_one(next_at: datetime | None, now: datetime, pace: Pace) -> datetime:
    return max(next_at or now, now) + pace.interval
