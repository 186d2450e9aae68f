"""Whom to ask about a picture in this moment: values only, no clock, no database.

AWS takes 5 calls a second of each kind. Tracks on air come first, who has waited longest first among equals,
and nobody waits for ever.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from streaming.enums import GatewayName

# One below what AWS allows: other parts of the site ask too.
MOST_A_SECOND = 4
SECOND = timedelta(seconds=1)
ON_AIR, OTHERS = timedelta(seconds=2), timedelta(seconds=10)
# Who has waited as long comes before the tracks on air.
FORGOTTEN = timedelta(seconds=30)
LONGEST, LONGEST_ON_AIR = timedelta(seconds=60), timedelta(seconds=15)
# A question without an answer: its worker died, or the service is deaf. Asked anew at once, a deaf one would
# soon have every worker wait for it.
PATIENCE = timedelta(seconds=8)
# A tick that comes a moment early would else cost a whole one.
EARLY = timedelta(milliseconds=300)
CALLS = {
    GatewayName.IVS: frozenset({"ivs:GetStream"}),
    GatewayName.MEDIALIVE: frozenset({"medialive:ListAlerts", "ivs:GetStream"}),
}


@dataclass(frozen=True)
class Waiting:
    """A stream that is watched: when it was asked last and shall be asked next, and how often in vain."""

    id: int
    gateway: str
    is_on_air: bool
    asked_at: datetime | None
    next_at: datetime
    misses: int = 0
    is_asking: bool = False

    @property
    def calls(self) -> frozenset[str]:
        return CALLS.get(GatewayName(self.gateway), frozenset())

    @property
    def due_at(self) -> datetime:
        """A talk that went on air meanwhile makes it sooner, a message never denser than once a second."""
        if self.asked_at is None:
            return self.next_at
        if self.is_asking:
            return self.asked_at + PATIENCE
        soon = self.is_on_air and not self.misses
        wished = min(self.next_at, self.asked_at + ON_AIR) if soon else self.next_at
        return max(wished, self.asked_at + SECOND)


def pause(*, is_on_air: bool, misses: int) -> timedelta:
    """Until the next time; what answered with an error, or that it is asked too much, is asked less."""
    if is_on_air:
        return min(LONGEST_ON_AIR, ON_AIR * 2 ** min(misses, 8))
    return min(LONGEST, OTHERS * 2 ** min(misses, 8))


def to_ask(streams: Iterable[Waiting], now: datetime) -> list[Waiting]:
    """Those to ask now, the most urgent first."""
    everybody = list(streams)
    spent = Counter(call for one in everybody if _was_just_asked(one, now) for call in one.calls)
    chosen: list[Waiting] = []
    for one in sorted(everybody, key=lambda one: _urgency(one, now)):
        if one.due_at <= now + EARLY and all(spent[call] < MOST_A_SECOND for call in one.calls):
            spent.update(one.calls)
            chosen.append(one)
    return chosen


def _was_just_asked(one: Waiting, now: datetime) -> bool:
    return one.asked_at is not None and now - one.asked_at < SECOND


def _urgency(one: Waiting, now: datetime) -> tuple[int, datetime, int]:
    is_first = one.is_on_air or now - one.due_at >= FORGOTTEN
    return (0 if is_first else 1, one.due_at, one.id)
