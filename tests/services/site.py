"""A whole running site: PostgreSQL, Redis, worker, beat and web server, migrated and seeded."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.services.background import Beat, Worker
from tests.services.environment import ROOT, bare_environment, environment
from tests.services.ports import free_port
from tests.services.process import Process
from tests.services.redis_server import RedisServer
from tests.services.web import WebServer

MANAGE = [sys.executable, "manage.py"]
CALL = "import sys, tests.services.call as c; c.main(sys.argv[1], sys.argv[2])"


class Site:
    """A site of several processes. `env` is the environment that all of them have."""

    def __init__(self, folder: Path, database_url: str, redis: RedisServer, **extra: str) -> None:
        self.folder, self.redis = folder, redis
        self.env = environment(
            DJANGO_SETTINGS_MODULE="dreamkast.settings.local",
            DREAMKAST_DEMO="1",
            DREAMKAST_DATA_DIR=str(folder / "data"),
            DATABASE_URL=database_url,
            REDIS_URL=redis.url,
            **extra,
        )
        self.worker, self.beat = Worker(folder, self.env), Beat(folder, self.env)
        self.web = WebServer(folder, self.env)

    @property
    def url(self) -> str:
        return self.web.url

    def start(self) -> None:
        self.manage("migrate", "--verbosity", "0")
        self.manage("seed_demo")
        self.worker.start()
        self.beat.start()
        self.web.start()
        self.worker.wait_until_ready()

    def stop(self) -> None:
        for part in (self.web, self.beat, self.worker):
            part.stop()

    def another_web_server(self, *, gunicorn: bool = False) -> WebServer:
        """A second server process on the same database and Redis; whoever asks for it starts and stops it."""
        return WebServer(self.folder, self.env, gunicorn=gunicorn)

    def manage(self, *arguments: str) -> str:
        """What `manage.py` with these arguments prints."""
        return _output([*MANAGE, *arguments], self.env)

    def run(self, module: str, *, seconds: float = 120, **arguments: Any) -> Any:
        """Call `main(**arguments)` of a module beside the site, with its database; gives what it returns."""
        command = [sys.executable, "-c", CALL, module, json.dumps(arguments)]
        return json.loads(_output(command, self.env, seconds))


class EmbeddedSite:
    """`manage.py demo`, as somebody starts it who has set nothing."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = bare_environment(DREAMKAST_DATA_DIR=str(folder / "data"))
        command = [*MANAGE, "demo", "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = Process("demo", command, log=folder / "demo.log", env=self.env)

    def start(self, seconds: float = 60) -> None:
        self.process.start(lambda: "Dreamkast is running" in self.process.tail(100), seconds)

    def stop(self) -> None:
        self.process.stop()

    def manage(self, *arguments: str) -> str:
        return _output([*MANAGE, *arguments], self.env)


def _output(command: list[str], env: dict[str, str], seconds: float = 120) -> str:
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=seconds)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout
