"""One server process without Redis: it does what people wished for, and takes it all along when it ends."""

import json
import subprocess
import sys

import httpx
import pytest

from tests.services.environment import ROOT, environment
from tests.services.site import CALL, MANAGE
from tests.services.waiting import until
from tests.services.web import WebServer


@pytest.fixture
def env(tmp_path):
    env = environment(
        DJANGO_SETTINGS_MODULE="dreamkast.settings.local", DREAMKAST_DATA_DIR=str(tmp_path / "data")
    )
    output([*MANAGE, "migrate", "--verbosity", "0"], env)
    return env


@pytest.fixture
def stream(env):
    """Wished for by another process, whose message nobody hears."""
    arguments = ["tests.streaming.wish", json.dumps({"gateway": "local"})]
    return json.loads(output([sys.executable, "-c", CALL, *arguments], env))


@pytest.fixture
def server(tmp_path, env, stream):
    server = WebServer(tmp_path, env)
    server.start()
    yield server
    server.stop()


def output(command, env):
    return subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def playlist(server, stream):
    return httpx.get(f"{server.url}/media/streams/{stream['public_id']}/master.m3u8")


def works_for(stream):
    listed = subprocess.run(["ps", "-ww", "-eo", "args"], check=True, capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if stream["public_id"] in line]


def files_of_the_project():
    return {path.name for path in ROOT.iterdir()}


def test_the_server_runs_the_stream_and_ends_it_when_it_ends(server, stream):
    before = files_of_the_project()
    until(lambda: playlist(server, stream).is_success, seconds=15, what="A picture")
    assert len(works_for(stream)) == 1
    # uvicorn passes the signal on after it has shut down.
    assert server.stop() in {0, -15}
    until(lambda: not works_for(stream), seconds=3, what="The end of the encoder")
    assert files_of_the_project() == before
    log = server.process.tail()
    assert "Traceback" not in log


def test_a_killed_server_leaves_no_encoder_and_the_next_one_begins_again(server, stream):
    until(lambda: works_for(stream), seconds=15, what="An encoder")
    server.process.kill()
    until(lambda: not works_for(stream), seconds=3, what="The end of the encoder")
    server.start()
    until(lambda: playlist(server, stream).is_success, seconds=15, what="A picture")
