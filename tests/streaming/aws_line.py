"""A line to moto that answers in its place where moto knows nothing, or goes wrong where AWS would.

Every answer of ours is checked against botocore's own model of the service, so that it cannot drift from AWS.
"""

import json
import threading
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.loaders
import botocore.model
import botocore.validate
import httpx

IVS = botocore.model.ServiceModel(botocore.loaders.Loader().load_service_model("ivs", "service-2"), "ivs")


class AwsLine:
    """What is scripted is for the coming calls of an operation; else moto answers."""

    def __init__(self, moto_url):
        self.moto = httpx.Client(base_url=moto_url)
        self.calls = []
        self._scripts = defaultdict(list)

    def answer(self, operation, body):
        shape = IVS.operation_model(operation).output_shape
        report = botocore.validate.ParamValidator().validate(body, shape) if shape else None
        assert report is None or not report.has_errors(), report.generate_report()
        self._scripts[operation].append(lambda handler: handler.reply(200, body))

    def refuse(self, operation, error, times=1):
        known = {shape.name for shape in IVS.operation_model(operation).error_shapes} | {
            "ThrottlingException"
        }
        assert error in known
        status = IVS.shape_for(error).metadata["error"]["httpStatusCode"]
        self._scripts[operation] += [lambda handler: handler.reply(status, {"message": error}, error)] * times

    def misplace(self, operation):
        """Somebody else answers: a proxy, or a service that does not know the call."""
        self._scripts[operation].append(lambda handler: handler.send(404, b"<p>Not found</p>", {}))

    def lose(self, operation):
        """AWS does it, and nobody hears of it."""
        self._scripts[operation].append(lambda handler: handler.forward())

    def take(self, operation):
        self.calls.append(operation)
        return self._scripts[operation].pop(0) if self._scripts[operation] else None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, line, *args):
        self.line = line
        super().__init__(*args)

    def do_POST(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        script = self.line.take(self.path.removeprefix("/"))
        if script is None:
            answer = self.forward()
            return self.send(answer.status_code, answer.content, dict(answer.headers))
        if script(self) is not None:
            self.close_connection = True
        return None

    def forward(self):
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        return self.line.moto.post(self.path, content=self.body, headers=headers)

    def reply(self, status, body, error=""):
        headers = {"Content-Type": "application/json", "x-amzn-RequestId": "request-1"}
        self.send(status, json.dumps(body).encode(), headers | ({"x-amzn-ErrorType": error} if error else {}))

    def send(self, status, content, headers):
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in {"connection", "content-length", "date", "server"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        """The test says what matters."""


@contextmanager
def line_to(moto_url):
    line = AwsLine(moto_url)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, line))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    line.url = f"http://127.0.0.1:{server.server_port}"
    yield line
    server.shutdown()
    server.server_close()
    line.moto.close()
