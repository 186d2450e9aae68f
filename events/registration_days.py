"""Registrations by day, as numbers and as the bars of a picture."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from events.models import Event

# Of the picture, in its own units.
WIDTH, HEIGHT, GAP = 600, 120, 1
MOST_BARS = 60


@dataclass(frozen=True)
class Bar:
    """One day: how many registered, how many in all by its end, and where it stands in the picture."""

    day: date
    count: int
    total: int
    x: float
    y: float
    width: float
    height: float


def registration_bars(event: Event) -> list[Bar]:
    """The last sixty days at most, from the first registration on, without holes. Two queries."""
    counts = registrations_by_day(event)
    if not counts:
        return []
    first, last = min(counts), max(counts)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return _bars(days, counts)


def registrations_by_day(event: Event) -> Counter[date]:
    """Those that are there by the day they were made, and the counts of those that were deleted since."""
    day = TruncDate("created_at", tzinfo=event.zone)
    there = event.registrations.order_by().annotate(day=day).values_list("day").annotate(Count("pk"))
    counts = Counter(dict(there))
    for kept in event.registration_counts.all():
        counts[kept.date] += kept.online + kept.on_site
    return counts


def _bars(days: list[date], counts: Counter[date]) -> list[Bar]:
    shown, most = days[-MOST_BARS:], max(counts.values())
    width = WIDTH / max(len(shown), 14)
    total = sum(counts[day] for day in days[:-MOST_BARS])
    bars = []
    for place, day in enumerate(shown):
        total += counts[day]
        height = round(HEIGHT * counts[day] / most, 1)
        bars.append(
            Bar(day, counts[day], total, round(place * width, 1), HEIGHT - height, width - GAP, height)
        )
    return bars
