"""The ASGI lifespan: what a server process starts and stops around its requests."""

from collections.abc import Awaitable, Callable
from typing import Any

Hook = Callable[[], Awaitable[None]]


class Lifespan:
    def __init__(self, start: Hook, stop: Hook) -> None:
        self._hooks = {"lifespan.startup": start, "lifespan.shutdown": stop}

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        for _ in self._hooks:
            message = await receive()
            await self._hooks[message["type"]]()
            await send({"type": f"{message['type']}.complete"})
