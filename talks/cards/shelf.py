"""Cards that are drawn once: kept in memory and in the cache, and made by one thread at a time."""

import threading
from collections import OrderedDict

from django.core.cache import cache

from talks.cards.drawing import Card, drawn

KEEP_SECONDS = 60 * 60 * 24 * 30
MOST_CARDS = 100
_drawing, _changing = threading.Lock(), threading.Lock()
_ready: OrderedDict[str, bytes] = OrderedDict()


def png_of(card: Card) -> bytes:
    """From this process's memory, else from the cache, else drawn. A dead cache only costs the drawing."""
    return _kept(card.digest) or _made(card)


def _made(card: Card) -> bytes:
    # A link in a busy chat is asked for by many at once: the first draws, the others wait for it.
    # Whoever asks for a card that is there already does not come here.
    with _drawing:
        png = _kept(card.digest)
        if png is None:
            png = drawn(card)
            _remember(card.digest, png)
            cache.set(_key(card.digest), png, KEEP_SECONDS)
        return png


def _kept(digest: str) -> bytes | None:
    png: bytes | None = _ready.get(digest)
    if png is None:
        png = cache.get(_key(digest))
        if png is not None:
            _remember(digest, png)
    return png


def _remember(digest: str, png: bytes) -> None:
    """The one that came first goes first."""
    with _changing:
        _ready[digest] = png
        while len(_ready) > MOST_CARDS:
            _ready.popitem(last=False)


def _key(digest: str) -> str:
    return f"share-card-{digest}"
