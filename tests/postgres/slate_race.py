"""Runs beside the site: two workers that hear of a loss and a person who presses, all at the same moment."""

import threading
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from events.models import Track
from streaming.enums import Command, Source
from streaming.errors import OnAirRefused
from streaming.models import AutomaticSlate, OnAir, OnAirLog, Stream
from streaming.services.on_air import ensure_on_air, run_command
from streaming.services.slate import consider, switch_slate
from streaming.states import Desired, Observed
from talks.models import Talk

WORKERS = 2


def main(tracks: dict[str, list[int]]) -> list[dict[str, Any]]:
    """One race on each track; what each said, and what is left."""
    return [_race(Track.objects.select_related("event").get(pk=pk), talks[0]) for pk, talks in tracks.items()]


def _race(track: Track, talk: int) -> dict[str, Any]:
    own = {"gateway": "ivs", "desired": Desired.READY, "observed": Observed.STOPPED}
    stream = Stream.objects.create(track=track, **own)
    switch_slate(stream=stream, is_automatic=True, actor=None)
    _press(track, Command.TAKE, ensure_on_air(track).revision, talk=Talk.objects.get(pk=talk))
    said: dict[str, Any] = {"put_up": 0, "pressed": ""}
    together = threading.Barrier(WORKERS + 1)
    threads = [threading.Thread(target=_hear, args=(said, stream.pk, together)) for _ in range(WORKERS)]
    threads.append(threading.Thread(target=_pause, args=(said, track, together)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said | _left(track, stream)


def _hear(said: dict[str, Any], stream_id: int, together: threading.Barrier) -> None:
    stream = Stream.objects.select_related("track__event").get(pk=stream_id)
    together.wait(30)
    said["put_up"] += consider(stream=stream, is_lost=True, now=timezone.now())
    connection.close()


def _pause(said: dict[str, Any], track: Track, together: threading.Barrier) -> None:
    seen = ensure_on_air(track).revision
    together.wait(30)
    try:
        _press(track, Command.CARD, seen, card="break")
        said["pressed"] = "done"
    except OnAirRefused as refused:
        said["pressed"] = refused.code
    connection.close()


def _press(track: Track, command: Command, revision: int, **fields: Any) -> None:
    run_command(
        track=track,
        command=command,
        expected_revision=revision,
        idempotency_key=str(uuid4()),
        source=Source.CONSOLE,
        actor=None,
        **fields,
    )


def _left(track: Track, stream: Stream) -> dict[str, Any]:
    """Also after the next answer: who gave up does not come again."""
    consider(stream=stream, is_lost=True, now=timezone.now())
    log = OnAirLog.objects.filter(track=track).order_by("revision").values_list("revision", "source")
    return {
        "card": OnAir.objects.get(track=track).card,
        "log": [list(row) for row in log],
        "slates": AutomaticSlate.objects.filter(stream=stream).count(),
    }
