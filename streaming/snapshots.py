"""The live document as ready text, built once per revision and process, for socket and URL alike."""

import asyncio
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from channels.db import database_sync_to_async
from django.db import connection
from django.utils import timezone

from dreamkast.lib.sockets import Frame
from events.live import moment
from events.models import Event
from streaming import viewer_counts
from streaming.live import live_document

TIME = "time"
# A place in the encoded text: no title can hold the control character that marks it.
PLACE = re.compile(r'"\\u0000(\w+)\\u0000"')


@dataclass(frozen=True)
class ReadyDocument:
    """An encoded document, cut where each reader gets the present time and the present counts.

    `parts` are texts and, at every second place, what belongs there: the time, or a track's viewers.
    """

    event_id: int
    revision: int
    parts: tuple[str, ...]

    def text(self) -> str:
        return "".join(self._fill(part) if place % 2 else part for place, part in enumerate(self.parts))

    def _fill(self, what: str) -> str:
        return json.dumps(
            moment(timezone.now()) if what == TIME else viewer_counts.viewers_of(self.event_id, int(what))
        )


def ready_document(event: Event, *, with_playback: bool) -> ReadyDocument:
    document: dict[str, Any] = live_document(event, with_playback=with_playback)
    document["server_time"] = _place(TIME)
    for track in document["tracks"]:
        track["viewers"] = _place(track["id"])
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return ReadyDocument(event.pk, document["revision"], tuple(PLACE.split(text)))


def _place(what: str | int) -> str:
    return f"\0{what}\0"


class PublicDocuments:
    """What outsiders may read: before the doors open it has no playback."""

    def __init__(self) -> None:
        self._documents: dict[int, ReadyDocument] = {}
        self._locks: dict[int, Lock] = defaultdict(Lock)

    def ready(self, event_id: int, revision: int) -> ReadyDocument | None:
        """The document of at least `revision` if this process has it; no query."""
        document = self._documents.get(event_id)
        return document if document and document.revision >= revision else None

    def get(self, event_id: int, revision: int) -> ReadyDocument:
        """The document of at least `revision`; of many threads that ask at once one builds it."""
        # First the connection, then the lock: those who wait for the lock hold connections, and whoever
        # held it without one would wait for them at an empty pool.
        connection.ensure_connection()
        with self._locks[event_id]:
            return self.ready(event_id, revision) or self._build(event_id)

    def forget(self) -> None:
        self._documents.clear()

    def _build(self, event_id: int) -> ReadyDocument:
        event = Event.objects.get(pk=event_id)
        document = ready_document(event, with_playback=event.phase != "before")
        self._documents[event_id] = document
        return document


public_documents = PublicDocuments()
_building: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)


# How old the time and the counts in a shared first frame may be.
SHARED_SECONDS = 0.05
_shared: dict[int, tuple[float, ReadyDocument, Frame]] = {}


def ready_frame(event_id: int, revision: int) -> Frame | None:
    """The frame for those who come in the same moment, if its document is at hand; no query."""
    document = public_documents.ready(event_id, revision)
    if document is None:
        return None
    made_at, of, frame = _shared.get(event_id, (0.0, None, None))
    if frame is None or of is not document or monotonic() - made_at > SHARED_SECONDS:
        frame = _frame(document)
        _shared[event_id] = (monotonic(), document, frame)
    return frame


async def snapshot_frame(event_id: int, revision: int) -> Frame:
    """The `live.snapshot` frame of at least `revision`; of many sockets that come at once one builds it."""
    async with _building[event_id]:
        document = public_documents.ready(event_id, revision)
        if document is None:
            document = await database_sync_to_async(public_documents.get)(event_id, revision)
    return _frame(document)


def _frame(document: ReadyDocument) -> Frame:
    text = f'{{"kind":"live.snapshot","revision":{document.revision},"body":{document.text()}}}'
    return Frame(text, document.revision)
