"""A hung Redis costs a few time-outs, not one for each request."""

import socket

import pytest

from dreamkast.lib.cache import FAILURES, Health, SurvivingRedisCache


class OwnCache(SurvivingRedisCache):
    health = Health()


@pytest.fixture
def dead_address():
    """Bound but not listening: every connection is refused."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}"


def test_what_one_requests_cache_learnt_spares_the_next_ones(dead_address, caplog):
    caches = [OwnCache(dead_address, {}) for _ in range(10)]
    assert [cache.get("key", "missing") for cache in caches] == ["missing"] * 10
    assert len(caplog.messages) == FAILURES
