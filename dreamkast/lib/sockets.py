"""One viewer's end of a process-wide hub."""

import asyncio
import random
from functools import cached_property, lru_cache
from time import monotonic
from typing import Any, Protocol

from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from dreamkast.lib.broadcast import encode

QUEUE_FRAMES = 100
# What may wait for a slow peer, and when it is thought to read again.
FULL, EMPTY = 256 * 1024, 16 * 1024
# How long those who are sent away wait at least, and over how much more they are spread for each of them.
# A client waits up to twice as long as it is told.
LEAST_MS, MS_PER_SOCKET, STEP_MS = 2_000, 1.6, 100


class Frame:
    """A text that goes to many sockets. Its websocket bytes are made once, whoever asks first."""

    def __init__(self, text: str, revision: int | None = None) -> None:
        self.text, self.revision = text, revision

    def is_told_by(self, state: "Frame") -> bool:
        """Whether a whole state says all that this frame says."""
        return None not in (self.revision, state.revision) and self.revision <= state.revision  # type: ignore[operator]

    @cached_property
    def wire(self) -> bytes:
        return WireFrame(Opcode.TEXT, self.text.encode()).serialize(mask=False)


def farewell(sockets: int) -> bytes:
    """The frame that asks one of so many viewers to come back later; each is told a time of its own."""
    steps = int(random.random() * sockets * MS_PER_SOCKET) // STEP_MS
    return _farewell(LEAST_MS + steps * STEP_MS)


@lru_cache(maxsize=512)
def _farewell(after_ms: int) -> bytes:
    return Frame(encode("reconnect", None, {"after_ms": after_ms})).wire


class Writer(Protocol):
    def write(self, wire: bytes) -> bool: ...
    def has_room(self) -> bool: ...
    def abort(self) -> None: ...


class Socket:
    """Takes frames without ever making the sender wait.

    With a writer (our uvicorn protocol) a frame is one write to the transport. Without one (tests,
    another server) a bounded queue feeds the consumer's own send. A peer that reads too slowly
    misses frames and is marked as lagging; the hub sends it the newest state once it has room.
    """

    def __init__(self, consumer: Any, writer: Writer | None, user_id: int | None = None) -> None:
        self.user_id = user_id
        self.watching: int | None = None
        # The group that it follows of each kind.
        self.topics: dict[str, str] = {}
        self.lagging_since: float | None = None
        self._consumer, self._writer = consumer, writer
        self._held: list[Frame] | None = []
        self._queue: asyncio.Queue[Frame] = asyncio.Queue(QUEUE_FRAMES)
        self._tasks = set() if writer else {asyncio.create_task(self._pump())}

    def open(self, state: Frame) -> None:
        """Send the whole state as the first frame, then what came in while it was made."""
        held, self._held = self._held or [], None
        for frame in [state, *(frame for frame in held if not frame.is_told_by(state))]:
            self.push(frame)

    def push(self, frame: Frame) -> None:
        """Send the frame, or mark the socket as lagging when its buffer is full. It waits for `open`."""
        if self._held is not None:
            self._held.append(frame)
        elif self.lagging_since is None and not self._offer(frame):
            self.lagging_since = monotonic()

    def catch_up(self, frame: Frame) -> bool:
        """Send the newest state to a lagging socket that has room again."""
        if not self._has_room() or not self._offer(frame):
            return False
        self.lagging_since = None
        return True

    def abort(self) -> None:
        if self._writer:
            self._writer.abort()
        else:
            self.close(1013)

    def close(self, code: int) -> None:
        task = asyncio.get_running_loop().create_task(self._consumer.close(code=code))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def end(self) -> None:
        """Stop feeding a socket that is gone."""
        for task in self._tasks:
            task.cancel()

    def _offer(self, frame: Frame) -> bool:
        if self._writer:
            return self._writer.write(frame.wire)
        if self._queue.full():
            return False
        self._queue.put_nowait(frame)
        return True

    def _has_room(self) -> bool:
        return self._writer.has_room() if self._writer else self._queue.empty()

    async def _pump(self) -> None:
        while True:
            frame = await self._queue.get()
            await self._consumer.send(text_data=frame.text)
