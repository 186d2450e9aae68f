"""How many reports of viewers a process looks at; the rest is dropped unread."""

import time
from collections.abc import Callable

A_SECOND, AT_ONCE = 50.0, 200.0


class ReportLimit:
    """So many a second, and so many at once after a quiet time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.left, self.at = clock, AT_ONCE, clock()

    def lets_through(self) -> bool:
        now = self.clock()
        self.left = min(AT_ONCE, self.left + (now - self.at) * A_SECOND)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


report_limit = ReportLimit()
