"""When a stream that nobody needs any more is stopped: values only, no clock, no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A longer pause than this between two talks is the end of the day.
LONGEST_PAUSE = timedelta(hours=3)
# People test before the first talk and clear up after the last one.
HOURS_BEFORE, HOURS_AFTER = timedelta(hours=4), timedelta(hours=3)
WARNING = timedelta(minutes=15)
KEEP = timedelta(hours=2)


@dataclass(frozen=True)
class Times:
    """Of a running stream: when it started, the last talk's end before now, the next one's start after it."""

    since: datetime
    last_end: datetime | None
    next_start: datetime | None
    keep_until: datetime | None


def stop_at(times: Times, now: datetime, after: timedelta) -> datetime | None:
    """The moment to stop at, or None: a talk runs or follows soon, none was yet, or it is switched off."""
    if not after or times.last_end is None:
        return None
    if times.next_start and times.next_start - now <= LONGEST_PAUSE:
        return None
    # Who starts it after the last talk has a reason; it gets the same time from then.
    base = max(times.last_end, times.since) + after
    return max(base, times.keep_until) if times.keep_until else base


def is_outside_hours(times: Times, now: datetime) -> bool:
    """Whether no talk is near: something that runs now most likely was forgotten."""
    is_after = times.last_end is None or now - times.last_end > HOURS_AFTER
    is_before = times.next_start is None or times.next_start - now > HOURS_BEFORE
    return is_after and is_before
