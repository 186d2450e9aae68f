"""The short way in for viewers: whoever is known without a query gets a ready socket, past ASGI and Channels.

Everybody else (no ticket, an unknown event, another path or origin) takes the consumers' way.
"""

import logging
from functools import lru_cache
from urllib.parse import urlparse

from channels.security.websocket import AllowedHostsOriginValidator

from dreamkast.lib.pulse import Pulse
from dreamkast.lib.ready_socket import ReadySocket
from dreamkast.lib.uvicorn_protocol import Handshake
from events.live import event_group
from events.selectors import EventFacts
from streaming.admission import known_guest
from streaming.consumers import BAD_REQUEST
from streaming.hub import Hub
from streaming.wishes import read_wish

PREFIX, FAILED = "/ws/events/", 1011
logger = logging.getLogger(__name__)


class ViewerDoor:
    def __init__(self, hub: Hub) -> None:
        self._hub, self._pulse = hub, Pulse()
        self._origins = AllowedHostsOriginValidator(None)
        self._is_origin_allowed = lru_cache(maxsize=256)(self._ask_origin)

    def __call__(self, handshake: Handshake) -> ReadySocket | None:
        """A socket for a guest who is known, or None."""
        facts = self._facts(handshake.path)
        if facts is None or not self._is_origin_allowed(handshake.origin):
            return None
        guest = known_guest(facts, handshake.query)
        return None if guest is None else ReadySocket(self, facts.id, guest.user_id)

    def stop(self) -> None:
        self._pulse.stop()

    # What a ready socket tells

    def entered(self, socket: ReadySocket) -> None:
        self._pulse.add(socket)
        self._hub.enter(socket, socket.event_id)

    def heard(self, socket: ReadySocket, text: str | None) -> None:
        """Fulfil a wish at once if nothing has to be asked, else one after the other."""
        wish = read_wish(text)
        if wish is None:
            socket.close(BAD_REQUEST)
        elif socket.wishes is not None:
            socket.wishes.append(wish)
        elif self._hub.belongings.knows(wish, socket.event_id):
            self._hub.fulfil(socket, wish)
        else:
            socket.wishes = [wish]
            socket.pause_reading()
            self._hub.do(self._fulfil_all(socket))

    def left(self, socket: ReadySocket) -> None:
        self._pulse.discard(socket)
        self._hub.depart(socket, event_group(socket.event_id))

    async def _fulfil_all(self, socket: ReadySocket) -> None:
        try:
            while socket.wishes and not socket.is_closing:
                wish = socket.wishes.pop(0)
                found = await self._hub.belongings.ask(wish, socket.event_id)
                # Whoever has left meanwhile must not join anything.
                if not socket.is_closing:
                    self._hub.fulfil(socket, wish if found else wish.nothing())
        except Exception:
            logger.exception("A viewer's wish failed.")
            socket.close(FAILED)
        finally:
            socket.wishes = None
            socket.resume_reading()

    def _facts(self, path: str) -> EventFacts | None:
        return self._hub.facts.get(path[len(PREFIX) :]) if path.startswith(PREFIX) else None

    def _ask_origin(self, origin: str | None) -> bool:
        try:
            return self._origins.valid_origin(None if origin is None else urlparse(origin))
        except ValueError:
            return False
