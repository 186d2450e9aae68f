"""Reads shaped for many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from events.enums import PHASES, EventStatus
from events.models import Event


@dataclass(frozen=True)
class EventFacts:
    """What a web process keeps in memory of an event, read anew each second."""

    id: int
    slug: str
    status: str
    is_open_to_all: bool
    revision: int
    access: int

    @property
    def phase(self) -> str:
        return PHASES[EventStatus(self.status)]

    @property
    def is_for_everybody(self) -> bool:
        """The same answer as rules.can_watch gives to a stranger."""
        return self.is_open_to_all and self.status != EventStatus.DRAFT


FIELDS = ["id", "slug", "status", "is_open_to_all", "live_counter__revision", "live_counter__access"]


def event_facts(*, slug: str | None = None, ids: Iterable[int] = ()) -> list[EventFacts]:
    """One event by its slug, or all that are announced, opened or named; one query."""
    wanted = (
        Q(slug=slug) if slug else Q(status__in=[EventStatus.ANNOUNCED, EventStatus.OPENED]) | Q(id__in=ids)
    )
    rows = Event.objects.filter(wanted).values_list(*FIELDS)
    return [EventFacts(*row[:4], row[4] or 0, row[5] or 0) for row in rows]


def watchers_among(event_id: int, user_ids: Iterable[int]) -> set[int]:
    """Those of the people who may still watch a registered-only event: rules.can_watch for many; one query."""
    draft = Event.objects.filter(pk=event_id, status=EventStatus.DRAFT).exists()
    allowed = Q(is_superuser=True) | Q(role_grants__event=event_id)
    if not draft:
        allowed |= Q(registrations__event=event_id)
    return set(User.objects.filter(allowed, pk__in=list(user_ids)).values_list("pk", flat=True))
