"""The anchor: nothing but handshakes and one write per socket of a frame that is made once.

python -m tests.bench.fanout.raw_server PORT REDIS_URL
"""

import asyncio
import sys
from typing import Any

import redis.asyncio
import uvloop

from dreamkast.lib.ready_socket import welcome
from dreamkast.lib.sockets import Frame

GROUP = "bench"
transports: set[asyncio.Transport] = set()


class Bare(asyncio.Protocol):
    def connection_made(self, transport: Any) -> None:
        self.transport, self.head = transport, b""

    def data_received(self, data: bytes) -> None:
        if self.transport in transports:
            return
        self.head += data
        if b"\r\n\r\n" in self.head:
            key = self.head.split(b"Sec-WebSocket-Key: ")[1].split(b"\r\n")[0]
            self.transport.write(welcome(key))
            transports.add(self.transport)
            self.head = b""

    def connection_lost(self, error: Exception | None) -> None:
        transports.discard(self.transport)


async def serve(port: int, url: str) -> None:
    server = await asyncio.get_running_loop().create_server(Bare, "127.0.0.1", port, backlog=2048)
    async with server, redis.asyncio.from_url(url) as client, client.pubsub() as listener:
        await listener.subscribe(GROUP)
        async for message in listener.listen():
            if message["type"] == "message":
                wire = Frame(message["data"].decode()).wire
                for transport in transports:
                    transport.write(wire)


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), sys.argv[2]))
