"""uvicorn's websocket protocol with a door for frames that are already encoded."""

from functools import lru_cache

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from dreamkast.lib.broadcast import encode
from dreamkast.lib.sockets import Frame

EXTENSION = "dreamkast.writer"
FULL, EMPTY = 256 * 1024, 16 * 1024
# How long those who are sent away wait at least, and how much longer for each socket of the process.
LEAST_MS, MS_PER_SOCKET = 2_000, 2


class TransportWriter:
    """Writes ready frames to one connection, without a task, a queue or an encoding of its own."""

    __slots__ = ("_protocol",)

    def __init__(self, protocol: WebSocketsSansIOProtocol) -> None:
        self._protocol = protocol

    def write(self, wire: bytes) -> bool:
        """Hand over one frame; False when the peer reads too slowly to take it (it is not kept)."""
        transport = self._protocol.transport
        if self._protocol.close_sent or transport.is_closing():
            return True
        if transport.get_write_buffer_size() > FULL:
            return False
        transport.write(wire)
        return True

    def has_room(self) -> bool:
        return self._protocol.transport.get_write_buffer_size() <= EMPTY

    def abort(self) -> None:
        """End the connection at once; what it has not read is dropped."""
        self._protocol.transport.abort()


@lru_cache(maxsize=8)
def farewell(sockets: int) -> bytes:
    """The frame that asks viewers to come back later; the more of them, the longer they spread out."""
    after_ms = max(LEAST_MS, sockets * MS_PER_SOCKET)
    return Frame(encode("reconnect", None, {"after_ms": after_ms})).wire


class WriterProtocol(WebSocketsSansIOProtocol):
    """ASGI shows no transport, so this puts a writer into `scope["extensions"]["dreamkast.writer"]`.

    A server that ends tells its sockets when to come back before it closes them.
    """

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if hasattr(self, "scope"):
            self.scope["extensions"][EXTENSION] = TransportWriter(self)  # type: ignore[assignment]

    def shutdown(self) -> None:
        if self.handshake_complete and not self.close_sent:
            self.transport.write(farewell(len(self.connections)))
        super().shutdown()
