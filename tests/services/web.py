"""Our web server: by uvicorn as the demo runs it, or by gunicorn as production does."""

import sys
from pathlib import Path

import httpx

from tests.services.environment import ROOT
from tests.services.ports import free_port
from tests.services.process import Process

SERVE = (
    "import sys, django; django.setup(); "
    "from dreamkast.lib.serve import serve; serve('127.0.0.1', int(sys.argv[1]))"
)


def uvicorn_command(port: int) -> list[str]:
    return [sys.executable, "-c", SERVE, str(port)]


def gunicorn_command(port: int) -> list[str]:
    configuration = str(ROOT / "deploy/gunicorn.conf.py")
    return [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        configuration,
        "-b",
        f"127.0.0.1:{port}",
        "dreamkast.asgi",
    ]


class WebServer:
    def __init__(
        self, folder: Path, env: dict[str, str], *, gunicorn: bool = False, port: int | None = None
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = gunicorn_command(self.port) if gunicorn else uvicorn_command(self.port)
        log = folder / f"web-{self.port}.log"
        self.process = Process(f"web {self.port}", command, log=log, env=env)

    def start(self, seconds: float = 30) -> None:
        self.process.start(self.answers, seconds)

    def stop(self) -> int | None:
        return self.process.stop()

    def answers(self, path: str = "/livez") -> bool:
        try:
            # The proxy in front says that it came by TLS.
            return httpx.get(self.url + path, headers={"X-Forwarded-Proto": "https"}, timeout=2).is_success
        except httpx.HTTPError:
            return False
