"""One per web process: looks four times a second whether a room has changed, and tells it in one frame.

Once a second it also looks for what another process left behind, or one that is no web server.
"""

import asyncio
import logging
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async

from talks.discussion.chat_dirty import dirty_rooms
from talks.discussion.services.chat_sending import rooms_behind, send_changes, tell_counts

logger = logging.getLogger(__name__)
ROUND_SECONDS, SWEEP_ROUNDS, COUNT_ROUNDS = 0.25, 4, 20


class ChatCoalescer:
    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None
        self._rounds = 0

    def start(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(ROUND_SECONDS)
            try:
                await self.look()
            except Exception:  # The database may be away for a moment; what is to be told waits in its rows.
                logger.exception("A round of the chat failed.")

    async def look(self) -> None:
        """One round. Without a change and between two sweeps it asks nothing."""
        self._rounds += 1
        rooms = dirty_rooms.take()
        if self._rounds % SWEEP_ROUNDS == 0:
            rooms |= set(await database_sync_to_async(rooms_behind)())
        for room_id in sorted(rooms):
            if await database_sync_to_async(send_changes)(room_id=room_id):
                dirty_rooms.mark(room_id)
        if self._rounds % COUNT_ROUNDS == 0:
            await database_sync_to_async(tell_counts)()


_coalescers: WeakKeyDictionary[asyncio.AbstractEventLoop, ChatCoalescer] = WeakKeyDictionary()


def current_coalescer() -> ChatCoalescer:
    """The coalescer of the running loop, which is that of the process."""
    return _coalescers.setdefault(asyncio.get_running_loop(), ChatCoalescer())
