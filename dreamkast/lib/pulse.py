"""One timer for the pings of all ready sockets of a process."""

import asyncio
from typing import Protocol

ROUND_SECONDS, SLICES = 22.0, 22


class Pingable(Protocol):
    def ping(self) -> None: ...


class Pulse:
    """Pings everybody once in a round, a slice at a time: no news waits behind ten thousand pings."""

    def __init__(self) -> None:
        self._slices: list[set[Pingable]] = [set() for _ in range(SLICES)]
        self._next = 0
        self._timer: asyncio.TimerHandle | None = None

    def add(self, socket: Pingable) -> None:
        min(self._slices, key=len).add(socket)
        if self._timer is None:
            self._wait()

    def discard(self, socket: Pingable) -> None:
        for part in self._slices:
            part.discard(socket)

    def beat(self) -> None:
        """Ping the next slice."""
        for socket in tuple(self._slices[self._next]):
            socket.ping()
        self._next = (self._next + 1) % SLICES

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(ROUND_SECONDS / SLICES, self._tick)

    def _tick(self) -> None:
        self._timer = None
        self.beat()
        if any(self._slices):
            self._wait()
