"""The Celery worker and beat, as deploy/compose.yaml starts them."""

import sys
from pathlib import Path

from tests.services.process import Process
from tests.services.waiting import until

CELERY = [sys.executable, "-m", "celery", "-A", "dreamkast"]


class Worker:
    def __init__(self, folder: Path, env: dict[str, str], name: str = "worker") -> None:
        command = [
            *CELERY,
            "worker",
            "--loglevel",
            "INFO",
            "--concurrency",
            "2",
            "--hostname",
            f"{name}@test",
        ]
        self.process = Process(name, command, log=folder / f"{name}.log", env=env)

    def start(self) -> None:
        self.process.start()

    def wait_until_ready(self, seconds: float = 30) -> None:
        until(lambda: " ready." in self.process.tail(400), seconds=seconds, what="Start of the worker")

    def stop(self) -> None:
        self.process.stop()


class Beat:
    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        # In memory: a schedule file would outlive the test.
        command = [*CELERY, "beat", "--scheduler", "celery.beat:Scheduler"]
        self.process = Process("beat", command, log=folder / "beat.log", env=env)

    def start(self) -> None:
        self.process.start()

    def stop(self) -> None:
        self.process.stop()
