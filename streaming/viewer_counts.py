"""How many watch each track, over all web processes through Redis: each person once."""

import json
import logging
import uuid

import redis.asyncio
from django.conf import settings
from redis.exceptions import RedisError

from streaming.crowds import Crowd, Crowds, everybody, merged, packed, unpacked

logger = logging.getLogger(__name__)
# By the event's id.
Counts = dict[int, Crowds]
KEY, TTL_SECONDS = "dreamkast:viewers", 15


# What the last exchange told this process; None as long as nobody knows.
_latest: Counts | None = None


def viewers_of(event_id: int, track_id: int) -> int | None:
    """How many watch a track, at most five seconds ago; None when it is unknown."""
    return None if _latest is None else len(_latest.get(event_id, {}).get(track_id, Crowd()))


def viewers_of_event(event_id: int) -> int | None:
    """How many watch any track of an event; who has two open is one."""
    return None if _latest is None else len(everybody(_latest.get(event_id, {})))


def forget() -> None:
    global _latest
    _latest = None


class ViewerCounts:
    """Each process writes its own viewers under its own key, which dies with it."""

    def __init__(self) -> None:
        self._me = uuid.uuid4().hex
        self._redis: redis.asyncio.Redis | None = None
        if settings.REDIS_URL:
            self._redis = redis.asyncio.from_url(
                settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
            )

    async def exchange(self, mine: Counts) -> Counts | None:
        """Publish this process's viewers and return everybody's; None when they are unknown (Redis is away).

        The embedded default is one process, so its own viewers are all there are.
        """
        global _latest
        _latest = mine if self._redis is None else await self._ask(self._redis, mine)
        return _latest

    async def _ask(self, client: redis.asyncio.Redis, mine: Counts) -> Counts | None:
        try:
            return await self._sum(client, mine)
        except (RedisError, OSError, TimeoutError):
            logger.warning("Viewer counts are unknown: Redis does not answer.")
            return None

    async def _sum(self, client: redis.asyncio.Redis, mine: Counts) -> Counts:
        text = json.dumps({event_id: packed(crowds) for event_id, crowds in mine.items()})
        await client.set(f"{KEY}:{self._me}", text, ex=TTL_SECONDS)
        keys = [key async for key in client.scan_iter(f"{KEY}:*")]
        texts = await client.mget(keys) if keys else []
        return _added([_read(text or "{}") for text in texts])

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()


def _read(text: str) -> Counts:
    return {int(event_id): unpacked(crowds) for event_id, crowds in json.loads(text).items()}


def _added(all_counts: list[Counts]) -> Counts:
    ids = {event_id for counts in all_counts for event_id in counts}
    return {event_id: merged(counts.get(event_id, {}) for counts in all_counts) for event_id in ids}
