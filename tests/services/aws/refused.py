"""What the peer's services have in common: a row, and a refusal."""

from typing import Any

Row = dict[str, Any]


class Refused(Exception):
    """An error of the service's model."""

    def __init__(self, error: str, message: str = "Refused.") -> None:
        super().__init__(message)
        self.error = error
