"""How a server process of ours is run by uvicorn; the demo and the tests use it as it is."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from django.conf import settings

# deploy/worker.py gives the same to the workers of production.
OPTIONS: dict[str, Any] = {
    "loop": "uvloop",
    "http": "dreamkast.lib.uvicorn_protocol:DoorProtocol",
    "ws": "dreamkast.lib.uvicorn_protocol:WriterProtocol",
    "ws_ping_interval": 20.0,
    "ws_ping_timeout": 20.0,
    "ws_max_size": 65_536,
    "ws_per_message_deflate": False,
    "lifespan": "on",
    "timeout_graceful_shutdown": 6,
    "server_header": False,
}


class Server(uvicorn.Server):
    """Calls `ready` once the port is open and the application has started."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()


def serve(host: str, port: int, ready: Callable[[], None] = lambda: None) -> None:
    """Serve until SIGINT or SIGTERM; blocks."""
    module, _, name = settings.ASGI_APPLICATION.rpartition(".")
    config = uvicorn.Config(
        f"{module}:{name}", host=host, port=port, log_level="warning", access_log=False, **OPTIONS
    )
    # uvicorn has shut down already when it passes the signal on.
    with suppress(KeyboardInterrupt):
        Server(config, ready).run()
