"""What is asked of a track, as values."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from events.models import Track
from streaming.enums import Command, Source
from talks.models import Talk


@dataclass(frozen=True)
class Order:
    """One command as somebody gave it. `key` is unique per track and kept as long as the log."""

    track: Track
    command: Command
    expected_revision: int
    key: str
    source: Source
    talk: Talk | None = None
    card: str = ""
    actor: User | None = None
    requested_at: datetime | None = None

    @property
    def digest(self) -> str:
        talk = self.talk.pk if self.talk else None
        text = f"{self.command}|{talk}|{self.card}|{self.expected_revision}"
        return hashlib.sha256(text.encode()).hexdigest()
