"""Three proofs against the application as it is deployed, in plain words and figures.

    .venv/bin/python -m tests.bench.fanout.proofs [--viewers 1000] [--flips 100] [--mute-seconds 60]

1. A viewer that reads nothing costs the others nothing: time to the last viewer without and with one.
2. Each client cut for 2 s every 10 s while so many flips happen ends with the newest state, every change
   applied in order and none twice (by the rules of static/js/lib/state.js).
3. All come back within 15 s after their server is drained, by the wait that each is told.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from tests.bench.fanout.parts import Answerer, module
from tests.services.postgres import Postgres
from tests.services.process import Process
from tests.services.redis_server import RedisServer
from tests.services.site import Site
from tests.services.web import WebServer

REQUEST = (
    "GET /ws/events/demo HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nOrigin: http://127.0.0.1:{0}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
CUT_EVERY, CUT_FOR, BACK_SECONDS = 10.0, 2.0, 15.0


class Viewer:
    """The rules of state.js: not higher is ignored, a snapshot replaces, a jump is a gap."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.revision = self.gaps = self.turned_back = self.ignored = 0
        self.applied: list[int] = []
        self.track: tuple[int, str] | None = None
        self.writer: asyncio.StreamWriter | None = None
        self.told: int | None = None
        self.opened_at = 0.0

    async def listen(self) -> None:
        """From handshake to end of one socket."""
        reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            self.writer.write(REQUEST.format(self.port).encode())
            await reader.readuntil(b"\r\n\r\n")
            while True:
                await self._frame(reader)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self.writer.close()

    async def _frame(self, reader: asyncio.StreamReader) -> None:
        first, length = await reader.readexactly(2)
        if length >= 126:
            length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8), "big")
        payload = await reader.readexactly(length)
        if first & 15 == Opcode.TEXT:
            self.apply(json.loads(payload))
        elif first & 15 == Opcode.PING and self.writer:
            self.writer.write(WireFrame(Opcode.PONG, payload).serialize(mask=True))

    def apply(self, frame: dict[str, Any]) -> None:
        kind, revision, body = frame["kind"], frame["revision"], frame["body"]
        if kind == "live.snapshot":
            self.opened_at = self.opened_at or time.monotonic()
            if body["revision"] >= self.revision:
                self.revision = body["revision"]
                self._show(body["tracks"][0])
        elif kind == "reconnect":
            self.told = body["after_ms"]
        elif kind == "on_air.changed":
            if revision <= self.revision:
                self.ignored += 1
                return
            self.gaps += revision > self.revision + 1
            self.revision = revision
            self._show(body)

    def _show(self, track: dict[str, Any]) -> None:
        if self.track is None or track["revision"] != self.track[0]:
            self.applied.append(track["revision"])
        self.turned_back += self.track is not None and track["revision"] < self.track[0]
        self.track = (track["revision"], track["card"])

    async def watch_and_be_cut(self, until: asyncio.Event) -> None:
        while not until.is_set():
            listening = asyncio.create_task(self.listen())
            await asyncio.wait({listening}, timeout=random.uniform(0.5, 1) * (CUT_EVERY - CUT_FOR))
            if self.writer:
                self.writer.transport.abort()
            await listening
            await asyncio.sleep(CUT_FOR)


async def flips(driver: Answerer, count: int, pause: float) -> int:
    """The newest revision after so many."""
    revision = 0
    for _ in range(count):
        revision = (await asyncio.to_thread(driver.ask, {}))["revision"]
        await asyncio.sleep(pause)
    return revision


async def cut_clients(port: int, driver: Answerer, viewers: int, count: int) -> str:
    crowd, end = [Viewer(port) for _ in range(viewers)], asyncio.Event()
    cutting = [asyncio.create_task(viewer.watch_and_be_cut(end)) for viewer in crowd]
    await asyncio.sleep(3)
    newest = await flips(driver, count, 0.2)
    end.set()
    await asyncio.gather(*cutting)
    last = [asyncio.create_task(viewer.listen()) for viewer in crowd]
    for _ in range(300):
        if all(viewer.revision >= newest for viewer in crowd):
            break
        await asyncio.sleep(0.1)
    for task in last:
        task.cancel()
    await asyncio.gather(*last, return_exceptions=True)
    tracks = {viewer.track for viewer in crowd}
    return (
        f"cut clients: {viewers} viewers, {count} flips; behind at the end "
        f"{sum(viewer.revision < newest for viewer in crowd)}, different states {len(tracks) - 1}, "
        f"turned back {sum(viewer.turned_back for viewer in crowd)}, "
        f"applied twice {sum(len(viewer.applied) - len(set(viewer.applied)) for viewer in crowd)} "
        f"({sum(viewer.ignored for viewer in crowd)} old frames ignored), "
        f"gaps {sum(viewer.gaps for viewer in crowd)}"
    )


