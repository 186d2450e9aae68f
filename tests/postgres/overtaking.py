"""Runs beside the site: a picture comes on while a talk goes on air; what the picture's frame says."""

import json
import threading
import time
from typing import Any
from uuid import uuid4

from channels.layers import channel_layers
from django.db import connection, transaction

from events.models import Track
from streaming.enums import Command, Source
from streaming.models import Stream, StreamLog
from streaming.services.on_air import ensure_on_air, run_command
from streaming.services.reconcile import reconcile
from talks.models import Talk
from tests.streaming.fake_gateway import MemoryGateway

MEANWHILE = 1.0


class Recorder:
    """Stands for the channel layer of this process and keeps what is sent."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        self.frames.append(json.loads(message["text"]))


def main(track: int, talk: int) -> list[Any]:
    """A talk is put on air; before that commits, the stream's news is on its way. Gives whom it names."""
    lane = Track.objects.select_related("event").get(pk=track)
    revision = ensure_on_air(lane).revision
    stream, recorder = Stream.objects.create(track=lane, gateway="local", desired="running"), Recorder()
    channel_layers.set("default", recorder)
    news = threading.Thread(target=_reconcile, args=(stream.pk,))
    try:
        _take(lane, Talk.objects.get(pk=talk), revision, news)
        news.join()
    finally:
        StreamLog.objects.filter(stream=stream).delete()
        stream.delete()
    told = [frame["body"]["on_air"] for frame in recorder.frames if frame["kind"] == "stream.changed"]
    return [on_air and on_air["talk_id"] for on_air in told]


def _reconcile(stream: int) -> None:
    reconcile(stream, lambda name: MemoryGateway())
    connection.close()


def _take(lane: Track, talk: Talk, revision: int, meanwhile: threading.Thread) -> None:
    with transaction.atomic():
        run_command(
            track=lane,
            command=Command.TAKE,
            talk=talk,
            expected_revision=revision,
            idempotency_key=str(uuid4()),
            source=Source.CONSOLE,
            actor=None,
        )
        meanwhile.start()
        time.sleep(MEANWHILE)
