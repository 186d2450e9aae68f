"""How one flip reaches many sockets, beside two anchors in the same run.

    .venv/bin/python -m tests.bench.fanout --sockets 1000 3000 10000 [--flips 15] [--json out.json]

Everything is on the loopback of this machine: the server alone on core 0, and on the last core the clients,
the driver, Redis and PostgreSQL. `raw` frames once and writes to bare transports; `tutorial` is the consumer
of every Channels tutorial; `ours` is the application as it is deployed, flipped by the command itself.
CPU and memory are the server's own. Idle work of the same length is taken off the CPU of the flips.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.fanout.parts import OTHER_CORE, Answerer, cpu_seconds, module, pinned, resident_kb, server
from tests.services.environment import environment
from tests.services.ports import free_port, is_open
from tests.services.postgres import Postgres
from tests.services.process import Process
from tests.services.redis_server import RedisServer
from tests.services.site import Site

KINDS = ("raw", "ours", "tutorial")
IDLE_SECONDS, FLIP_SECONDS, FRAME_BYTES = 3.0, 60.0, 900


def main() -> None:
    given = arguments()
    with tempfile.TemporaryDirectory(prefix="fanout-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        postgres, redis = Postgres(folder), RedisServer(folder)
        for process in (postgres.process, redis.process):
            process.command = pinned(OTHER_CORE, process.command)
        try:
            redis.start()
            postgres.start()
            site = Site(folder, postgres.create_database("fanout"), redis)
            site.manage("migrate", "--verbosity", "0")
            site.manage("seed_demo")
            results = [
                measured(kind, sockets, given.flips, site)
                for sockets in given.sockets
                for kind in given.kinds
            ]
        finally:
            for process in tuple(Process.alive):
                process.stop()
            postgres.stop()
    report = {"commit": commit(), "load": os.getloadavg(), "flips": given.flips, "results": results}
    print(table(report))
    if given.json:
        Path(given.json).write_text(json.dumps(report, indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sockets", type=int, nargs="+", default=[1000, 3000, 10_000])
    parser.add_argument("--flips", type=int, default=15)
    parser.add_argument("--kinds", nargs="+", default=list(KINDS), choices=KINDS)
    parser.add_argument("--json")
    return parser.parse_args()


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "--", "dreamkast/lib", "streaming/hub.py"],
        capture_output=True,
        text=True,
    )
    return asked.stdout.strip() + (" and uncommitted changes" if dirty.stdout else "")


def started(kind: str, site: Site) -> tuple[Process, int]:
    if kind == "ours":
        web = site.another_web_server()
        web.process.command = pinned(0, web.process.command)
        web.start(60)
        return web.process, web.port
    port = free_port()
    env = environment(REDIS_URL=site.redis.url, DJANGO_SETTINGS_MODULE="dreamkast.settings.local")
    process = server(f"{kind}-{port}", module(f"{kind}_server", port, site.redis.url), env, site.folder)
    process.start(lambda: is_open(port), 60)
    return process, port


def measured(kind: str, sockets: int, flips: int, site: Site) -> dict[str, Any]:
    process, port = started(kind, site)
    driver = Answerer(module("driver", kind, FRAME_BYTES), site.env)
    clients, warm = Answerer(module("client"), site.env), Answerer(module("client"), site.env)
    try:
        ticket = driver.answer()["ticket"]
        path = f"/ws/events/demo?ticket={ticket}"
        warm.ask({"connect": 20, "port": port, "path": path})
        warm.ask({"await": driver.ask({})["revision"], "seconds": 5})
        warm.end()
        time.sleep(1.5)
        return one_run(kind, sockets, flips if kind != "tutorial" else min(flips, 3), process.pid, port, path,
                       driver, clients)  # fmt: skip
    finally:
        for part in (driver, clients, warm):
            part.end()
        process.stop()


def one_run(
    kind: str, sockets: int, flips: int, pid: int, port: int, path: str, driver: Answerer, clients: Answerer
) -> dict[str, Any]:
    memory, before = resident_kb(pid), cpu_seconds(pid)
    opened = clients.ask({"connect": sockets, "port": port, "path": path})
    connect_cpu = cpu_seconds(pid) - before
    time.sleep(1)
    idle_from, cpu = time.monotonic(), cpu_seconds(pid)
    time.sleep(IDLE_SECONDS)
    idle = (cpu_seconds(pid) - cpu) / (time.monotonic() - idle_from)
    memory = resident_kb(pid) - memory
    frames, cpu, begun = clients.ask({})["frames"], cpu_seconds(pid), time.monotonic()
    pressed = [flip(driver, clients) for _ in range(flips)]
    spent = cpu_seconds(pid) - cpu - idle * (time.monotonic() - begun)
    told = clients.ask({})
    return {
        "kind": kind,
        "sockets": sockets,
        "open": opened["open"],
        "handshakes_s": opened["seconds"],
        "handshakes_per_s": opened["open"] / opened["seconds"],
        "connect_cpu_ms": 1000 * connect_cpu / sockets,
        "connect_p99_ms": opened["ms"]["p99"],
        "kb_per_socket": memory / sockets,
        "idle_core": idle,
        "first_ms": statistics.median(one["first"] for one in pressed),
        "last_ms": statistics.median(one["last"] for one in pressed),
        "p99_ms": statistics.median(one["p99"] for one in pressed),
        "press_to_last_ms": statistics.median(one["press"] for one in pressed),
        "cpu_s_per_million": 1e6 * spent / max(1, told["frames"] - frames),
        "lost": sum(one["lost"] for one in pressed),
        "doubled": told["doubled"],
        "ended": told["ended"],
    }


def flip(driver: Answerer, clients: Answerer) -> dict[str, float]:
    said = driver.ask({})
    heard = clients.ask({"await": said["revision"], "seconds": FLIP_SECONDS})
    time.sleep(0.1)
    return {
        "first": 1000 * (heard["first"] - said["sent"]),
        "last": 1000 * (heard["last"] - said["sent"]),
        "p99": 1000 * (heard["p99"] - said["sent"]),
        "press": 1000 * (heard["last"] - said["pressed"]),
        "lost": heard["lost"],
    }


COLUMNS = {
    "kind": "{:>9}", "sockets": "{:>8}", "first_ms": "{:>8.1f}", "last_ms": "{:>8.1f}", "p99_ms": "{:>8.1f}",
    "press_to_last_ms": "{:>17.1f}", "cpu_s_per_million": "{:>18.1f}", "kb_per_socket": "{:>14.1f}",
    "handshakes_s": "{:>13.2f}", "handshakes_per_s": "{:>17.0f}", "connect_cpu_ms": "{:>15.2f}",
    "idle_core": "{:>10.3f}", "lost": "{:>5}", "doubled": "{:>8}", "ended": "{:>6}",
}  # fmt: skip


def table(report: dict[str, Any]) -> str:
    load = " ".join(f"{part:.1f}" for part in report["load"])
    head = f"commit {report['commit']}; load of the machine {load}; median of {report['flips']} flips"
    widths = {name: len(form.format(0)) for name, form in COLUMNS.items()}
    lines = [" ".join(name.rjust(widths[name]) for name in COLUMNS)]
    lines += [" ".join(form.format(row[name]) for name, form in COLUMNS.items()) for row in report["results"]]
    return "\n".join([head, *lines, *ratios(report["results"])])


def ratios(results: list[dict[str, Any]]) -> list[str]:
    by = {(row["kind"], row["sockets"]): row["last_ms"] for row in results}
    return [
        f"{sockets} sockets: ours / raw {last / by['raw', sockets]:.2f}"
        + (f", tutorial / ours {by['tutorial', sockets] / last:.1f}" if ("tutorial", sockets) in by else "")
        for (kind, sockets), last in by.items()
        if kind == "ours" and ("raw", sockets) in by
    ]


if __name__ == "__main__":
    main()
