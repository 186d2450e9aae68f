"""Streams of this machine: ffmpeg encodes a test picture into a folder that the site itself serves."""

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from streaming.enums import PlaybackKind
from streaming.media import minder, test_card
from streaming.media.gateway import ABSENT, NO_JOURNAL, GatewayTransient, Journal, Look, StreamSpec
from streaming.states import Observed

FRESH_SECONDS = 10.0
PATIENCE_SECONDS = 3.0
# The write ends of the minders' pipes. They live as long as this process, whichever thread started them,
# and no other child inherits them: Python opens pipes close-on-exec.
_minders: dict[uuid.UUID, subprocess.Popen[bytes]] = {}


def folder_of(public_id: uuid.UUID) -> Path:
    return Path(settings.STREAMS_DIR) / str(public_id)


class LocalGateway:
    """Exists: there is a folder. Runs: a minder holds its lock and the playlist is fresh."""

    def look(self, spec: StreamSpec) -> Look:
        folder = folder_of(spec.public_id)
        if not folder.is_dir():
            return ABSENT
        observed = _observed(folder)
        return Look(
            observed=observed,
            external_id=str(spec.public_id),
            playback_kind=PlaybackKind.HLS,
            playback_url=f"/media/streams/{spec.public_id}/master.m3u8",
            error=_last_words(folder) if observed is Observed.STOPPED else "",
        )

    def create(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        folder_of(spec.public_id).mkdir(parents=True, exist_ok=True)
        return self.look(spec)

    def start(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        folder = folder_of(spec.public_id)
        if not minder.is_locked(folder):
            _start_minder(spec, folder)
            _wait(lambda: minder.is_locked(folder) or _minders[spec.public_id].poll() is not None)
        return self.look(spec)

    def stop(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        """Ask by a file: the minder may belong to another process."""
        folder = folder_of(spec.public_id)
        if minder.is_locked(folder):
            (folder / minder.STOP).touch()
            _wait(lambda: not minder.is_locked(folder))
        return self.look(spec)

    def delete(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        folder = folder_of(spec.public_id)
        if minder.is_locked(folder):
            raise GatewayTransient("The test picture is still running.")
        shutil.rmtree(folder, ignore_errors=True)
        _forget(spec.public_id)
        return self.look(spec)


def _observed(folder: Path) -> Observed:
    if not minder.is_locked(folder):
        return Observed.STOPPED
    if (folder / minder.STOP).exists():
        return Observed.STOPPING
    return Observed.RUNNING if _is_fresh(folder) else Observed.STARTING


def _is_fresh(folder: Path) -> bool:
    """Whether both playlists are there and the picture's was written a moment ago."""
    try:
        written = (folder / minder.PLAYLIST).stat().st_mtime
    except FileNotFoundError:
        return False
    return (folder / "master.m3u8").exists() and time.time() - written < FRESH_SECONDS


def _last_words(folder: Path) -> str:
    """What a crashed ffmpeg said last; one that was ended says nothing."""
    try:
        lines = (folder / minder.LOG).read_text(errors="replace").split("\n")
    except FileNotFoundError:
        return ""
    return next((line[:300] for line in reversed(lines) if line.strip()), "")


def _start_minder(spec: StreamSpec, folder: Path) -> None:
    _forget(spec.public_id)
    (folder / minder.STOP).unlink(missing_ok=True)
    command = test_card.command(spec, folder)
    # By path and without site-packages: it starts in a few milliseconds and needs nothing of ours.
    python = [sys.executable, "-I", "-S", str(Path(minder.__file__).resolve())]
    _minders[spec.public_id] = subprocess.Popen(
        [*python, str(folder), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TZ": test_card.posix_zone(spec)},
        start_new_session=True,
    )


def _forget(public_id: uuid.UUID) -> None:
    """Close the pipe of a former minder and reap it, so that it does not stay behind as a zombie."""
    former = _minders.pop(public_id, None)
    if former is not None:
        former.communicate()


def _wait(condition: Callable[[], bool]) -> None:
    """A short wait spares a look; whatever takes longer is seen by the next one."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
