"""Putting talks on air without a browser: a broadcaster's cookies, CSRF token and commands."""

import time
from uuid import uuid4

import httpx


def sign_in(client: httpx.Client, role: str) -> None:
    client.get("/accounts/login/")
    token = client.cookies["csrftoken"]
    client.post("/accounts/demo/", data={"role": role, "csrfmiddlewaretoken": token})
    client.headers["X-CSRFToken"] = client.cookies["csrftoken"]


def track(site, name: str = "A") -> dict:
    tracks = httpx.get(f"{site.url}/api/v1/events/demo/live").json()["tracks"]
    return next(track for track in tracks if track["name"] == name)


def document(client: httpx.Client) -> dict:
    return client.get("/api/v1/events/demo/live").json()


def flip(client: httpx.Client) -> tuple[httpx.Response, float]:
    """Show another card on the first track; the answer and how many seconds it took."""
    track = document(client)["tracks"][0]
    card = "break" if track["card"] == "waiting" else "waiting"
    body = {"command": "card", "card": card, "expected_revision": track["revision"]}
    url = f"/api/v1/events/demo/tracks/{track['id']}/commands"
    started = time.monotonic()
    answer = client.post(url, json=body | {"idempotency_key": str(uuid4())})
    return answer, time.monotonic() - started
