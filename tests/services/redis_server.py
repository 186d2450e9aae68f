"""A private Redis that forgets everything, and may be killed and started again on the same port."""

import os
from pathlib import Path

import redis

from tests.services.ports import free_port
from tests.services.process import Process


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = Process(
            f"redis {self.port}",
            [*f"redis-server --port {self.port} --bind 127.0.0.1 --appendonly no --save".split(), ""],
            log=folder / f"redis-{self.port}.log",
            env={"PATH": os.environ["PATH"]},
            cwd=folder,
        )

    def start(self) -> None:
        self.process.start(self.answers)

    def stop(self) -> None:
        self.process.stop()

    def kill(self) -> None:
        """As if the machine had lost its power."""
        self.process.kill()

    def answers(self) -> bool:
        client = redis.Redis(port=self.port, socket_timeout=1, socket_connect_timeout=1)
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()