def mute_reader(port: int, driver: Answerer, viewers: int, env: dict[str, str], seconds: float) -> str:
    clients = Answerer(module("client"), env)
    clients.ask({"connect": viewers, "port": port, "path": "/ws/events/demo"})
    without = [_last(driver, clients) for _ in range(15)]
    mute = socket.socket()
    mute.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    mute.connect(("127.0.0.1", port))
    mute.send(REQUEST.format(port).encode())
    end, beside = time.monotonic() + seconds, list[float]()
    while time.monotonic() < end:
        beside.append(_last(driver, clients))
        time.sleep(0.2)
    told = clients.ask({})
    mute.close()
    clients.end()
    return (
        f"mute reader: {viewers} viewers, last viewer {statistics.median(without):.0f} ms without and "
        f"{statistics.median(beside):.0f} ms beside one that reads nothing for {seconds:.0f} s "
        f"({len(beside)} flips), doubled {told['doubled']}, ended {told['ended']}"
    )


def _last(driver: Answerer, clients: Answerer) -> float:
    said = driver.ask({})
    heard = clients.ask({"await": said["revision"], "seconds": 20})
    assert heard["lost"] == 0, heard
    return float(1000 * (heard["last"] - said["sent"]))


async def drained(site: Site, viewers: int) -> str:
    leaving, staying = site.another_web_server(), site.another_web_server()
    for web in (leaving, staying):
        await asyncio.to_thread(web.start, 60)
    crowd = [Viewer(leaving.port) for _ in range(viewers)]
    listening = [asyncio.create_task(viewer.listen()) for viewer in crowd]
    while not all(viewer.opened_at for viewer in crowd):
        await asyncio.sleep(0.2)
    told_at = time.monotonic()
    leaving.process.signal(signal.SIGTERM)
    await asyncio.gather(*listening)
    back = [asyncio.create_task(_come_back(viewer, staying, told_at)) for viewer in crowd]
    seconds = sorted([await one for one in back])
    await asyncio.to_thread(staying.stop)
    await asyncio.to_thread(leaving.stop)
    busiest = max(Counter(int(one) for one in seconds).values())
    late = sum(one > BACK_SECONDS for one in seconds)
    return (
        f"drain: {viewers} viewers back after {seconds[0]:.1f} to {seconds[-1]:.1f} s, median "
        f"{statistics.median(seconds):.1f} s, {late} later than {BACK_SECONDS:.0f} s; "
        f"busiest second {busiest}"
    )


async def _come_back(viewer: Viewer, web: WebServer, told_at: float) -> float:
    """By the rule of socket.js: between once and twice as long as it was told."""
    assert viewer.told is not None
    wait = viewer.told / 1000 * (1 + random.random())
    await asyncio.sleep(max(0.0, told_at + wait - time.monotonic()))
    viewer.port, viewer.opened_at = web.port, 0.0
    task = asyncio.create_task(viewer.listen())
    while not viewer.opened_at:
        await asyncio.sleep(0.05)
    seconds = viewer.opened_at - told_at
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--viewers", type=int, default=1000)
    parser.add_argument("--flips", type=int, default=100)
    parser.add_argument("--mute-seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fanout-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres, redis = Postgres(folder), RedisServer(folder)
        try:
            redis.start()
            postgres.start()
            site = Site(folder, postgres.create_database("fanout"), redis)
            site.manage("migrate", "--verbosity", "0")
            site.manage("seed_demo")
            prove(site, given)
        finally:
            for process in tuple(Process.alive):
                process.stop()
            postgres.stop()


def prove(site: Site, given: argparse.Namespace) -> None:
    print(f"load of the machine {os.getloadavg()[0]:.1f}", flush=True)
    site.web.start(60)
    driver = Answerer(module("driver", "ours", 0), site.env)
    driver.answer()
    try:
        port = site.web.port
        print(mute_reader(port, driver, given.viewers, site.env, given.mute_seconds), flush=True)
        print(asyncio.run(cut_clients(port, driver, given.viewers, given.flips)), flush=True)
        print(asyncio.run(drained(site, given.viewers)), flush=True)
    finally:
        driver.end()
        site.web.stop()


if __name__ == "__main__":
    main()
