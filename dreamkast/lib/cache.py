"""A Redis cache that a page survives."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
FAILURES, REST_SECONDS = 3, 5.0


class Health:
    """Whether the server answers, as the whole process knows it."""

    failures, rest_until = 0, 0.0


class SurvivingRedisCache(RedisCache):
    """Django's Redis cache, but a dead or hung server is a miss and never an error.

    After three failures in a row it is left alone for five seconds, so that a hung server
    costs nobody more than a few time-outs.
    """

    # Django makes a cache object for each request: what one has learnt must serve all.
    health = Health()

    def _survive(self, call: Callable[..., Any], missing: Any, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.health.rest_until:
            return missing
        try:
            value = call(*args, **kwargs)
        except (RedisError, OSError) as error:
            self._note_failure(error)
            return missing
        self.health.failures = 0
        return value

    def _note_failure(self, error: Exception) -> None:
        self.health.failures += 1
        if self.health.failures >= FAILURES:
            self.health.failures, self.health.rest_until = 0, time.monotonic() + REST_SECONDS
        logger.warning("The cache did not answer: %s", error)

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().add, True, *args, **kwargs)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._survive(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().has_key, False, *args, **kwargs)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> Any:
        return self._survive(super().incr, delta, key, delta, version)

    def set_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().set_many, [], *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._survive(super().delete_many, None, *args, **kwargs)
