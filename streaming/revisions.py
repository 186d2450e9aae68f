"""Which revisions of one event have passed through this process."""


class Revisions:
    """`whole` is the last revision up to which nothing is missing; a lost frame keeps it where it is."""

    def __init__(self, whole: int) -> None:
        self.whole = whole
        self._ahead: set[int] = set()

    @property
    def newest(self) -> int:
        return max(self._ahead, default=self.whole)

    def add(self, revision: int) -> None:
        """Note a frame; frames may come in any order and more than once."""
        if revision > self.whole:
            self._ahead.add(revision)
            self._close_up()

    def settle(self, revision: int) -> None:
        """Everything up to `revision` has been sent as a whole state."""
        self.whole = max(self.whole, revision)
        self._ahead = {ahead for ahead in self._ahead if ahead > self.whole}
        self._close_up()

    def _close_up(self) -> None:
        while self.whole + 1 in self._ahead:
            self.whole += 1
            self._ahead.discard(self.whole)
