"""Presses the button: a flip by the real command for ours, the same text published for the anchors.

    python -m tests.bench.fanout.driver (ours | raw | tutorial) SIZE

Each line on standard input is a flip; each answer is one line of JSON.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

Flip = Callable[[int], dict[str, Any]]


def main() -> None:
    kind, size = sys.argv[1], int(sys.argv[2])
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    flip = {"ours": ours, "raw": raw, "tutorial": tutorial}[kind](loop, size)
    print(json.dumps({"ticket": _ticket() if kind == "ours" else ""}), flush=True)
    for number, _ in enumerate(sys.stdin, 1):
        print(json.dumps(flip(number)), flush=True)


def ours(loop: asyncio.AbstractEventLoop, _: int) -> Flip:
    """The command as a web process runs it; the frame leaves after the commit through the loop."""
    import django

    django.setup()
    from django.db import transaction

    from dreamkast.lib import broadcast
    from events.models import Track
    from events.selectors import event_facts
    from streaming.services.on_air import ensure_on_air, run_command

    broadcast.serve_on(loop)
    track = Track.objects.filter(event__slug="demo").first()

    def flip(number: int) -> dict[str, Any]:
        times: list[float] = []
        pressed, revision = time.monotonic(), ensure_on_air(track).revision
        with transaction.atomic():
            transaction.on_commit(lambda: times.append(time.monotonic()))
            run_command(
                track=track, command="card", card=("break", "technical")[number % 2],
                expected_revision=revision, idempotency_key=f"{os.getpid()}-{number}",
                source="console", actor=None,
            )  # fmt: skip
        [facts] = event_facts(slug="demo")
        return {"pressed": pressed, "sent": times[0], "revision": facts.revision}

    return flip


def _ticket() -> str:
    from accounts.models import User
    from events.models import Event
    from events.selectors import event_facts
    from streaming.tickets import issue_ticket

    [facts] = event_facts(slug="demo")
    user, event = User.objects.first(), Event.objects.get(pk=facts.id)
    return issue_ticket(user_id=user.pk, event=event, access=facts.access)


def frame(number: int, size: int) -> dict[str, Any]:
    """As large as ours, and with as many keys as matter."""
    message = {"kind": "on_air.changed", "revision": number, "body": ""}
    message["body"] = "x" * max(0, size - len(json.dumps(message)))
    return message


def raw(loop: asyncio.AbstractEventLoop, size: int) -> Flip:
    import redis

    client = redis.Redis.from_url(os.environ["REDIS_URL"])

    def flip(number: int) -> dict[str, Any]:
        text = json.dumps(frame(number, size), separators=(",", ":"))
        sent = time.monotonic()
        client.publish("bench", text)
        return {"pressed": sent, "sent": sent, "revision": number}

    return flip


def tutorial(loop: asyncio.AbstractEventLoop, size: int) -> Flip:
    from tests.bench.fanout.tutorial_server import GROUP, configure

    configure(os.environ["REDIS_URL"])
    from channels.layers import get_channel_layer

    def flip(number: int) -> dict[str, Any]:
        message = {"type": "flip", "content": frame(number, size)}
        sent = time.monotonic()
        asyncio.run_coroutine_threadsafe(get_channel_layer().group_send(GROUP, message), loop).result(10)
        return {"pressed": sent, "sent": sent, "revision": number}

    return flip


if __name__ == "__main__":
    main()
