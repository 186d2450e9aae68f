"""The one place that hands a frame to the channel layer."""

import asyncio
import json
import logging
from functools import partial, update_wrapper
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db import transaction

logger = logging.getLogger(__name__)
SEND_SECONDS = 1.0
_serving_loop: asyncio.AbstractEventLoop | None = None


def serve_on(loop: asyncio.AbstractEventLoop | None) -> None:
    """Name the loop of this server process; frames then leave through it and no request waits for Redis."""
    global _serving_loop
    _serving_loop = loop


def encode(kind: str, revision: int | None, body: Any) -> str:
    """A frame as text. It is encoded here once, however many viewers read it."""
    return json.dumps(
        {"kind": kind, "revision": revision, "body": body}, ensure_ascii=False, separators=(",", ":")
    )


def send_on_commit(group: str, kind: str, revision: int | None, body: Any) -> None:
    """Send a frame to `group` once the open transaction has committed; nothing is sent when it rolls back.

    Delivery is at most once: a dead channel layer is logged and never fails the caller.
    """
    message = {
        "type": "frame",
        "group": group,
        "revision": revision,
        "text": encode(kind, revision, body),
    }
    # Django logs a failed callback by its name, which a bare partial lacks.
    publish = update_wrapper(partial(_publish, group, message), _publish)
    transaction.on_commit(publish, robust=True)


def _publish(group: str, message: dict[str, Any]) -> None:
    if _serving_loop is not None and not _serving_loop.is_closed():
        asyncio.run_coroutine_threadsafe(_send(group, message), _serving_loop)
    else:
        async_to_sync(_send)(group, message)


async def _send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    try:
        await asyncio.wait_for(layer.group_send(group, message), SEND_SECONDS)
    except (
        Exception
    ):  # Each layer has its own errors, and none may reach a command that has already committed.
        logger.warning("A frame for %s was not pushed; viewers catch up by themselves.", group, exc_info=True)
