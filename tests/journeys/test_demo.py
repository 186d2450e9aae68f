"""The one command: a conference from nothing, and nothing left when it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from tests.services.environment import ROOT, bare_environment
from tests.services.ports import free_port
from tests.services.process import Process
from tests.services.waiting import until

MANAGE = [sys.executable, "manage.py"]


class Demo:
    """`manage.py demo` as somebody starts it who has set nothing at all."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.env = bare_environment(DREAMKAST_DATA_DIR=str(folder / "data"), PYTHONUNBUFFERED="1")
        command = [*MANAGE, "demo", "--port", str(self.port)]
        self.process = Process("demo", command, log=folder / f"demo-{self.port}.log", env=self.env)

    def start(self) -> None:
        self.process.start(self.is_alive, seconds=110)

    def is_alive(self) -> bool:
        try:
            return httpx.get(f"{self.url}/livez", timeout=2).text == "ok\n"
        except httpx.HTTPError:
            return False

    def tracks(self) -> list[dict]:
        return httpx.get(f"{self.url}/api/v1/events/demo/live").json()["tracks"]

    def pictures(self) -> list[str]:
        """The processes that encode this demo's pictures, wherever they hang in the process tree."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                here = os.readlink(folder / "cwd")
                command = (folder / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            if self.env["DREAMKAST_DATA_DIR"] in here + command and "manage.py" not in command:
                found.append(command)
        return found

    def encoders(self) -> list[str]:
        return [command for command in self.pictures() if "ffmpeg" in command.partition(" ")[0]]


@pytest.fixture
def demo(tmp_path):
    demo = Demo(tmp_path)
    yield demo
    demo.process.stop()


def test_demo_prints_where_to_go_and_who_to_be(demo):
    demo.start()
    printed = demo.process.tail(60)
    for line in ("/demo/", "/demo/ui", "/demo/console", "/admin/"):
        assert f"{demo.url}{line}" in printed
    for role in ("attendee", "speaker", "organizer", "broadcaster"):
        assert f"{role}@example.com" in printed


def test_every_track_gets_one_live_picture_and_ctrl_c_ends_them_all(demo):
    demo.start()
    until(lambda: all(track["playback"]["url"] for track in demo.tracks()), seconds=30, what="All pictures")
    assert len(demo.encoders()) == 3
    demo.process.signal(signal.SIGINT)
    assert demo.process.wait(20) == 0
    until(lambda: not demo.pictures(), seconds=5, what="The end of all pictures")


def test_pictures_end_even_when_the_demo_is_killed(demo):
    demo.start()
    until(lambda: len(demo.encoders()) == 3, seconds=30, what="Three encoders")
    os.kill(demo.process.pid, signal.SIGKILL)
    demo.process.wait()
    until(lambda: not demo.pictures(), seconds=5, what="The end of all pictures")


def test_second_process_neither_doubles_a_picture_nor_moves_what_staff_put_on_air(demo):
    demo.start()
    until(lambda: len(demo.encoders()) == 3, seconds=30, what="Three encoders")
    run(demo, "take", "demo", "A", "--card", "break")
    run(demo, "seed_demo")
    run(demo, "reconcile_streams")
    assert len(demo.encoders()) == 3
    assert next(track["card"] for track in demo.tracks() if track["name"] == "A") == "break"


def test_take_in_another_process_reaches_an_open_page_by_itself(demo):
    demo.start()
    with connect(f"ws://127.0.0.1:{demo.port}/ws/events/demo") as viewer:
        first = json.loads(viewer.recv(timeout=5))
        assert first["kind"] == "live.snapshot"
        printed = run(demo, "take", "demo", "B", "--card", "technical")
        assert printed.startswith("Track B now shows")
        frame = json.loads(viewer.recv(timeout=5))
        while frame["kind"] != "live.snapshot":
            frame = json.loads(viewer.recv(timeout=5))
        assert [track["card"] for track in frame["body"]["tracks"]] == [None, "technical", None]


def test_taken_port_ends_in_one_sentence(demo):
    with socket.create_server(("127.0.0.1", demo.port)):
        done = subprocess.run(
            [*MANAGE, "demo", "--port", str(demo.port)],
            cwd=ROOT,
            env=demo.env,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert f"Port {demo.port} on 127.0.0.1 cannot be used" in done.stderr
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_missing_ffmpeg_ends_in_one_sentence(demo, tmp_path):
    env = demo.env | {"PATH": str(tmp_path)}
    done = subprocess.run(
        [*MANAGE, "demo", "--port", str(demo.port)], cwd=ROOT, env=env, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "install it (Debian: apt install ffmpeg)" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_without_debug_does_not_start(demo):
    env = demo.env | {"DREAMKAST_DEBUG": "0", "DREAMKAST_DEMO": "1", "DREAMKAST_SECRET_KEY": "x"}
    done = subprocess.run([*MANAGE, "demo"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode != 0
    assert "DREAMKAST_DEMO needs DREAMKAST_DEBUG" in done.stderr


def run(demo: Demo, *words: str) -> str:
    env = demo.env | {"DREAMKAST_DEMO": "1"}
    done = subprocess.run([*MANAGE, *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
