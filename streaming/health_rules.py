"""What the last answers about a picture are worth now: values only, no clock, no database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from streaming.enums import PictureHealth

# Five looks in vain, and twice the longest pause after some errors.
FRESH_ON_AIR, FRESH = timedelta(seconds=15), timedelta(seconds=40)


class Condition(StrEnum):
    """How a picture is, in the words of the control room."""

    HEALTHY = "healthy"
    WARNED = "warned"
    STARVING = "starving"
    NO_PICTURE = "no_picture"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Heard:
    """The last answers, and when they were heard."""

    input_lost: bool | None
    is_live: bool | None
    health: str
    has_alerts: bool
    seen_at: datetime | None


def is_fresh(heard: Heard, now: datetime, *, is_on_air: bool) -> bool:
    limit = FRESH_ON_AIR if is_on_air else FRESH
    return heard.seen_at is not None and now - heard.seen_at <= limit


def condition(heard: Heard, now: datetime, *, is_on_air: bool) -> Condition:
    """An old answer is no answer."""
    if not is_fresh(heard, now, is_on_air=is_on_air):
        return Condition.UNKNOWN
    if heard.input_lost or heard.is_live is False:
        return Condition.NO_PICTURE
    if heard.health == PictureHealth.STARVING:
        return Condition.STARVING
    if heard.has_alerts:
        return Condition.WARNED
    return Condition.HEALTHY if heard.health == PictureHealth.HEALTHY else Condition.UNKNOWN
