"""The three sentences that a viewer may say, and what is known about what they name."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from channels.db import database_sync_to_async

from events.models import Track
from talks.live import talk_group, track_group
from talks.models import Talk

MODELS: dict[str, type[Track] | type[Talk]] = {"watching": Track, "follow": Talk, "room": Track}
# What a viewer may follow beside the event: the questions of a talk, the chat room of a track.
TOPICS: dict[str, Callable[[int], str]] = {"follow": talk_group, "room": track_group}


@dataclass(frozen=True, slots=True)
class Wish:
    name: str
    pk: int | None

    def nothing(self) -> "Wish":
        """The same wish for nothing: what became of one that names what is not there."""
        return Wish(self.name, None)


def read_wish(text: str | None) -> Wish | None:
    """One of the three things a viewer may say, or None for everything else."""
    try:
        message = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, dict) or len(message) != 1:
        return None
    (name, pk), *_ = message.items()
    known = name in MODELS and (pk is None or type(pk) is int)
    return Wish(name, pk) if known else None


class Belongings:
    """Which tracks and talks are an event's. They never move, so each is asked for once per process."""

    def __init__(self) -> None:
        self._found: set[tuple[object, int, int]] = set()

    def knows(self, wish: Wish, event_id: int) -> bool:
        """Whether no query is needed to fulfil the wish."""
        return wish.pk is None or (MODELS[wish.name], wish.pk, event_id) in self._found

    async def ask(self, wish: Wish, event_id: int) -> bool:
        """Whether what the wish names is the event's."""
        if not self.knows(wish, event_id) and await _exists(MODELS[wish.name], wish.pk, event_id):
            self._found.add((MODELS[wish.name], wish.pk or 0, event_id))
        return self.knows(wish, event_id)


@database_sync_to_async
def _exists(model: type[Track] | type[Talk], pk: int, event_id: int) -> bool:
    return model.objects.filter(pk=pk, event=event_id).exists()
