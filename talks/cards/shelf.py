"""Cards that are drawn once: kept in the cache, and made by one thread at a time."""

import threading
from functools import lru_cache

from django.core.cache import cache

from talks.cards.drawing import Card, drawn

KEEP_SECONDS = 60 * 60 * 24 * 30
_drawing = threading.Lock()


def png_of(card: Card) -> bytes:
    """From this process's memory, else from the cache, else drawn. A dead cache only costs the drawing."""
    # A link in a busy chat is asked for by many at once: the first draws, the others wait for it.
    with _drawing:
        return _kept(card)


@lru_cache(maxsize=100)
def _kept(card: Card) -> bytes:
    key = f"share-card-{card.digest}"
    png: bytes | None = cache.get(key)
    if png is None:
        png = drawn(card)
        cache.set(key, png, KEEP_SECONDS)
    return png
