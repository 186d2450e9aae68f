"""The one command: a conference from nothing, and nothing left when it ends."""

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from tests.services.environment import ROOT, bare_environment
from tests.services.ports import free_port
from tests.services.site import MANAGE, EmbeddedSite
from tests.services.waiting import until


def tracks(site: EmbeddedSite) -> list[dict]:
    return httpx.get(f"{site.url}/api/v1/events/demo/live").json()["tracks"]


def pictures(site: EmbeddedSite) -> list[str]:
    """The processes that make this site's pictures, wherever they hang in the process tree."""
    data, found = site.env["DREAMKAST_DATA_DIR"], []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            here = os.readlink(folder / "cwd")
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if data in here + command and "manage.py" not in command:
            found.append(command)
    return found


def encoders(site: EmbeddedSite) -> list[str]:
    return [command for command in pictures(site) if "ffmpeg" in command.partition(" ")[0]]


def wait_for_pictures(site: EmbeddedSite) -> None:
    def all_there() -> bool:
        return all(track["playback"]["url"] for track in tracks(site))

    until(all_there, seconds=40, what="A picture of each track")


@pytest.fixture
def own_site(tmp_path):
    """A demo of the test's own, to be ended by it."""
    site = EmbeddedSite(tmp_path)
    site.start()
    yield site
    site.stop()


def test_demo_prints_where_to_go_and_who_to_be(embedded_site):
    printed = embedded_site.process.tail(100)
    for page in ("/demo/", "/demo/ui", "/demo/console", "/admin/"):
        assert f"{embedded_site.url}{page}" in printed
    for role in ("attendee", "speaker", "organizer", "broadcaster"):
        assert f"{role}@example.com" in printed


@pytest.mark.parametrize("path", ["/demo/nothing", "/nothing/here"])
def test_demo_answers_a_wrong_address_as_the_house_does(embedded_site, path):
    answer = httpx.get(embedded_site.url + path, headers={"Accept-Language": "en"})
    assert (answer.status_code, "There is no page at this address" in answer.text) == (404, True)
    assert "DEBUG" not in answer.text


def test_every_track_has_one_live_picture_and_ctrl_c_ends_them_all(own_site):
    wait_for_pictures(own_site)
    assert len(encoders(own_site)) == 3
    own_site.process.signal(signal.SIGINT)
    assert own_site.process.wait(20) == 0
    until(lambda: not pictures(own_site), seconds=5, what="The end of all pictures")


def test_pictures_end_even_when_the_demo_is_killed(own_site):
    wait_for_pictures(own_site)
    os.kill(own_site.process.pid, signal.SIGKILL)
    own_site.process.wait()
    until(lambda: not pictures(own_site), seconds=5, what="The end of all pictures")


def test_second_process_neither_doubles_a_picture_nor_moves_what_staff_put_on_air(embedded_site):
    wait_for_pictures(embedded_site)
    embedded_site.manage("take", "demo", "A", "--card", "break")
    embedded_site.manage("seed_demo")
    embedded_site.manage("reconcile_streams")
    assert len(encoders(embedded_site)) == 3
    assert next(track["card"] for track in tracks(embedded_site) if track["name"] == "A") == "break"


def test_take_in_another_process_reaches_an_open_page_by_itself(embedded_site):
    with connect(f"ws://127.0.0.1:{embedded_site.port}/ws/events/demo") as viewer:
        assert json.loads(viewer.recv(timeout=5))["kind"] == "live.snapshot"
        printed = embedded_site.manage("take", "demo", "B", "--card", "technical")
        assert printed.startswith("Track B now shows")
        frame = json.loads(viewer.recv(timeout=6))
        while frame["kind"] != "live.snapshot":
            frame = json.loads(viewer.recv(timeout=6))
        assert frame["body"]["tracks"][1]["card"] == "technical"


def start_in_vain(*words: str, **env: str) -> str:
    """Start the demo where it cannot start; gives what it says."""
    command = [*MANAGE, "demo", *words]
    done = subprocess.run(command, cwd=ROOT, env=bare_environment(**env), capture_output=True, text=True)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    return done.stderr


def test_taken_port_ends_in_one_sentence(tmp_path):
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        said = start_in_vain("--port", str(port), DREAMKAST_DATA_DIR=str(tmp_path))
    assert f"Port {port} on 127.0.0.1 cannot be used" in said
    assert "make demo PORT=8001" in said


def test_missing_ffmpeg_ends_in_one_sentence(tmp_path):
    said = start_in_vain("--port", str(free_port()), PATH=str(tmp_path), DREAMKAST_DATA_DIR=str(tmp_path))
    assert "install it (Debian: apt install ffmpeg)" in said


def test_demo_without_debug_ends_in_one_sentence(tmp_path):
    said = start_in_vain(DREAMKAST_DEBUG="0", DREAMKAST_SECRET_KEY="x", DREAMKAST_DATA_DIR=str(tmp_path))
    assert "DREAMKAST_DEMO needs DREAMKAST_DEBUG" in said
