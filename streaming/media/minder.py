"""Owns one ffmpeg, run as `python minder.py <folder> <command...>`, on the standard library alone.

It is a process with a single thread, which the parent-death signal below needs.

The minder holds the lock of the stream's folder as long as it lives: the lock is the truth about "running".
Its standard input is a pipe from the server. However the server ends, kill -9 included, the pipe closes and
ffmpeg ends with it; and should the minder itself be killed, the kernel ends ffmpeg.
"""

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import IO

LOCK, STOP, LOG, PLAYLIST = "lock", "stop", "ffmpeg.log", "video.m3u8"
LEFTOVERS = ("*.ts", "*.m3u8", "*.tmp")
SILENT_SECONDS = 15.0
PR_SET_PDEATHSIG = 1


def main(folder: Path, command: list[str]) -> int:
    with (folder / LOCK).open("a") as lock:
        if not lock_exclusively(lock):
            return 0
        _sweep(folder)
        with (folder / LOG).open("wb") as log:
            _mind(folder, command, log)
        _sweep(folder)
    return 0


def lock_exclusively(lock: IO[str]) -> bool:
    """Whether the lock is ours; somebody who only looks holds it for a moment, so ask more than once."""
    for _ in range(5):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(0.05)
    return False


def is_locked(folder: Path) -> bool:
    """Whether a living minder owns the folder's stream."""
    try:
        with (folder / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _sweep(folder: Path) -> None:
    for pattern in LEFTOVERS:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)


def _mind(folder: Path, command: list[str], log: IO[bytes]) -> None:
    child = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        preexec_fn=partial(_die_with, os.getpid()),
    )
    started = time.time()
    while child.poll() is None and not _parent_ended():
        if (folder / STOP).exists() or _is_silent(folder, started):
            break
    child.kill()
    child.wait()


def _die_with(parent: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # It ended before the kernel was told.
        os._exit(1)


def _parent_ended() -> bool:
    """Wait half a second for the pipe to close; nobody ever writes into it."""
    readable, _, _ = select.select([0], [], [], 0.5)
    return bool(readable) and not os.read(0, 1)


def _is_silent(folder: Path, started: float) -> bool:
    """Whether a hung ffmpeg has written no playlist for too long: ending it lets the stream start again."""
    with contextlib.suppress(FileNotFoundError):
        started = max(started, (folder / PLAYLIST).stat().st_mtime)
    return time.time() - started > SILENT_SECONDS


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
