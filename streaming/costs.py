"""What running streams cost: values only. Rates are list prices an hour and stand in the settings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from streaming.enums import GatewayName

HD_LINES = 720
# MediaLive bills by the minute, ten at least.
LEAST = timedelta(minutes=10)
Rates = Mapping[str, Decimal]


@dataclass(frozen=True)
class Ran:
    """One time that a stream ran, with so many inputs to push to; `until` is None while it still does."""

    gateway: str
    since: datetime
    until: datetime | None
    inputs: int = 1


def rate_of(gateway: str, rates: Rates, ladder: Iterable[tuple[int, int]], inputs: int = 1) -> Decimal:
    """US dollars an hour of running; what is not billed by the hour costs nothing here.

    Every input that can be pushed to is billed, also one that waits.
    """
    if gateway == GatewayName.IVS:
        return rates["ivs_input"]
    if gateway != GatewayName.MEDIALIVE:
        return Decimal(0)
    heights = [lines for lines, _ in ladder]
    # Each output is billed, also the copy of the best one that goes to IVS.
    outputs = [_output(lines, rates) for lines in [*heights, max(heights)]]
    return rates["medialive_input"] * inputs + sum(outputs, Decimal(0)) + rates["ivs_input"]


def _output(lines: int, rates: Rates) -> Decimal:
    return rates["hd_output" if lines >= HD_LINES else "sd_output"]


def cost_of(
    ran: Iterable[Ran], start: datetime, end: datetime, rates: Rates, ladder: Iterable[tuple[int, int]]
) -> Decimal:
    """US dollars for what ran between two moments, with the least that is billed for each time."""
    steps = list(ladder)
    parts = (_billed(one, start, end) * rate_of(one.gateway, rates, steps, one.inputs) for one in ran)
    total = sum(parts, Decimal(0))
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _billed(ran: Ran, start: datetime, end: datetime) -> Decimal:
    """Hours within the window. The least counts on the day on which it began."""
    until = ran.until or end
    if ran.since >= start:
        until = max(until, ran.since + LEAST)
    inside = min(until, end) - max(ran.since, start)
    return Decimal(max(0.0, inside.total_seconds())) / 3600
