"""The control room's socket: all that viewers hear, and what staff alone may know."""

import asyncio
from contextlib import suppress
from typing import Any

from channels.auth import get_user
from channels.db import database_sync_to_async
from django.db import DatabaseError

from accounts.models import User
from accounts.rules import second_factor_proved
from dreamkast.lib.broadcast import encode
from dreamkast.lib.sockets import Frame, Socket
from dreamkast.lib.uvicorn_protocol import EXTENSION
from events.live import event_group
from events.models import Event
from streaming.console_live import console_group
from streaming.consumers import BAD_REQUEST, NO_SUCH_EVENT, NOT_SIGNED_IN, HubConsumer
from streaming.hub import current_hub
from streaming.rules import can_direct
from streaming.selectors.control_room import control_room

MAY_NOT_DIRECT = 4403
RECHECK_SECONDS = 2.0


class ConsoleConsumer(HubConsumer):
    guard: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        await self.accept()
        user = await get_user(self.scope)
        if not user.is_authenticated:
            await self.close(NOT_SIGNED_IN)
            return
        slug = self.scope["url_route"]["kwargs"]["event"]
        found = await database_sync_to_async(_event_to_direct)(slug, user.pk)
        if not await database_sync_to_async(second_factor_proved)(self.scope["session"], user):
            found = MAY_NOT_DIRECT
        if isinstance(found, Event):
            await self._enter(found, user.pk)
        else:
            await self.close(found)

    async def _enter(self, event: Event, user_id: int) -> None:
        """Join first, then send the state: nothing can slip between the two."""
        self.event = event
        self.socket = Socket(self, self.scope.get("extensions", {}).get(EXTENSION), user_id)
        for group in self._groups():
            await self._join(group)
        self.socket.open(Frame(await database_sync_to_async(_snapshot)(event)))
        self.guard = asyncio.create_task(self._recheck(user_id))

    async def _recheck(self, user_id: int) -> None:
        """Close when the right to direct is taken away. The hub knows when to ask: waiting costs no query."""
        seen = None
        while True:
            # What could not be asked now is asked again in the next round.
            with suppress(DatabaseError):
                seen = await self._checked(seen, user_id)
            await asyncio.sleep(RECHECK_SECONDS)

    async def _checked(self, seen: int | None, user_id: int) -> int | None:
        access = await self._access()
        if access == seen:
            return seen
        found = await database_sync_to_async(_event_to_direct)(self.event.slug, user_id)
        if not isinstance(found, Event):
            await self.close(MAY_NOT_DIRECT)
        return access

    async def _access(self) -> int | None:
        facts = await current_hub().facts_of(self.event.slug)
        return facts.access if facts else None

    def _groups(self) -> list[str]:
        return [event_group(self.event.pk), console_group(self.event.pk)]

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Commands go by HTTP: here only the server speaks."""
        await self.close(BAD_REQUEST)

    def _depart(self) -> None:
        if self.guard is not None:
            self.guard.cancel()
        super()._depart()


def _event_to_direct(slug: str, user_id: int) -> Event | int:
    """The event, or the close code that says why not. The person is read anew: roles may have changed."""
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        return NO_SUCH_EVENT
    person = User.objects.filter(pk=user_id, is_active=True).first()
    return event if person and can_direct(person, event) else MAY_NOT_DIRECT


def _snapshot(event: Event) -> str:
    state: dict[str, Any] = control_room(event)
    return encode("console.snapshot", state["revision"], state)
