"""How many watch each track, summed over all web processes through Redis."""

import json
import logging
import uuid

import redis.asyncio
from django.conf import settings
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
Counts = dict[int, dict[int, int]]
KEY, TTL_SECONDS = "dreamkast:viewers", 15


# What the last exchange told this process; None as long as nobody knows.
_latest: Counts | None = None


def viewers_of(event_id: int, track_id: int) -> int | None:
    """How many watch a track, at most five seconds ago; None when it is unknown."""
    return None if _latest is None else _latest.get(event_id, {}).get(track_id, 0)


def forget() -> None:
    global _latest
    _latest = None


class ViewerCounts:
    """Each process writes its own counts under its own key, which dies with it."""

    def __init__(self) -> None:
        self._me = uuid.uuid4().hex
        self._redis: redis.asyncio.Redis | None = None
        if settings.REDIS_URL:
            self._redis = redis.asyncio.from_url(
                settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1
            )

    async def exchange(self, mine: Counts) -> Counts | None:
        """Publish this process's counts and return everybody's; None when they are unknown (Redis is away).

        The embedded default is one process, so its own counts are all there is.
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
        await client.set(f"{KEY}:{self._me}", json.dumps(mine), ex=TTL_SECONDS)
        keys = [key async for key in client.scan_iter(f"{KEY}:*")]
        total: Counts = {}
        for text in await client.mget(keys) if keys else []:
            _add(total, json.loads(text or "{}"))
        return total

    async def close(self) -> None:
        if self._redis is not None:
            await self._redis.aclose()


def _add(total: Counts, counts: dict[str, dict[str, int]]) -> None:
    for event_id, tracks in counts.items():
        sums = total.setdefault(int(event_id), {})
        for track_id, number in tracks.items():
            sums[int(track_id)] = sums.get(int(track_id), 0) + number
