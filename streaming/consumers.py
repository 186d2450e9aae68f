"""The viewers' socket. It forwards what the hub says and has no opinions of its own."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from dreamkast.lib.sockets import Socket
from dreamkast.lib.uvicorn_protocol import EXTENSION
from events.enums import EventStatus
from events.live import event_group
from events.models import Event, Track
from events.rules import can_watch
from events.selectors import EventFacts
from streaming.hub import current_hub
from streaming.tickets import read_ticket
from talks.live import talk_group, track_group
from talks.models import Talk

BAD_REQUEST, NOT_SIGNED_IN, MAY_NOT_WATCH, NO_SUCH_EVENT = 4400, 4401, 4403, 4404
# What a viewer may follow beside the event: the questions of a talk, the chat room of a track.
TOPICS: dict[str, tuple[type[Talk] | type[Track], Callable[[int], str]]] = {
    "follow": (Talk, talk_group),
    "room": (Track, track_group),
}


class HubConsumer(AsyncWebsocketConsumer):
    """A consumer whose socket hangs in the hub, and leaves it however its life ends."""

    # The hub subscribes once per process; a layer of its own would subscribe once per viewer.
    channel_layer_alias = "none"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.socket: Socket | None = None
        self.groups_joined: set[str] = set()
        try:
            await super().__call__(scope, receive, send)
        finally:
            # `disconnect` is not called when a handler fails, for example because the database is away.
            self._depart()

    async def _join(self, group: str) -> None:
        assert self.socket is not None
        self.groups_joined.add(group)
        await current_hub().join(group, self.socket)

    def _leave(self, group: str) -> None:
        if self.socket is not None and group in self.groups_joined:
            self.groups_joined.discard(group)
            current_hub().leave(group, self.socket)

    def _depart(self) -> None:
        for group in tuple(self.groups_joined):
            self._leave(group)
        if self.socket is not None:
            self.socket.end()


class ViewerConsumer(HubConsumer):
    async def connect(self) -> None:
        await self.accept()
        facts = await current_hub().facts_of(self.scope["url_route"]["kwargs"]["event"])
        if facts is None:
            await self.close(NO_SUCH_EVENT)
            return
        refusal, user_id = await self._admit(facts)
        if refusal:
            # Strangers do not learn that there is a draft.
            await self.close(NO_SUCH_EVENT if facts.status == EventStatus.DRAFT else refusal)
            return
        await self._enter(facts, user_id)

    async def _enter(self, facts: EventFacts, user_id: int | None) -> None:
        """Join first, then send the state: nothing can slip between the two."""
        self.facts = facts
        self.socket = Socket(self, self.scope.get("extensions", {}).get(EXTENSION), user_id)
        await self._join(event_group(facts.id))
        self.socket.open(await current_hub().snapshot(facts))

    async def _admit(self, facts: EventFacts) -> tuple[int | None, int | None]:
        """The close code or None, and whose socket it is. No query for open events and valid tickets."""
        query = parse_qs(self.scope["query_string"].decode())
        ticket = read_ticket(query.get("ticket", [""])[0])
        ours = ticket is not None and ticket.event_id == facts.id
        if facts.is_for_everybody:
            return None, ticket.user_id if ticket and ours else None
        if ticket and ours and ticket.user_id and ticket.access == facts.access:
            return None, ticket.user_id
        user = await get_user(self.scope)
        if not user.is_authenticated:
            return NOT_SIGNED_IN, None
        allowed = await database_sync_to_async(_may_watch)(user, facts.id)
        return (None if allowed else MAY_NOT_WATCH), user.pk

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.socket is None:
            return
        match _said(text_data):
            case ("watching", track_id):
                await self._watch(self.socket, track_id)
            case ("follow" | "room" as topic, pk):
                await self._follow(self.socket, topic, pk)
            case _:
                await self.close(BAD_REQUEST)

    async def _watch(self, socket: Socket, track_id: int | None) -> None:
        known = track_id is None or await _exists(Track, track_id, self.facts.id)
        socket.watching = track_id if known else None

    async def _follow(self, socket: Socket, topic: str, pk: int | None) -> None:
        """Move to the group of another talk or room; null, or one of another event, leaves the last."""
        model, group_of = TOPICS[topic]
        if topic in socket.topics:
            self._leave(socket.topics.pop(topic))
        if pk and await _exists(model, pk, self.facts.id):
            socket.topics[topic] = group_of(pk)
            await self._join(socket.topics[topic])


def _said(text: str | None) -> tuple[str, int | None] | None:
    """One of the three things a viewer may say, or None for everything else."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or len(message) != 1:
        return None
    (key, value), *_ = message.items()
    known = key in {"watching", *TOPICS} and (value is None or type(value) is int)
    return (key, value) if known else None


def _may_watch(user: Any, event_id: int) -> bool:
    return can_watch(user, Event.objects.get(pk=event_id))


@database_sync_to_async
def _exists(model: type[Track] | type[Talk], pk: int, event_id: int) -> bool:
    return model.objects.filter(pk=pk, event=event_id).exists()
