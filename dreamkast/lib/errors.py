"""Errors that a person can understand."""

from typing import ClassVar


class DomainError(Exception):
    """A rule said no. `code` is stable and for machines; the message is for people."""

    code: ClassVar[str] = "refused"


class TransientError(Exception):
    """Something outside did not answer as it should; the same call may succeed later."""
