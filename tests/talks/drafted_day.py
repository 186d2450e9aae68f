"""A day of two tracks to draw up: what the tests of draft, publishing and editor begin with."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from talks.models import Talk
from talks.placing import Place
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

TOKYO = ZoneInfo("Asia/Tokyo")


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 26, hour, minute, tzinfo=TOKYO).astimezone(UTC)


class DraftedDay:
    """An event on 26 November with the tracks A and B, and whatever talks a test adds."""

    def __init__(self, slug: str = "ours") -> None:
        self.event = EventFactory(slug=slug, time_zone="Asia/Tokyo")
        DayFactory(event=self.event, date=at(10).date())
        self.a, self.b = (TrackFactory(event=self.event, name=name) for name in "AB")

    def talk(self, title: str, starts_at: datetime, ends_at: datetime, **fields: Any) -> Talk:
        """A published talk, on track A unless another is named."""
        fields = {"track": self.a, **fields}
        return TalkFactory(event=self.event, title=title, starts_at=starts_at, ends_at=ends_at, **fields)

    def waiting(self, title: str, **fields: Any) -> Talk:
        """A talk that has no time yet."""
        times = {"starts_at": None, "ends_at": None}
        return TalkFactory(event=self.event, title=title, track=None, is_published=False, **times, **fields)

    def speaker(self, *talks: Talk) -> None:
        """One person who speaks in all of them."""
        person = SpeakerFactory(event=self.event)
        for talk in talks:
            talk.speakers.add(person)

    def on_a(self, starts_at: datetime, ends_at: datetime) -> Place:
        return Place(self.a.pk, None, starts_at, ends_at)

    def on_b(self, starts_at: datetime, ends_at: datetime) -> Place:
        return Place(self.b.pk, None, starts_at, ends_at)
