"""Real ffmpeg: the picture is live, it is never doubled, and nothing outlives the server."""

import os
import re
import signal
import subprocess
import sys
import time
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings

from streaming.media.gateway import ABSENT, GatewayPermanent, GatewayTransient, StreamSpec
from streaming.media.local import LocalGateway, folder_of
from streaming.states import Observed

PARENT = Path(__file__).with_name("local_parent.py")
ZONE = "Asia/Tokyo"


@pytest.fixture
def gateway(settings, tmp_path):
    settings.STREAMS_DIR = tmp_path / "streams"
    return LocalGateway()


@pytest.fixture
def spec():
    return StreamSpec(uuid.uuid4(), "test", "seaside", "A: 50% 'off' \\", 1, ZONE, 1, True)


@pytest.fixture
def started(gateway, spec):
    gateway.create(spec)
    assert gateway.start(spec).observed == Observed.STARTING
    yield spec
    end(gateway, spec)


@pytest.fixture
def running(gateway, started):
    wait_for(gateway, started, Observed.RUNNING)
    return started


@pytest.fixture
def server(gateway, spec, tmp_path):
    """Another process that runs the stream."""
    root = str(django_settings.BASE_DIR)
    arguments = [sys.executable, str(PARENT), str(tmp_path), str(spec.public_id), spec.track]
    with subprocess.Popen(
        arguments, env={**os.environ, "PYTHONPATH": root}, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"starting\n"
        yield process
        process.kill()
    end(gateway, spec)


def end(gateway, spec):
    if gateway.look(spec) != ABSENT:
        gateway.stop(spec)
        gateway.delete(spec)


def wait_for(gateway, spec, observed, seconds=10.0):
    until = time.monotonic() + seconds
    while (look := gateway.look(spec)).observed != observed and time.monotonic() < until:
        time.sleep(0.05)
    assert look.observed == observed
    return look


def processes(spec):
    """The pids of everything that works for the stream: the minder names its folder, ffmpeg works in it."""
    folder = folder_of(spec.public_id)
    return {pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if works_in(pid, folder)}


def works_in(pid, folder):
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        return Path(f"/proc/{pid}/cwd").resolve() == folder or (str(folder) in words and "-S" in words)
    except OSError:  # It has ended, or it is not ours to look at.
        return False


def minder_of(spec, seconds=5.0):
    """Between fork and exec its child looks just like it: so only a single one is believed."""
    until = time.monotonic() + seconds
    while len(found := [pid for pid in processes(spec) if is_minder(pid)]) != 1 and time.monotonic() < until:
        time.sleep(0.05)
    [pid] = found
    return pid


def is_minder(pid):
    try:
        return b"\0-S\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def wait_for_both(spec, seconds=5.0):
    """The minder and its ffmpeg."""
    until = time.monotonic() + seconds
    while len(found := processes(spec)) < 2 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(found) == 2
    return found


def wait_for_nobody(spec, seconds=5.0):
    until = time.monotonic() + seconds
    while processes(spec) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes(spec) == set()


def newest_frame(spec, tmp_path):
    """The last frame of the newest segment, in black on white as text recognition likes it."""
    folder = folder_of(spec.public_id)
    names = [line for line in (folder / "video.m3u8").read_text().split() if line.endswith(".ts")]
    picture = tmp_path / "frame.png"
    decode = ["ffmpeg", "-v", "error", "-y", "-i", str(folder / names[-1])]
    subprocess.run([*decode, "-vf", "negate,scale=iw*2:-1", "-update", "1", str(picture)], check=True)
    return picture


def read_words(picture):
    read = ["tesseract", str(picture), "-", "--psm", "11"]
    return subprocess.run(read, check=True, capture_output=True, text=True).stdout


def test_a_stream_that_nobody_made_is_absent(gateway, spec):
    assert gateway.look(spec) == ABSENT


def test_a_made_stream_is_stopped_and_making_it_again_changes_nothing(gateway, spec):
    assert gateway.create(spec) == gateway.create(spec)
    assert gateway.look(spec).observed == Observed.STOPPED


def test_the_picture_shows_the_time_of_now_in_the_events_zone(gateway, running, tmp_path):
    words = read_words(newest_frame(running, tmp_path))
    now = datetime.now(ZoneInfo(ZONE))
    hour, minute, second = map(int, re.search(r"(\d\d):(\d\d):(\d\d)\.\d", words).groups())
    shown = now.replace(hour=hour, minute=minute, second=second)
    # Around midnight the frame may be of yesterday.
    age = min(abs(now - shown), abs(now - shown + timedelta(days=1)))
    assert age < timedelta(seconds=15)
    assert now.strftime("%Y-%m-%d") in words
    assert "JST" in words


def test_there_is_a_variant_with_the_sound_alone(gateway, running):
    master = (folder_of(running.public_id) / "master.m3u8").read_text()
    variants = re.findall(r'#EXT-X-STREAM-INF:.*CODECS="(\S+)"\n(\S+)', master)
    assert [name for _, name in variants] == ["video.m3u8", "audio.m3u8"]
    assert re.fullmatch(r"avc1\.[0-9a-f]{6},mp4a\.40\.2", variants[0][0])
    assert variants[1][0] == "mp4a.40.2"


def test_starting_a_started_stream_changes_nothing(gateway, started):
    before = wait_for_both(started)
    assert gateway.start(started).observed == Observed.STARTING
    assert processes(started) == before


def test_a_stopped_stream_leaves_no_process_and_no_playlist(gateway, running):
    assert gateway.stop(running).observed == Observed.STOPPED
    wait_for_nobody(running)
    assert [
        path.name for path in folder_of(running.public_id).iterdir() if path.suffix in {".ts", ".m3u8"}
    ] == []


def test_a_deleted_stream_leaves_no_folder(gateway, started):
    gateway.stop(started)
    assert gateway.delete(started) == ABSENT
    assert not folder_of(started.public_id).exists()


def test_a_running_stream_is_not_deleted(gateway, started):
    with pytest.raises(GatewayTransient):
        gateway.delete(started)
    assert gateway.look(started).observed == Observed.STARTING


def test_a_crashed_encoder_is_seen_and_can_be_started_again(gateway, started):
    [encoder] = wait_for_both(started) - {minder_of(started)}
    os.kill(encoder, signal.SIGKILL)
    wait_for(gateway, started, Observed.STOPPED, seconds=3)
    assert gateway.start(started).observed == Observed.STARTING


def test_the_stream_of_another_process_counts_and_is_not_doubled(gateway, spec, server):
    before = wait_for_both(spec)
    assert gateway.start(spec).observed == Observed.STARTING
    assert processes(spec) == before


def test_the_stream_of_another_process_can_be_stopped(gateway, spec, server):
    assert gateway.stop(spec).observed == Observed.STOPPED
    wait_for_nobody(spec)


def test_nothing_outlives_a_server_that_is_killed(gateway, spec, server):
    wait_for_both(spec)
    os.kill(server.pid, signal.SIGKILL)
    wait_for_nobody(spec)
    assert gateway.look(spec).observed == Observed.STOPPED


def test_the_encoder_does_not_outlive_a_minder_that_is_killed(gateway, spec, server):
    wait_for_both(spec)
    os.kill(minder_of(spec), signal.SIGKILL)
    wait_for_nobody(spec)
    assert gateway.look(spec).observed == Observed.STOPPED


def test_an_encoder_that_cannot_work_says_why(gateway, spec, tmp_path, monkeypatch):
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\necho 'Unknown encoder libx264' >&2; exit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    gateway.create(spec)
    gateway.start(spec)
    assert wait_for(gateway, spec, Observed.STOPPED).error == "Unknown encoder libx264"


def test_without_an_encoder_the_sentence_says_what_is_missing(gateway, spec, monkeypatch):
    monkeypatch.setenv("PATH", "")
    gateway.create(spec)
    with pytest.raises(GatewayPermanent, match=r"ffmpeg is not installed"):
        gateway.start(spec)
