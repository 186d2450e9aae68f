"""An HTTP peer for IVS, MediaLive and MediaPackage v2; all requests and answers must fit their models."""

import json
import random
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from tests.services.aws.cloud import Cloud, Refused
from tests.services.aws.wire import SERVICES, Malformed, Model

SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([a-z0-9-]+)/aws4_request")
READING = ("Get", "List", "Describe")
THROTTLED = {"ivs": "ThrottlingException", "medialive": "TooManyRequestsException"}


class AwsPeer:
    """`calls` are all operations in order; `faults` what did not fit the models: a test should find none."""

    def __init__(self) -> None:
        self.cloud, self.models = Cloud(), {name: Model(name) for name in SERVICES}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: Handler(self, *args))
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.forget()

    def forget(self) -> None:
        self.cloud.forget()
        self.calls: list[str] = []
        self.faults: list[str] = []
        self.scripts: dict[str, list[str]] = defaultdict(list)
        self.throttled, self.chance = 0.0, random.Random(7)
        # Called with (number, operation, "before" | "after") around every call that changes something;
        # one that raises Unsent has seen to it that the call never came.
        self.watch: Callable[[int, str, str], None] = lambda number, operation, at: None

    def start(self) -> None:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def refuse(self, operation: str, error: str, times: int = 1) -> None:
        self.scripts[operation] += [error] * times

    def lose(self, operation: str) -> None:
        """It is done, and nobody hears of it."""
        self.scripts[operation].append("lose")

    def there(self) -> dict[str, int]:
        """How many of each kind exist."""
        with self.cloud.lock:
            found = {kind: self.cloud.listed(kind) for kind in self.cloud.rows}
            return {kind: len(rows) for kind, rows in found.items() if rows}

    def changes(self) -> list[str]:
        return [call for call in self.calls if not call.startswith(READING)]

    def weather_for(self, service: str, operation: str) -> str:
        if self.chance.random() < self.throttled:
            return THROTTLED.get(service, "ThrottlingException")
        return self.scripts[operation].pop(0) if self.scripts[operation] else ""

    def perform(self, service: str, name: str, given: dict[str, Any]) -> dict[str, Any]:
        act = getattr(self.cloud, f"{name}_{service}", None)
        if act is None:
            raise Malformed(f"the peer does not know {service} {name}")
        with self.cloud.lock:
            done: dict[str, Any] = act(given)
        return done


class Unsent(Exception):
    """The call was lost on its way: nothing is done."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two writes: the second would wait 40 ms for the reader to confirm the first.
    disable_nagle_algorithm = True

    def __init__(self, peer: AwsPeer, *args: Any) -> None:
        self.peer = peer
        super().__init__(*args)

    def answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length) or b"{}")
        service = SCOPE.search(self.headers["Authorization"])[1]  # type: ignore[index]
        model = self.peer.models[service]
        found = model.operation_of(self.command, urlsplit(self.path).path)
        if found is None:
            return self.send(404, b"<p>Not found</p>")
        operation, named = found
        try:
            given = model.request(operation, self.path, body, named)
            self.carry_out(service, operation, given)
        except Malformed as fault:
            self.peer.faults.append(str(fault))
            self.send(400, json.dumps({"message": str(fault)}).encode(), "ValidationException")

    def carry_out(self, service: str, operation: Any, given: dict[str, Any]) -> None:
        peer, model, name = self.peer, self.peer.models[service], operation.name
        peer.calls.append(name)
        number, is_change = len(peer.changes()), not name.startswith(READING)
        weather = peer.weather_for(service, name)
        if weather not in {"", "lose"}:
            return self.refuse(model, weather, f"{_sentence(weather, service, name)}")
        try:
            if is_change:
                peer.watch(number, name, "before")
            done = peer.perform(service, name, given)
        except Unsent:
            return self.hang_up()
        except Refused as refused:
            return self.refuse(model, refused.error, str(refused))
        if is_change:
            peer.watch(number, name, "after")
        if weather == "lose":
            return self.hang_up()
        self.send(
            int(operation.http.get("responseCode", 200)), json.dumps(model.answer(operation, done)).encode()
        )

    def refuse(self, model: Model, error: str, message: str) -> None:
        self.send(model.status_of(error), json.dumps({"message": message}).encode(), error)

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.close()

    def send(self, status: int, body: bytes, error: str = "") -> None:
        body = b"" if status == 204 else body
        try:
            self.send_response(status)
            self.send_header("x-amzn-requestid", f"request-{len(self.peer.calls)}")
            if error:
                self.send_header("x-amzn-errortype", error)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            # Whoever asked was killed meanwhile: that is what some tests are about.
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

    def log_message(self, *args: Any) -> None:
        """The peer keeps its own list."""


def _sentence(error: str, service: str, name: str) -> str:
    if error.startswith("AccessDenied") or error == "ForbiddenException":
        who = "arn:aws:sts::123456789012:assumed-role/worker/1"
        return f"User: {who} is not authorized to perform: {service}:{name} on resource: *"
    return "As the test wanted it."
