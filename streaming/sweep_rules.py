"""What becomes of something in the cloud that no row knows: values only, no cloud, no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A worker may have made it a moment ago and not have written it down yet.
OLD_ENOUGH = timedelta(minutes=30)
SWEEPS_BEFORE_DELETION = 2


class Verdict(StrEnum):
    KEEP = "keep"
    WATCH = "watch"
    REPORT = "report"
    DELETE = "delete"


@dataclass(frozen=True)
class Stray:
    """How often and since when it was seen; `is_needed`: its track is on air or waits for it."""

    times: int
    first_seen_at: datetime
    made_at: datetime | None
    is_needed: bool


def verdict(stray: Stray, now: datetime, *, may_delete: bool) -> Verdict:
    """Deleted is only what two sweeps saw, is old enough and nobody needs, and only where that is allowed."""
    age = now - (stray.made_at or stray.first_seen_at)
    if stray.is_needed:
        return Verdict.KEEP
    if stray.times < SWEEPS_BEFORE_DELETION or age < OLD_ENOUGH:
        return Verdict.WATCH
    return Verdict.DELETE if may_delete else Verdict.REPORT
