"""A websocket that only listens: one small object per viewer, without an ASGI task, scope or queue.

It takes frames that are already encoded. What a client says is rare and short; a message that is not
is read by `websockets`, whose machine is made for the first such message and not before.
"""

import asyncio
import logging
import struct
from base64 import b64encode
from hashlib import sha1
from time import monotonic
from typing import Any, Protocol

from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.utils import apply_mask

from dreamkast.lib.sockets import EMPTY, FULL, Frame, farewell

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
LARGEST_MESSAGE, CLOSE_SECONDS = 65_536, 10.0
BROKEN, INVALID_TEXT, RESTARTING = 1002, 1007, 1012
# Who leaves so many pings unanswered is gone.
PINGS = 2
logger = logging.getLogger(__name__)


def welcome(key: bytes) -> bytes:
    """The answer to a handshake with this key."""
    accept = b64encode(sha1(key + GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


class Listener(Protocol):
    """What a ready socket tells of itself."""

    def entered(self, socket: "ReadySocket") -> None: ...
    def heard(self, socket: "ReadySocket", text: str | None) -> None: ...
    def left(self, socket: "ReadySocket") -> None: ...


class ReadySocket(asyncio.Protocol):
    __slots__ = (
        "_connections", "_held", "_listener", "_reader", "_transport", "event_id", "is_closing",
        "lagging_since", "topics", "unanswered", "user_id", "watching", "wishes",
    )  # fmt: skip

    def __init__(self, listener: Listener, event_id: int, user_id: int | None) -> None:
        self.event_id, self.user_id = event_id, user_id
        self.watching: int | None = None
        self.topics: dict[str, str] = {}
        self.lagging_since: float | None = None
        # What it has said while something was looked up; None when nothing is.
        self.wishes: list[Any] | None = None
        self.unanswered = 0
        self.is_closing = False
        self._listener = listener
        self._held: list[Frame] | None = []
        self._reader: MessageReader | None = None

    def begin(self, transport: asyncio.Transport, key: bytes, connections: set[Any]) -> None:
        """Answer the handshake, and be known to the server so that it can say good-bye."""
        self._transport, self._connections = transport, connections
        connections.add(self)
        transport.write(welcome(key))
        self._listener.entered(self)

    # What the hub does with it

    def open(self, state: Frame) -> None:
        """Send the whole state as the first frame, then what came in while it was made."""
        held, self._held = self._held or (), None
        self.push(state)
        for frame in held:
            if not frame.is_told_by(state):
                self.push(frame)

    def push(self, frame: Frame) -> None:
        """Send the frame, or mark the socket as lagging when its buffer is full. It waits for `open`."""
        if self._held is not None:
            self._held.append(frame)
        elif self.lagging_since is None and not self.is_closing:
            if self._transport.get_write_buffer_size() > FULL:
                self.lagging_since = monotonic()
            else:
                self._transport.write(frame.wire)

    def catch_up(self, frame: Frame) -> bool:
        """Send the newest state to a lagging socket that has room again."""
        if self._transport.get_write_buffer_size() > EMPTY:
            return False
        self.lagging_since = None
        self.push(frame)
        return True

    def close(self, code: int) -> None:
        """Say why, and wait a moment for the answer."""
        if not self.is_closing:
            self._say_close(struct.pack("!H", code))
            asyncio.get_running_loop().call_later(CLOSE_SECONDS, self._transport.close)

    def abort(self) -> None:
        """End the connection at once; what it has not read is dropped."""
        self.is_closing = True
        self._transport.abort()

    def ping(self) -> None:
        """Ask for a sign of life; who has not answered the last two is ended."""
        if self.unanswered == PINGS:
            self.abort()
        elif not self.is_closing:
            self.unanswered += 1
            if self.lagging_since is None:
                self._transport.write(PING)

    # What the server does with it

    def shutdown(self) -> None:
        """The process ends: say when to come back, then close."""
        if not self.is_closing:
            self._transport.write(farewell(len(self._connections)))
            self._say_close(struct.pack("!H", RESTARTING))
        self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.is_closing = True
        self._connections.discard(self)
        self._listener.left(self)

    def pause_reading(self) -> None:
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self.is_closing:
            self._transport.resume_reading()

    def data_received(self, received: bytes) -> None:
        self.unanswered = 0
        message = short_message(received) if self._reader is None else None
        if message is not None:
            self._read(*message)
            return
        self._reader = self._reader or MessageReader()
        for opcode, payload in self._reader.feed(received):
            self._read(opcode, payload)
        if self._reader.failure is not None and not self.is_closing:
            self._end_with(struct.pack("!H", self._reader.failure))

    def _read(self, opcode: int, payload: bytes) -> None:
        if opcode == Opcode.CLOSE:
            self._end_with(payload[:2])
        elif self.is_closing or opcode == Opcode.PONG:
            pass
        elif opcode == Opcode.PING:
            self._transport.write(wire(Opcode.PONG, payload))
        else:
            self._hear(opcode, payload)

    def _hear(self, opcode: int, payload: bytes) -> None:
        try:
            text = payload.decode() if opcode == Opcode.TEXT else None
        except UnicodeDecodeError:
            self._end_with(struct.pack("!H", INVALID_TEXT))
        else:
            self._listener.heard(self, text)

    def _end_with(self, reason: bytes) -> None:
        if not self.is_closing:
            self._say_close(reason)
        self._transport.close()

    def _say_close(self, reason: bytes) -> None:
        self.is_closing = True
        self._transport.write(wire(Opcode.CLOSE, reason))


def wire(opcode: Opcode, payload: bytes) -> bytes:
    return WireFrame(opcode, payload).serialize(mask=False)


PING = wire(Opcode.PING, b"")


def short_message(received: bytes) -> tuple[int, bytes] | None:
    """Opcode and payload of what is exactly one whole short frame; None for everything else."""
    if len(received) < 6 or received[0] not in WHOLE_FRAMES or not received[1] & 0x80:
        return None
    length = received[1] & 0x7F
    if length > 125 or len(received) != 6 + length:
        return None
    return received[0] & 0x0F, bytes(apply_mask(received[6:], received[2:6]))


# Final frames of these kinds, without an extension's bits.
WHOLE_FRAMES = {0x80 | kind for kind in (Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE, Opcode.PING, Opcode.PONG)}


class MessageReader:
    """Reads frames of every lawful shape, however they are cut."""

    def __init__(self) -> None:
        self._machine = ServerProtocol(state=State.OPEN, max_size=LARGEST_MESSAGE, logger=logger)
        self._kind, self._parts = Opcode.TEXT, list[bytes]()

    @property
    def failure(self) -> int | None:
        """The close code that says what was wrong, if anything was."""
        broken = self._machine.parser_exc is not None
        return (self._machine.close_sent.code if self._machine.close_sent else BROKEN) if broken else None

    def feed(self, received: bytes) -> list[tuple[int, bytes]]:
        """The messages that are complete now."""
        self._machine.receive_data(received)
        # Its answers are thrown away: the socket gives its own.
        self._machine.data_to_send()
        frames = [event for event in self._machine.events_received() if isinstance(event, WireFrame)]
        return [message for frame in frames if (message := self._whole(frame))]

    def _whole(self, frame: WireFrame) -> tuple[int, bytes] | None:
        if frame.opcode not in (Opcode.CONT, Opcode.TEXT, Opcode.BINARY):
            return frame.opcode, bytes(frame.data)
        if frame.opcode != Opcode.CONT:
            self._kind, self._parts = frame.opcode, []
        self._parts.append(bytes(frame.data))
        return (self._kind, b"".join(self._parts)) if frame.fin else None
