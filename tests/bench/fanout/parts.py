"""The processes of a run: each pinned to a core, and what it costs read from its own pid."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.services.environment import ROOT
from tests.services.process import Process

SERVER_CORE, OTHER_CORE = 0, max(os.sched_getaffinity(0))
TICKS = os.sysconf("SC_CLK_TCK")


def pinned(core: int, command: list[str]) -> list[str]:
    return ["taskset", "-c", str(core), *command]


def module(name: str, *arguments: object) -> list[str]:
    return [sys.executable, "-m", f"tests.bench.fanout.{name}", *map(str, arguments)]


def server(name: str, command: list[str], env: dict[str, str], folder: Path) -> Process:
    return Process(name, pinned(SERVER_CORE, command), log=folder / f"{name}.log", env=env)


def cpu_seconds(pid: int) -> float:
    """User and system time of all the process's threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_kb(pid: int) -> int:
    """The process's own share of memory (PSS)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


class Answerer:
    """A process of ours that answers each line of JSON with one."""

    def __init__(self, command: list[str], env: dict[str, str]) -> None:
        self._child = subprocess.Popen(
            pinned(OTHER_CORE, command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, cwd=ROOT
        )

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(question).encode() + b"\n")
        self._child.stdin.flush()
        return self.answer()

    def answer(self) -> dict[str, Any]:
        assert self._child.stdout is not None
        line = self._child.stdout.readline()
        assert line, "the process has ended"
        return json.loads(line)

    def end(self) -> None:
        self._child.kill()
        self._child.communicate()
