"""AWS as far as moto knows it, over HTTP."""

import sys
from pathlib import Path

import httpx

from tests.services.environment import environment
from tests.services.ports import free_port, is_open
from tests.services.process import Process


class MotoServer:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        moto = str(Path(sys.executable).with_name("moto_server"))
        self.process = Process(
            "moto",
            [moto, "-H", "127.0.0.1", "-p", str(self.port)],
            log=folder / "moto.log",
            env=environment(),
        )

    def start(self) -> None:
        self.process.start(lambda: is_open(self.port))

    def stop(self) -> None:
        self.process.stop()

    def forget_everything(self) -> None:
        httpx.post(f"{self.url}/moto-api/reset").raise_for_status()
