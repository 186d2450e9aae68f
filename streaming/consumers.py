"""The viewers' socket. It forwards what the hub says and has no opinions of its own."""

from typing import Any

from channels.auth import get_user
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer

from dreamkast.lib.sockets import Socket
from dreamkast.lib.uvicorn_protocol import EXTENSION
from events.live import event_group
from events.models import Event
from events.rules import can_watch
from events.selectors import EventFacts
from streaming.admission import known_guest
from streaming.hub import current_hub
from streaming.wishes import read_wish

BAD_REQUEST, NOT_SIGNED_IN, MAY_NOT_WATCH, NO_SUCH_EVENT = 4400, 4401, 4403, 4404


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

    def _depart(self) -> None:
        if self.socket is not None:
            current_hub().depart(self.socket, *self.groups_joined)
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
            await self.close(NO_SUCH_EVENT if facts.is_private else refusal)
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
        guest = known_guest(facts, self.scope["query_string"].decode())
        if guest:
            return None, guest.user_id
        user = await get_user(self.scope)
        if not user.is_authenticated:
            return NOT_SIGNED_IN, None
        allowed = await database_sync_to_async(_may_watch)(user, facts.id)
        return (None if allowed else MAY_NOT_WATCH), user.pk

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        if self.socket is None:
            return
        wish = read_wish(text_data)
        if wish is None:
            await self.close(BAD_REQUEST)
            return
        hub = current_hub()
        found = await hub.belongings.ask(wish, self.facts.id)
        hub.fulfil(self.socket, wish if found else wish.nothing())


def _may_watch(user: Any, event_id: int) -> bool:
    return can_watch(user, Event.objects.get(pk=event_id))
