"""The server as production starts it: settings of production, gunicorn, PostgreSQL and Redis."""

import json
import re
import signal
import socket
import sys
import time

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dreamkast.lib.serve import OPTIONS
from tests.deploy.environments import manage, run
from tests.services.web import WebServer

HOST = "conference.example.org"
BEHIND_PROXY = {"Host": HOST, "X-Forwarded-Proto": "https"}


@pytest.fixture
def web(migrated, tmp_path):
    done = manage(migrated, "collectstatic", "--no-input", "--verbosity", "0")
    assert done.returncode == 0, done.stderr
    server = WebServer(tmp_path, migrated, gunicorn=True)
    server.process.start(lambda: _is_up(server), 60)
    yield server
    server.stop()


def _is_up(server: WebServer) -> bool:
    try:
        return get(server, "/livez").status_code == 200
    except httpx.HTTPError:
        return False


def get(server: WebServer, path: str) -> httpx.Response:
    return httpx.get(server.url + path, headers=BEHIND_PROXY, timeout=10)


def viewer(server: WebServer) -> ClientConnection:
    line = socket.create_connection(("127.0.0.1", server.port))
    address, origin = f"ws://{HOST}/ws/events/hall", f"https://{HOST}"
    return connect(address, sock=line, origin=origin, additional_headers={"X-Forwarded-Proto": "https"})


def read_to_the_end(line: ClientConnection, frames: list) -> None:
    while True:
        frames.append(json.loads(line.recv(timeout=10)))


def test_it_answers_serves_its_files_and_lets_viewers_go_when_it_is_told_to_end(web):
    assert [get(web, path).text for path in ("/livez", "/readyz")] == ["ok\n", "ready\n"]

    page = get(web, "/hall/")
    assert page.status_code == 200
    files = re.findall(r'(?:src|href)="(/static/[^"#]+)', page.text)
    assert files
    answers = {path: get(web, path) for path in files}
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(files, 200)
    assert {answer.headers["Cache-Control"] for answer in answers.values()} == {
        "max-age=315360000, public, immutable"
    }

    with viewer(web) as line:
        first = json.loads(line.recv(timeout=10))
        assert (first["kind"], len(first["body"]["tracks"])) == ("live.snapshot", 2)
        told = time.monotonic()
        web.process.signal(signal.SIGTERM)
        frames = []
        with pytest.raises(ConnectionClosed) as closed:
            read_to_the_end(line, frames)
    assert frames[-1] == {"kind": "reconnect", "revision": None, "body": {"after_ms": 2000}}
    assert closed.value.rcvd.code == 1012
    assert web.process.wait(20) == 0
    # Without requests in flight nothing has to be waited for.
    assert time.monotonic() - told < OPTIONS["timeout_graceful_shutdown"]


def test_the_health_check_of_the_image_asks_by_the_sites_own_name(web, migrated):
    ask = [sys.executable, "deploy/healthcheck.py"]
    env = migrated | {"BIND": f"127.0.0.1:{web.port}"}
    assert run([*ask, "/livez"], env).returncode == 0
    assert run([*ask, "/readyz"], env).returncode == 0
    missing = run([*ask, "/nothing/here/at/all"], env)
    assert (missing.returncode, missing.stderr) == (1, "/nothing/here/at/all answers 404\n")
    web.stop()
    assert run(ask, env).returncode == 1
