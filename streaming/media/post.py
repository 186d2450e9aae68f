"""Signed messages to programs outside. The address is looked at before each; redirects are not followed."""

import hashlib
import hmac
import http.client
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from streaming.hook_urls import AddressRefused, addresses_of, check_parts

SECONDS = 5.0
LARGEST_ANSWER = 16 * 1024


@dataclass(frozen=True)
class Answer:
    """`status` is None when there was no answer; `error` says why it does not count as delivered."""

    status: int | None
    error: str = ""

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signature(secret: str, timestamp: int, body: str) -> str:
    """HMAC-SHA256 over the time, a dot and the body: who repeats an old message is found out by its time."""
    text = f"{timestamp}.{body}".encode()
    return "v1=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def post_signed(*, url: str, secret: str, body: str, delivery: str, kind: str) -> Answer:
    timestamp = int(time.time())
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Dreamkast",
        "X-Dreamkast-Event": kind,
        "X-Dreamkast-Delivery": delivery,
        "X-Dreamkast-Timestamp": str(timestamp),
        "X-Dreamkast-Signature": signature(secret, timestamp, body),
    }
    try:
        return _post(url, body, headers)
    except AddressRefused:
        return Answer(None, "The address leads into a closed network.")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:200])


def _post(url: str, body: str, headers: dict[str, str]) -> Answer:
    parts = urlsplit(url)
    check_parts(parts)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # The very address that was looked at is used: a name may lead elsewhere a moment later.
    connection = _connection(parts.scheme, host, port, addresses_of(host, port)[0])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body.encode(), headers)
        response = connection.getresponse()
        response.read(LARGEST_ANSWER)
    finally:
        connection.close()
    ok = 200 <= response.status < 300
    return Answer(response.status, "" if ok else f"HTTP {response.status} {response.reason}"[:200])


def _connection(scheme: str, host: str, port: int, address: str) -> http.client.HTTPConnection:
    line = socket.create_connection((address, port), SECONDS)
    if scheme == "http":
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    else:
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)
        line = _secured(line, context, host)
    connection.sock = line
    return connection


def _secured(line: socket.socket, context: ssl.SSLContext, host: str) -> socket.socket:
    try:
        return context.wrap_socket(line, server_hostname=host)
    except (OSError, ValueError):
        line.close()
        raise
