"""The note that a switch leaves in the picture, and when to try again. Pure: no clock, no database."""

import json
import random
from typing import Any

# What Amazon IVS takes: bytes of one note, and calls a second for one picture and for the whole account.
MOST_BYTES = 1024
PER_PICTURE, PER_ACCOUNT = 5, 155
# A switch that is not in the picture by then is no longer worth a note: viewers have changed by the clock.
GIVE_UP_SECONDS = 10.0
# Never two attempts for one switch within a second, so that a count of switches is a count of calls.
FIRST_PAUSE_SECONDS = 1.0


def mark_text(
    *, track_id: int, revision: int, talk_id: int | None, event_revision: int, title: str = ""
) -> str:
    """Compact JSON of at most 1 KB; the title is in it when it fits, and nothing about a person ever is."""
    mark: dict[str, Any] = {
        "dreamkast": 1,
        "track": track_id,
        "revision": revision,
        "talk": talk_id,
        "event": event_revision,
    }
    named = _compact(mark | {"title": title})
    return named if title and len(named.encode()) <= MOST_BYTES else _compact(mark)


def pause(attempts: int) -> float:
    """Seconds after the given number of attempts: one, then twice as long each time, never in step."""
    return FIRST_PAUSE_SECONDS * 2.0 ** max(attempts - 1, 0) * random.uniform(1.0, 1.3)


def _compact(mark: dict[str, Any]) -> str:
    return json.dumps(mark, ensure_ascii=False, separators=(",", ":"))
