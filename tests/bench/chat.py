"""One room with 3,000 readers: how long from a post to the readers, at rest, in slow mode and under a flood.

    .venv/bin/python -m tests.bench.chat [readers]

The web server has one core, the clients the other; PostgreSQL and Redis run wherever there is room. 20
messages a second come by HTTP from 200 registered people. The flood is 50 people who send twice a second and
are refused. The anchor is the empty page /livez, asked by eight lines at once in the same run. It ends by
itself within four minutes.
"""

import asyncio
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.chat_clients import MARK, Line, Reader, Sightings
from tests.services.postgres import Postgres
from tests.services.redis_server import RedisServer
from tests.services.site import Site

READERS, WRITERS, RATE, SECONDS = 3_000, 200, 20, 15
SPAMMERS, SPAM_RATE, SLOW_SECONDS, LONGEST = 50, 2, 5, 240
SLUG, TICKS = "bench", os.sysconf("SC_CLK_TCK")


def main() -> None:
    signal.alarm(LONGEST)
    # What was measured is told even when the time is up.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else READERS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres, redis = Postgres(folder), RedisServer(folder)
        postgres.start()
        redis.start()
        site = Site(folder, postgres.create_database("bench"), redis)
        try:
            site.manage("migrate", "--verbosity", "0")
            hall = site.run("tests.bench.chat_hall", slug=SLUG, people=WRITERS + SPAMMERS)
            start_on_one_core(site)
            asyncio.run(measure(site, hall, readers))
        finally:
            for part in (site.web, redis, postgres):
                part.stop()


def start_on_one_core(site: Site) -> None:
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[0]})
    site.web.start()
    os.sched_setaffinity(0, set(cores[1:]) or set(cores))


async def measure(site: Site, hall: dict[str, Any], count: int) -> None:
    server, track = Server(site), hall["track"]
    print(f"commit {commit()}; {count} readers, {RATE} messages a second, load {os.getloadavg()[0]:.1f}")
    anchor = await empty_pages(site.web.port)
    print(f"anchor: {anchor:.0f} empty pages a second on the same core")
    sightings = Sightings()
    readers = await connect(site.web.port, track, count, sightings)
    lines = [Line(site.web.port, session) for session in hall["sessions"]]
    writers, spammers = lines[:WRITERS], lines[WRITERS:]
    calm = await phase("at rest", server, sightings, readers, track, writers)
    await asyncio.to_thread(site.run, "tests.bench.chat_hall", slug=SLUG, slow_seconds=SLOW_SECONDS)
    slow = await phase("slow mode", server, sightings, readers, track, writers)
    flood = await phase("slow mode, flood", server, sightings, readers, track, writers, spammers)
    refused = flood["answers"][429]
    extra = (flood["cpu"] - slow["cpu"]) / max(1, refused)
    print(f"{refused} refusals, at most {extra * 1000:.1f} ms CPU each ({extra * anchor:.1f} empty pages)")
    print(f"p95 under 1 s: {all(one['p95'] < 1 for one in (calm, slow, flood))}")
    for line in lines:
        line.close()
    for reader in readers:
        reader.transport.abort()


async def connect(port: int, track: int, count: int, sightings: Sightings) -> list[Reader]:
    loop, started, readers = asyncio.get_running_loop(), time.monotonic(), []

    def new() -> Reader:
        return Reader(f"/ws/events/{SLUG}", port, track, sightings)

    for _ in range(0, count, 100):
        made = [
            loop.create_connection(
                lambda: Reader(f"/ws/events/{SLUG}", port, track, sightings), "127.0.0.1", port
            )
            for _ in range(min(100, count - len(readers)))
        ]
        batch = [reader for _transport, reader in await asyncio.gather(*made)]
        await asyncio.gather(*(reader.joined for reader in batch))
        readers += batch
    await asyncio.sleep(3)
    print(f"{count} readers in the room after {time.monotonic() - started:.1f} s")
    return readers


async def phase(
    name: str,
    server: "Server",
    sightings: Sightings,
    readers: list[Reader],
    track: int,
    writers: list[Line],
    spammers: Sequence[Line] = (),
) -> dict[str, Any]:
    sightings.delays.clear()
    sightings.seen.clear()
    sightings.frames.clear()
    before, answers = server.cpu(), Counter[int]()
    spam = [asyncio.create_task(flood(line, track, answers)) for line in spammers]
    await post(writers, track, answers)
    await asyncio.gather(*spam)
    # Slow mode takes one message of a spammer now and then too.
    accepted = answers[201]
    await asyncio.sleep(2)
    delays, cpu = sorted(sightings.delays), server.cpu() - before
    whole = sum(sightings.seen[pk] for pk in sightings.seen)
    alive = sum(not reader.is_lost for reader in readers)
    found = {"p95": at(delays, 0.95), "cpu": cpu, "answers": answers}
    print(
        f"{name}: p50 {at(delays, 0.5):.2f} s, p95 {found['p95']:.2f} s, p99 {at(delays, 0.99):.2f} s, "
        f"last {at(delays, 1):.2f} s; {accepted} posted, answers {dict(answers)}; "
        f"{len(sightings.frames) / SECONDS:.1f} frames a second; "
        f"missing {accepted * alive - whole} of {accepted * alive}; sockets lost {len(readers) - alive}; "
        f"server {cpu / (SECONDS + 2) * 100:.0f} % of its core"
    )
    return found


async def post(writers: list[Line], track: int, answers: Counter[int]) -> None:
    """One after the other, each at its moment, whatever the answer to the one before takes."""
    started, tasks = time.monotonic(), []
    for number in range(RATE * SECONDS):
        await asyncio.sleep(max(0.0, started + number / RATE - time.monotonic()))
        tasks.append(asyncio.create_task(say(writers[number % len(writers)], track)))
    answers.update(await asyncio.gather(*tasks))


async def flood(line: Line, track: int, answers: Counter[int]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        answers[await say(line, track)] += 1
        await asyncio.sleep(1 / SPAM_RATE)


async def say(line: Line, track: int) -> int:
    path = f"/api/v1/events/{SLUG}/tracks/{track}/messages"
    return await line.ask("POST", path, {"body": f"{MARK}{time.monotonic()}"})


async def empty_pages(port: int, lines: int = 8, seconds: float = 3.0) -> float:
    end, done = time.monotonic() + seconds, 0

    async def ask() -> int:
        line, count = Line(port), 0
        while time.monotonic() < end:
            await line.ask("GET", "/livez")
            count += 1
        line.close()
        return count

    done = sum(await asyncio.gather(*(ask() for _ in range(lines))))
    return done / seconds


class Server:
    """CPU seconds of the web server's own process."""

    def __init__(self, site: Site) -> None:
        self.pid = site.web.process.pid

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


def at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return asked.stdout.strip()


if __name__ == "__main__":
    main()
