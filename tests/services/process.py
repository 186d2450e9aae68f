import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from tests.services.environment import ROOT
from tests.services.waiting import until

_libc = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Runs in the child: a test run that is killed leaves no process behind."""
    if hasattr(_libc, "prctl"):
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Process:
    """One process of our own, its output in a file, stopped by its pid."""

    alive: ClassVar[list["Process"]] = []
    stop_signal = signal.SIGTERM

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: dict[str, str],
        user: str | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.name, self.command, self.log, self.env = name, list(command), log, env
        self._user, self._cwd = user, cwd
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._child is not None, f"{self.name} was not started"
        return self._child.pid

    @property
    def returncode(self) -> int | None:
        return self._child.poll() if self._child else None

    @property
    def is_running(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def start(self, ready: Callable[[], object] = lambda: True, seconds: float = 30) -> None:
        """Return when `ready` is true; fail with the end of the log when the process ends before."""
        with self.log.open("ab") as output:
            self._child = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.env,
                cwd=self._cwd,
                start_new_session=True,
                preexec_fn=end_with_parent,
                **self._identity(),
            )
        Process.alive.append(self)
        try:
            until(lambda: not self.is_running or ready(), seconds=seconds, what=f"Start of {self.name}")
        except TimeoutError as late:
            self.kill()
            raise RuntimeError(f"{late}\n{self.tail()}") from late
        if not self.is_running:
            self._forget()
            raise RuntimeError(f"{self.name} ended with {self.returncode}:\n{self.tail()}")

    def signal(self, number: signal.Signals) -> None:
        if self.is_running:
            os.kill(self.pid, number)

    def wait(self, seconds: float = 30) -> int:
        assert self._child is not None
        code = self._child.wait(seconds)
        self._forget()
        return code

    def stop(self, seconds: float = 30) -> int | None:
        """Ask the process to end; whoever does not is killed."""
        if not self.is_running:
            self._forget()
            return self.returncode
        self.signal(self.stop_signal)
        try:
            return self.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """Kill the process with all that it has started: they share a session of their own."""
        if self.is_running:
            os.killpg(self.pid, signal.SIGKILL)
        return self.wait()

    def tail(self, lines: int = 40) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _forget(self) -> None:
        if self in Process.alive:
            Process.alive.remove(self)

    def _identity(self) -> dict[str, object]:
        if self._user is None:
            return {}
        return {"user": self._user, "group": self._user, "extra_groups": []}
