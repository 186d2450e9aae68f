"""When an input may be switched, and what follows from what the encoder says: values only, no clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# MediaLive's own limits for a fixed time; the way there takes some seconds too.
NOTICE, WAY, FARTHEST = timedelta(seconds=15), timedelta(seconds=5), timedelta(days=14)
# What is offered instead of a time that is too soon is still early enough after a moment's thought.
THOUGHT = timedelta(seconds=15)
# A switch "now" that comes after this is no help any more but a surprise.
STILL_NOW = timedelta(seconds=60)
# By then a switch that MediaLive took shows, or it never will.
SHOWS_WITHIN = timedelta(seconds=60)
# A repeat of a call may be under way for a while: until then its name must stay taken.
KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Due:
    """An accepted switch and the time from which it should show."""

    name: str
    since: datetime


def earliest(now: datetime) -> datetime:
    """The first time that the server takes."""
    return now + NOTICE + WAY


def offered(now: datetime) -> datetime:
    """A whole second that is still early enough when somebody presses again."""
    later = earliest(now) + THOUGHT
    return later.replace(microsecond=0) + timedelta(seconds=1 if later.microsecond else 0)


def latest(now: datetime) -> datetime:
    """The last time that the server takes."""
    return now + FARTHEST


def is_late(at: datetime | None, requested_at: datetime, now: datetime) -> bool:
    """Whether it must not be sent any more."""
    return now > requested_at + STILL_NOW if at is None else now > at - NOTICE


def can_be_cancelled(at: datetime | None, now: datetime) -> bool:
    """15 s before its time MediaLive hands a switch to the encoder."""
    return at is not None and now < at - NOTICE


def overtaken(due: Iterable[Due], active: str) -> set[str]:
    """The names of those that came before the active one; nobody saw them, and nobody will."""
    rows = list(due)
    since = next((one.since for one in rows if one.name == active), None)
    return {one.name for one in rows if since is not None and one.since <= since and one.name != active}
