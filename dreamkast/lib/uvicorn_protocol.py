"""uvicorn's protocols with two doors: for ready frames, and past ASGI for those who only listen."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from dreamkast.lib.ready_socket import ReadySocket
from dreamkast.lib.sockets import EMPTY, FULL, farewell

EXTENSION = "dreamkast.writer"
# Sixteen bytes in base64.
KEY = re.compile(rb"[A-Za-z0-9+/]{21}[AQgw]==")


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


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a door may ask of a lawful handshake."""

    path: str
    query: str
    origin: str | None


Door = Callable[[Handshake], ReadySocket | None]
_door: Door | None = None


def put_door(door: Door | None) -> None:
    """Ask `door` first of every websocket; what it does not know goes the common way, through ASGI."""
    global _door
    _door = door


class DoorProtocol(HttpToolsProtocol):
    """Hands a connection over to a ready socket when the door knows it."""

    def handle_websocket_upgrade(self) -> None:
        headers = dict(self.headers)
        key = headers.get(b"sec-websocket-key", b"")
        lawful = headers.get(b"sec-websocket-version") == b"13" and KEY.fullmatch(key)
        socket = _door(self._handshake(headers)) if _door is not None and lawful else None
        if socket is None:
            super().handle_websocket_upgrade()
            return
        self.connections.discard(self)
        self.transport.set_protocol(socket)
        socket.begin(self.transport, key, self.connections)
        # The parser holds us and we hold it: nobody needs either any more.
        del self.parser

    def _handshake(self, headers: dict[bytes, bytes]) -> Handshake:
        path, _, query = self.url.decode("latin-1").partition("?")
        origin = headers.get(b"origin")
        return Handshake(path, query, None if origin is None else origin.decode("latin-1"))
