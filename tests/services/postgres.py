"""A private PostgreSQL, made from the machine's own binaries."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.services.ports import free_port
from tests.services.process import Process

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}
INITDB = ["--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]


def binary(name: str) -> str:
    """Debian keeps the server's programs outside PATH."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3])
    )
    found = str(installed[-1]) if installed else shutil.which(name)
    assert found, f"PostgreSQL's {name} is missing: run tests/provision"
    return found


class Postgres:
    def __init__(self, logs: Path) -> None:
        # PostgreSQL refuses to run as root, and its own user cannot enter pytest's folders.
        self._user = "postgres" if os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="dreamkast-pg-"))
        self.port = free_port()
        if self._user:
            shutil.chown(self._folder, self._user, self._user)
        where = ["-D", f"{self._folder}/data", "-p", str(self.port), "-k", str(self._folder)]
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        self.process = Process(
            "postgres",
            [binary("postgres"), *where, *settings],
            log=logs / "postgres.log",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            user=self._user,
            cwd=self._folder,
        )
        # SIGTERM would wait for every client to leave.
        self.process.stop_signal = signal.SIGINT

    def url(self, database: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        self._initialise()
        self.process.start(self._answers)

    def stop(self) -> None:
        self.process.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_database(self, name: str) -> str:
        """The address of a new, empty database."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url(name)

    def _initialise(self) -> None:
        identity = {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}
        subprocess.run(
            [binary("initdb"), "-D", f"{self._folder}/data", *INITDB],
            check=True,
            capture_output=True,
            cwd=self._folder,
            **identity,
        )

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(), connect_timeout=1).close()
        except psycopg.OperationalError:
            return False
        return True
