"""What this process knows of those who write too fast, so that a flood is refused without a query."""

import time

MOST, LONGEST = 10_000, 5.0


class KnownRefusals:
    """For some seconds only: slow mode may be switched off meanwhile."""

    def __init__(self) -> None:
        self._until: dict[tuple[int, int], float] = {}

    def note(self, user_id: int, track_id: int, seconds: float) -> None:
        if len(self._until) >= MOST:
            self._until.clear()
        self._until[user_id, track_id] = time.monotonic() + min(seconds, LONGEST)

    def left(self, user_id: int, track_id: int) -> float:
        left = self._until.get((user_id, track_id), 0.0) - time.monotonic()
        if left <= 0:
            self._until.pop((user_id, track_id), None)
        return max(0.0, left)

    def forget(self) -> None:
        self._until.clear()


known_refusals = KnownRefusals()
