"""One hub per web process: it holds the sockets, and each frame reaches them without work per viewer.

The process subscribes once per group. A frame arrives encoded and is written to every transport.
Once a second one query reads the counters of all open events: a counter that rose without a
frame means that a push was missed, and then the whole state is sent. So Redis is only fast, never needed.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from channels.layers import get_channel_layer

from dreamkast.lib import broadcast
from dreamkast.lib.ready_socket import ReadySocket
from dreamkast.lib.sockets import Frame, Socket
from events.live import event_group
from events.page_cache import known_revisions
from events.selectors import EventFacts, event_facts, watchers_among
from streaming.audience import Audience
from streaming.crowds import crowds, sizes
from streaming.revisions import Revisions
from streaming.snapshots import ready_frame, snapshot_frame
from streaming.viewer_counts import ViewerCounts
from streaming.wishes import TOPICS, Belongings, Wish

logger = logging.getLogger(__name__)
WATCH_SECONDS, COUNT_SECONDS, LAG_SECONDS = 1.0, 5.0, 20.0
# By way of Channels or past it: the hub treats both alike.
AnySocket = Socket | ReadySocket


class Hub:
    def __init__(self) -> None:
        self.sockets: dict[str, set[AnySocket]] = defaultdict(set)
        self.facts: dict[str, EventFacts] = {}
        self.counts = ViewerCounts()
        self.audience = Audience()
        self.belongings = Belongings()
        self._revisions: dict[int, Revisions] = {}
        self._late: dict[int, int] = {}
        self._checked: dict[int, tuple[int, bool]] = {}
        self._subscribed: set[str] = set()
        self._mailbox: str | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._chores: set[asyncio.Task[None]] = set()

    # Life

    def start(self) -> None:
        """Begin to read, watch and count; called by the server's lifespan or by the first socket."""
        if not self._tasks:
            broadcast.serve_on(asyncio.get_running_loop())
            self._tasks = [
                asyncio.create_task(self._read()),
                asyncio.create_task(self._every(WATCH_SECONDS, self.watch)),
                asyncio.create_task(self._every(COUNT_SECONDS, self.count)),
            ]

    async def stop(self) -> None:
        broadcast.serve_on(None)
        ending = [*self._tasks, *self._chores]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)
        self._tasks = []
        await self.counts.close()
        await self.audience.close()

    async def _every(self, seconds: float, step: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await step()
            except Exception:  # Whatever fails in one round is tried again in the next; the sockets stay.
                logger.exception("A round of the hub failed.")

    # Sockets

    async def join(self, group: str, socket: AnySocket) -> None:
        """Add a socket to a group; the process subscribes with the first one and never waits for Redis."""
        self.start()
        self._add(group, socket)
        if group not in self._subscribed:
            await self._subscribe(group)

    def leave(self, group: str, socket: AnySocket) -> None:
        members = self.sockets.get(group)
        if members is not None:
            members.discard(socket)
            if not members:
                del self.sockets[group]

    def enter(self, socket: ReadySocket, event_id: int) -> None:
        """Join first, then send the state; without a task where both are at hand."""
        self.start()
        group = event_group(event_id)
        self._add(group, socket)
        state = self._ready_snapshot(event_id) if group in self._subscribed else None
        if state is None:
            self.do(self._enter(socket, event_id))
        else:
            socket.open(state)

    async def _enter(self, socket: ReadySocket, event_id: int) -> None:
        try:
            await self._subscribe(event_group(event_id))
            socket.open(await self._snapshot(event_id, 0))
        except Exception:  # The client comes back by itself; without a first state it would show nothing.
            logger.exception("A viewer could not be shown the state.")
            socket.close(1011)

    def fulfil(self, socket: AnySocket, wish: Wish) -> None:
        """Note which picture plays, or move to another talk or room. What the wish names exists."""
        if wish.name not in TOPICS:
            socket.watching = wish.pk
            return
        if wish.name in socket.topics:
            self.leave(socket.topics.pop(wish.name), socket)
        if wish.pk is not None:
            self._follow(socket, wish.name, TOPICS[wish.name](wish.pk))

    def _follow(self, socket: AnySocket, topic: str, group: str) -> None:
        socket.topics[topic] = group
        self._add(group, socket)
        if group not in self._subscribed:
            self.do(self._subscribe(group))

    def depart(self, socket: AnySocket, *groups: str) -> None:
        """Take a socket that is gone out of these groups and of what it followed."""
        for group in (*groups, *socket.topics.values()):
            self.leave(group, socket)

    def do(self, chore: Coroutine[Any, Any, None]) -> None:
        """Something short beside the rounds."""
        task = asyncio.get_running_loop().create_task(chore)
        self._chores.add(task)
        task.add_done_callback(self._chores.discard)

    def _add(self, group: str, socket: AnySocket) -> None:
        members = self.sockets[group]
        if not members and group.startswith("event."):
            self._revisions.pop(_event_id(group), None)
        members.add(socket)

    def deliver(self, group: str, frame: Frame) -> None:
        for socket in tuple(self.sockets.get(group, ())):
            socket.push(frame)

    # Frames from the channel layer

    async def _read(self) -> None:
        while True:
            try:
                await self._read_mailbox()
            except Exception:  # Redis may be gone at any second; the counters heal what is missed meanwhile.
                logger.warning("The channel layer does not answer; trying again.", exc_info=True)
                await asyncio.sleep(1)

    async def _read_mailbox(self) -> None:
        layer = get_channel_layer()
        if self._mailbox is None:
            self._mailbox = await layer.new_channel()
            self._subscribed.clear()
        await self._subscribe_missing()
        while True:
            self._received(await layer.receive(self._mailbox))

    def _received(self, message: dict[str, Any]) -> None:
        group = message["group"]
        # Other groups count for themselves.
        revision = message["revision"] if group.startswith("event.") else None
        if revision is not None and (revisions := self._revisions.get(_event_id(group))):
            revisions.add(revision)
        self.deliver(group, Frame(message["text"], revision))

    async def _subscribe_missing(self) -> None:
        for group in self.sockets.keys() - self._subscribed:
            await self._subscribe(group)

    async def _subscribe(self, group: str) -> None:
        if self._mailbox is None:
            return
        try:
            await asyncio.wait_for(get_channel_layer().group_add(group, self._mailbox), 1)
        except Exception:  # The next round of `watch` tries again; until then the counters carry the news.
            logger.warning("Could not subscribe to %s.", group)
        else:
            self._subscribed.add(group)

    # Once a second

    async def watch(self) -> None:
        """Read all counters, send what a push missed, close what may no longer watch, revive the slow."""
        await self._subscribe_missing()
        found = await database_sync_to_async(event_facts)(ids=self._event_ids())
        self.facts = {facts.slug: facts for facts in found}
        for facts in found:
            known_revisions.note(facts.slug, facts.revision)
            await self._recheck(facts)
            await self._heal(facts)
        await self._revive()

    def _event_ids(self) -> list[int]:
        return [_event_id(group) for group in self.sockets if group.startswith("event.")]

    async def _heal(self, facts: EventFacts) -> None:
        """A revision still missing a round after it was read: its push is lost, not under way."""
        revisions, read_before = self._revisions.get(facts.id), self._late.pop(facts.id, None)
        if revisions is None or facts.revision <= revisions.whole:
            return
        if read_before is None or read_before <= revisions.whole:
            self._late[facts.id] = facts.revision
            return
        frame = await self.snapshot(facts)
        revisions.settle(facts.revision)
        self.deliver(event_group(facts.id), frame)

    async def _recheck(self, facts: EventFacts) -> None:
        """Close those who may no longer watch; asked once per change, and again until it was answered."""
        access = (facts.access, facts.is_for_everybody)
        if self._checked.get(facts.id) != access:
            await self._close_excluded(facts)
            self._checked[facts.id] = access

    async def _close_excluded(self, facts: EventFacts) -> None:
        sockets = self.sockets.get(event_group(facts.id), set())
        if facts.is_for_everybody or not sockets:
            return
        ids = {socket.user_id for socket in sockets if socket.user_id is not None}
        allowed = await database_sync_to_async(watchers_among)(facts.id, ids)
        for socket in tuple(sockets):
            if socket.user_id not in allowed:
                socket.close(4401 if socket.user_id is None else 4403)

    async def _revive(self) -> None:
        """Give lagging sockets the newest state once they have room; end those that never read."""
        for facts in tuple(self.facts.values()):
            group = self.sockets.get(event_group(facts.id), ())
            for socket in [socket for socket in group if socket.lagging_since is not None]:
                if socket.catch_up(await self.snapshot(facts)):
                    continue
                if monotonic() - (socket.lagging_since or 0) > LAG_SECONDS:
                    socket.abort()

    # Every five seconds

    async def count(self) -> None:
        """Tell how many watch each track; the frame carries the present revision, so that a gap shows."""
        mine = {event_id: crowds(self.sockets[event_group(event_id)]) for event_id in self._event_ids()}
        totals = await self.counts.exchange(mine)
        for event_id in mine:
            body = {"tracks": None if totals is None else sizes(totals.get(event_id, {}))}
            revisions = self._revisions.get(event_id)
            text = broadcast.encode("viewers.counted", revisions.newest if revisions else 0, body)
            self.deliver(event_group(event_id), Frame(text))
        everywhere = None if totals is None else list(totals.values())
        await self.audience.note(list(mine.values()), everywhere, int(COUNT_SECONDS))

    # The whole state

    async def facts_of(self, slug: str) -> EventFacts | None:
        """The event's facts, at most a round old; asked of the database when no round has seen it."""
        if slug not in self.facts:
            found = await database_sync_to_async(event_facts)(slug=slug)
            if not found:
                return None
            self.facts[slug] = found[0]
        return self.facts[slug]

    async def snapshot(self, facts: EventFacts) -> Frame:
        """The `live.snapshot` frame, built once per revision however many viewers come."""
        return await self._snapshot(facts.id, facts.revision)

    async def _snapshot(self, event_id: int, revision: int) -> Frame:
        frame = await snapshot_frame(event_id, max(revision, self._newest(event_id)))
        return self._shown(event_id, frame)

    def _ready_snapshot(self, event_id: int) -> Frame | None:
        """The same without waiting, when this process has it."""
        frame = ready_frame(event_id, self._newest(event_id))
        return None if frame is None else self._shown(event_id, frame)

    def _newest(self, event_id: int) -> int:
        known = [facts.revision for facts in self.facts.values() if facts.id == event_id]
        revisions = self._revisions.get(event_id)
        return max([*known, revisions.newest if revisions else 0])

    def _shown(self, event_id: int, frame: Frame) -> Frame:
        """What the first viewer was shown is where healing begins."""
        self._revisions.setdefault(event_id, Revisions(frame.revision or 0))
        return frame


def _event_id(group: str) -> int:
    return int(group.removeprefix("event."))


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def current_hub() -> Hub:
    """The hub of the running loop, which is the hub of the process."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
