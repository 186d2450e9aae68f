"""Many websocket clients in one process: epoll and bare sockets, so that the server is the limit.

Reads one JSON command a line, answers with one line each:
{"connect": n, "port", "path"}, {"await": revision, "seconds"}, {"report": true}
"""

import json
import select
import socket
import sys
import time
from collections import defaultdict
from typing import Any

WINDOW, CONNECT_SECONDS = 200, 120
REVISION = b'"revision":'
FLIP = b"on_air.changed"
PONG = b"\x8a\x80\0\0\0\0"


class Clients:
    def __init__(self) -> None:
        self.poll = select.epoll()
        self.lines: dict[int, socket.socket] = {}
        self.rest: dict[int, bytes] = {}
        self.shaking: dict[int, float] = {}
        self.last: dict[int, int] = defaultdict(int)
        self.arrivals: dict[int, list[float]] = defaultdict(list)
        self.frames = self.doubled = self.lost_lines = 0
        self.shakes: list[float] = []

    def connect(self, count: int, port: int, path: str) -> dict[str, Any]:
        """Open so many sockets, some hundred handshakes at a time."""
        begun, opened, end = time.monotonic(), 0, time.monotonic() + CONNECT_SECONDS
        request = self._request(port, path)
        while (opened < count or self.shaking) and time.monotonic() < end:
            while opened < count and len(self.shaking) < WINDOW:
                self._open(port, request, opened)
                opened += 1
            self.turn(0.5)
        seconds = time.monotonic() - begun
        return {"seconds": seconds, "open": len(self.lines) - len(self.shaking), "ms": _spread(self.shakes)}

    def _request(self, port: int, path: str) -> bytes:
        return (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        ).encode()

    def _open(self, port: int, request: bytes, number: int) -> None:
        line = socket.socket()
        # Some source addresses, so that ports do not run out.
        line.bind((f"127.0.0.{2 + number % 4}", 0))
        line.connect(("127.0.0.1", port))
        line.setblocking(False)
        line.send(request)
        self.lines[line.fileno()] = line
        self.shaking[line.fileno()] = time.monotonic()
        self.poll.register(line.fileno(), select.EPOLLIN)

    def turn(self, seconds: float) -> None:
        """Read whatever has come."""
        for number, _ in self.poll.poll(seconds, 4096):
            try:
                received = self.lines[number].recv(262_144)
            except BlockingIOError:
                continue
            except OSError:
                received = b""
            if received:
                self._read(number, received)
            else:
                self._end(number)

    def _end(self, number: int) -> None:
        self.lost_lines += 1
        self.poll.unregister(number)
        self.lines.pop(number).close()
        self.shaking.pop(number, None)

    def _read(self, number: int, received: bytes) -> None:
        now = time.monotonic()
        if self.rest:
            received = self.rest.pop(number, b"") + received
        if number in self.shaking:
            head, gap, received = received.partition(b"\r\n\r\n")
            if not gap:
                self.rest[number] = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head
            self.shakes.append(now - self.shaking.pop(number))
        place, size = 0, len(received)
        while size - place >= 2:
            length, start = received[place + 1], place + 2
            if length == 126 and size - place >= 4:
                length, start = int.from_bytes(received[start : start + 2], "big"), start + 2
            elif length == 127 and size - place >= 10:
                length, start = int.from_bytes(received[start : start + 8], "big"), start + 8
            elif length >= 126:
                break
            if size < start + length:
                break
            self._frame(number, received[place], received, start, start + length, now)
            place = start + length
        if place < size:
            self.rest[number] = received[place:]

    def _frame(self, number: int, first: int, received: bytes, start: int, end: int, now: float) -> None:
        if first == 0x89:
            self.lines[number].send(PONG)
            return
        self.frames += 1
        if received.find(FLIP, start, start + 60) < 0:
            return
        at = received.find(REVISION, start, end) + len(REVISION)
        revision = int(received[at : received.index(b",", at)])
        if revision <= self.last[number]:
            self.doubled += 1
        self.last[number] = revision
        self.arrivals[revision].append(now)

    def wait_for(self, revision: int, seconds: float) -> dict[str, Any]:
        """Until everybody has this flip, or so long."""
        end = time.monotonic() + seconds
        while len(self.arrivals[revision]) < len(self.lines) and time.monotonic() < end:
            self.turn(0.2)
        arrived = sorted(self.arrivals.pop(revision))
        ranks = {"first": 0, "p50": len(arrived) // 2, "p99": int(len(arrived) * 0.99), "last": -1}
        found = {name: arrived[rank] for name, rank in ranks.items()} if arrived else {}
        return {"arrived": len(arrived), "lost": len(self.lines) - len(arrived), **found}

    def report(self) -> dict[str, Any]:
        return {"frames": self.frames, "doubled": self.doubled, "ended": self.lost_lines}


def _spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds) or [float("nan")]
    return {name: 1000 * ordered[int(len(ordered) * part)] for name, part in (("p50", 0.5), ("p99", 0.99))}


def main() -> None:
    clients = Clients()
    for line in _between(clients):
        print(json.dumps(_answer(clients, json.loads(line))), flush=True)


def _between(clients: Clients) -> Any:
    """Commands as they come; the sockets are read meanwhile."""
    buffer = b""
    while True:
        ready, _, _ = select.select([sys.stdin.fileno(), clients.poll.fileno()], [], [])
        if clients.poll.fileno() in ready:
            clients.turn(0)
        if sys.stdin.fileno() in ready:
            more = sys.stdin.buffer.raw.read(4096)  # type: ignore[attr-defined]
            if not more:
                return
            buffer += more
            *lines, buffer = buffer.split(b"\n")
            yield from lines


def _answer(clients: Clients, command: dict[str, Any]) -> dict[str, Any]:
    if "connect" in command:
        return clients.connect(command["connect"], command["port"], command["path"])
    if "await" in command:
        return clients.wait_for(command["await"], command["seconds"])
    return clients.report()


if __name__ == "__main__":
    main()
