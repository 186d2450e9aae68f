"""Cheap clients: thousands of readers on plain asyncio, and one keep-alive HTTP line per writer."""

import asyncio
import base64
import json
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

CSRF = "x" * 32
MARK = "sent at "


@dataclass
class Sightings:
    """What all readers together have seen. A frame is read once, however many readers got it."""

    delays: list[float] = field(default_factory=list)
    seen: Counter[int] = field(default_factory=Counter)
    frames: set[int] = field(default_factory=set)
    _read: dict[bytes, list[tuple[int, float]]] = field(default_factory=dict)

    def take(self, payload: bytes) -> None:
        now = time.monotonic()
        for number, sent_at in self._messages(payload):
            self.delays.append(now - sent_at)
            self.seen[number] += 1

    def _messages(self, payload: bytes) -> list[tuple[int, float]]:
        if payload not in self._read:
            frame = json.loads(payload)
            rows = frame["body"]["messages"] if frame["kind"] == "message.changed" else []
            self._read[payload] = [(row["id"], float(row["body"].removeprefix(MARK))) for row in rows]
            if rows:
                self.frames.add(frame["revision"])
        return self._read[payload]


class Reader(asyncio.Protocol):
    """A viewer in a room, from the handshake on. It answers pings and reads everything."""

    def __init__(self, path: str, port: int, track: int, sightings: Sightings) -> None:
        self.path, self.port, self.track, self.sightings = path, port, track, sightings
        self.joined = asyncio.get_running_loop().create_future()
        self.rest, self.is_open, self.is_lost = b"", False, False

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        transport.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    def data_received(self, data: bytes) -> None:
        self.rest += data
        if not self.is_open:
            head, end, self.rest = self.rest.partition(b"\r\n\r\n")
            if not end:
                self.rest = head
                return
            self.is_open = head.startswith(b"HTTP/1.1 101")
        while (frame := self._next()) is not None:
            self._got(*frame)

    def _next(self) -> tuple[int, bytes] | None:
        """One frame: from the server they are unmasked and whole."""
        if len(self.rest) < 2:
            return None
        size, start = self.rest[1] & 127, 2
        if size >= 126:
            start = 4 if size == 126 else 10
            size = int.from_bytes(self.rest[2:start], "big")
        if len(self.rest) < start + size:
            return None
        code, payload = self.rest[0] & 15, self.rest[start : start + size]
        self.rest = self.rest[start + size :]
        return code, payload

    def _got(self, code: int, payload: bytes) -> None:
        if code == 9:
            self._send(10, payload)
        elif code == 1 and not self.joined.done():
            self._send(1, json.dumps({"room": self.track}).encode())
            self.joined.set_result(True)
        elif code == 1 and b'"message.' in payload[:40]:
            self.sightings.take(payload)

    def _send(self, code: int, payload: bytes) -> None:
        self.transport.write(bytes([128 | code, 128 | len(payload)]) + b"\0\0\0\0" + payload)

    def connection_lost(self, error: Exception | None) -> None:
        self.is_lost = True
        if not self.joined.done():
            self.joined.set_exception(ConnectionError("The socket was closed."))


class Line:
    """One keep-alive HTTP connection with a person's cookies."""

    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.session, self.used_at = port, session, 0.0
        self.turn = asyncio.Lock()
        self.pipes: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> int:
        """The status. One question after the other, as on a browser's line."""
        async with self.turn:
            return await self._ask(method, path, body)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> int:
        reader, writer = await self._open()
        text = json.dumps(body).encode() if body is not None else b""
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Cookie: sessionid={self.session}; csrftoken={CSRF}",
            f"X-CSRFToken: {CSRF}",
            "Content-Type: application/json",
            f"Content-Length: {len(text)}",
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + text)
        head = await reader.readuntil(b"\r\n\r\n")
        size = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(size.split(b":")[1]))
        self.used_at = time.monotonic()
        return int(head.split(b" ", 2)[1])

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A line that has rested is opened anew: the server may be about to close it."""
        if time.monotonic() - self.used_at > 2:
            self.close()
        self.pipes = self.pipes or await asyncio.open_connection("127.0.0.1", self.port)
        return self.pipes

    def close(self) -> None:
        if self.pipes:
            self.pipes[1].close()
            self.pipes = None
