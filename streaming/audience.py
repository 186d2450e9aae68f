"""What the hub gathers of the audience between two writes: seconds of each person, viewers of each minute."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from channels.db import database_sync_to_async
from django.db import Error as DatabaseError
from django.utils import timezone

from streaming.crowds import Crowd, Crowds
from streaming.selectors.audience import talks_in_sight
from streaming.services.audience import note_minute

logger = logging.getLogger(__name__)
MINUTE = 60
# What the database did not take for so long is given up.
MOST_WAITING = 10


@dataclass
class Minute:
    """One minute of the wall clock. Nobody watches for more than its sixty seconds."""

    number: int
    seconds: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[int, list[tuple[int | None, int]]] = field(default_factory=lambda: defaultdict(list))

    def watch(self, people: Iterable[int], talk: int, seconds: int) -> None:
        for person in people:
            self.seconds[person, talk] = min(MINUTE, self.seconds[person, talk] + seconds)

    def viewers(self) -> dict[int, tuple[int | None, int]]:
        """Of each track: the talk that was seen most, and the mean of the crowds."""
        return {track: (_commonest(looks), _mean(looks)) for track, looks in self.seen.items()}


def _commonest(looks: list[tuple[int | None, int]]) -> int | None:
    return Counter(talk for talk, _viewers in looks).most_common(1)[0][0]


def _mean(looks: list[tuple[int | None, int]]) -> int:
    return round(sum(viewers for _talk, viewers in looks) / len(looks))


class Audience:
    """Fed by the hub every few seconds; writes once a minute, and again until the database took it."""

    def __init__(self, now: Callable[[], datetime] = timezone.now) -> None:
        self._now = now
        self._minutes: list[Minute] = []

    async def note(self, mine: list[Crowds], totals: list[Crowds] | None, seconds: int) -> None:
        """`mine` are the viewers of this process, `totals` those of all, or None when nobody knows."""
        minute = self._minute()
        tracks = {track for crowds in [*mine, *(totals or [])] for track in crowds}
        talks = await database_sync_to_async(talks_in_sight)(tracks) if tracks else {}
        for track, crowd in _flat(mine):
            if talk := talks.get(track):
                minute.watch(crowd.people, talk, seconds)
        for track, crowd in _flat(totals or []):
            minute.seen[track].append((talks.get(track), len(crowd)))
        await self._write(self._minutes[:-1])

    async def close(self) -> None:
        """Write what the running minute holds; the process ends."""
        await self._write(self._minutes[:])

    def _minute(self) -> Minute:
        number = int(self._now().timestamp()) // MINUTE
        if not self._minutes or self._minutes[-1].number != number:
            self._minutes.append(Minute(number))
            del self._minutes[:-MOST_WAITING]
        return self._minutes[-1]

    async def _write(self, minutes: list[Minute]) -> None:
        for minute in minutes:
            try:
                await database_sync_to_async(note_minute)(minute.number, minute.seconds, minute.viewers())
            except DatabaseError:
                logger.warning("The viewers of a minute wait for the database.", exc_info=True)
                return
            self._minutes.remove(minute)


def _flat(of: list[Crowds]) -> Iterator[tuple[int, Crowd]]:
    return ((track, crowd) for crowds in of for track, crowd in crowds.items())
