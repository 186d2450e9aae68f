"""How the picture of a track arrives, for those who direct."""

from datetime import datetime
from typing import Any

from events.live import moment
from streaming.enums import Card, GatewayName, Source
from streaming.health_rules import Condition, Heard, condition, is_fresh
from streaming.models import AutomaticSlate, OnAir, OnAirLog, Stream, StreamHealth
from streaming.states import Desired, Observed

# Of a track's row with these, nothing more is asked of the database.
RELATED = ("stream__health", "stream__automatic_slate")
OFF, ELSEWHERE = "off", "elsewhere"
UNHEARD = StreamHealth()
# Nobody asks of these how the picture is: an answer from before them is about another one.
GONE = {Observed.ABSENT, Observed.PARTIAL, Observed.CHANGING, Observed.STOPPING, Observed.FAILED}


def health_of(row: OnAir, last: OnAirLog | None, now: datetime) -> dict[str, Any] | None:
    """None without a stream. `last` is the track's last command; an old answer counts as none."""
    stream: Stream | None = getattr(row.track, "stream", None)
    if stream is None:
        return None
    health = getattr(stream, "health", UNHEARD)
    word = _word(stream, health, now, is_on_air=row.talk_id is not None)
    return {
        "condition": word,
        "seen_at": moment(health.seen_at) if word == Condition.UNKNOWN and health.seen_at else None,
        "viewers": health.viewers if word in _HEARD else None,
        "alerts": health.alerts if word in _HEARD else [],
        **_trouble(health, word),
        "slate": _slate(stream, row, last),
    }


_HEARD = {Condition.HEALTHY, Condition.WARNED, Condition.STARVING, Condition.NO_PICTURE}


def is_known(health: StreamHealth, now: datetime) -> bool:
    """Whether the last answer is young enough to say something."""
    row: OnAir | None = getattr(health.stream.track, "on_air", None)
    is_on_air = row is not None and row.talk_id is not None
    return is_fresh(heard_of(health), now, is_on_air=is_on_air)


def is_made(stream: Stream) -> bool:
    """It is wanted, and what carries the picture is not known to be away."""
    return stream.desired == Desired.RUNNING and stream.observed not in GONE


def _word(stream: Stream, health: StreamHealth, now: datetime, *, is_on_air: bool) -> str:
    if not is_made(stream):
        return OFF
    if stream.gateway == GatewayName.EMBED:
        return ELSEWHERE
    return condition(heard_of(health), now, is_on_air=is_on_air)


def heard_of(health: StreamHealth) -> Heard:
    """What the row says, for the rules."""
    return Heard(
        input_lost=health.input_lost,
        is_live=health.is_live,
        health=health.health,
        has_alerts=bool(health.alerts),
        seen_at=health.seen_at,
    )


def _trouble(health: StreamHealth, word: str) -> dict[str, str]:
    if word in {OFF, ELSEWHERE}:
        return {"error": "", "fault": "", "fault_subject": ""}
    error = health.error.partition("\n")[0][:200]
    return {"error": error, "fault": health.fault, "fault_subject": health.fault_subject}


def _slate(stream: Stream, row: OnAir, last: OnAirLog | None) -> dict[str, Any]:
    slate: AutomaticSlate | None = getattr(stream, "automatic_slate", None)
    is_own = last is not None and last.source == Source.HEALTH and last.to_card == Card.TECHNICAL
    return {
        "is_automatic": slate is not None and slate.is_automatic,
        "is_up": is_own and row.card == Card.TECHNICAL,
        "lost_since": moment(slate.lost_since) if slate and slate.lost_since else None,
    }
