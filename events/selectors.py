"""Reads shaped for many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from events.enums import PHASES, EventStatus
from events.models import Announcement, Event, Sponsor, SponsorTier


@dataclass(frozen=True)
class EventFacts:
    """What a web process keeps in memory of an event, read anew each second."""

    id: int
    slug: str
    status: str
    is_open_to_all: bool
    rehearsal_of_id: int | None
    revision: int
    access: int

    @property
    def phase(self) -> str:
        return PHASES[EventStatus(self.status)]

    @property
    def is_for_everybody(self) -> bool:
        """The same answer as rules.can_watch gives to a stranger."""
        return self.is_open_to_all and not self.is_private

    @property
    def is_private(self) -> bool:
        return self.status == EventStatus.DRAFT or self.rehearsal_of_id is not None


FIELDS = ["id", "slug", "status", "is_open_to_all", "rehearsal_of_id"]
COUNTERS = [Coalesce("live_counter__revision", 0), Coalesce("live_counter__access", 0)]


def event_facts(*, slug: str | None = None, ids: Iterable[int] = ()) -> list[EventFacts]:
    """One event by its slug, or all that are announced, opened or named; one query."""
    wanted = (
        Q(slug=slug) if slug else Q(status__in=[EventStatus.ANNOUNCED, EventStatus.OPENED]) | Q(id__in=ids)
    )
    rows = Event.objects.filter(wanted).values_list(*FIELDS, *COUNTERS)
    return [EventFacts(*row) for row in rows]


def watchers_among(event_id: int, user_ids: Iterable[int]) -> set[int]:
    """Those of the people who may still watch a registered-only event: rules.can_watch in one query."""
    allowed = Q(is_superuser=True) | Q(role_grants__event=event_id)
    if Event.objects.public().filter(pk=event_id).exists():
        allowed |= Q(registrations__event=event_id)
    return set(User.objects.filter(allowed, pk__in=list(user_ids)).values_list("pk", flat=True))


@dataclass(frozen=True)
class Conferences:
    """The public events of the front page, by what a visitor can do with them."""

    now: list[Event]
    coming: list[Event]
    past: list[Event]


def conferences() -> Conferences:
    """One query. The next one comes first, and of those that are over the last one."""
    events = list(dated(Event.objects.public()))
    phases = {phase: [event for event in events if event.phase == phase] for phase in PHASES.values()}
    past = [event for event in events if event.phase in {"after", "archive"}]
    return Conferences(now=phases["open"], coming=phases["before"], past=past[::-1])


def dated(events: QuerySet[Event]) -> QuerySet[Event]:
    """With the first and the last public day; an event without days comes last."""
    public = Q(days__is_internal=False)
    days = {"first_day": Min("days__date", filter=public), "last_day": Max("days__date", filter=public)}
    return events.annotate(**days).order_by(F("first_day").asc(nulls_last=True), "id")


def first_and_last_day(event: Event) -> tuple[date, date] | None:
    days = list(event.days.filter(is_internal=False).values_list("date", flat=True))
    return (days[0], days[-1]) if days else None


def kept_until(event: Event) -> date | None:
    """The last date on which its registrations are there, in the event's zone; None without a public day."""
    days = first_and_last_day(event)
    return days[1] + timedelta(days=event.retention_days) if days else None


def sponsors_by_tier(event: Event) -> list[tuple[SponsorTier, list[Sponsor]]]:
    """One query; a tier without sponsors is left out."""
    sponsors = Sponsor.objects.filter(event=event).select_related("tier")
    sponsors = sponsors.order_by("tier__position", "tier_id", "position", "id")
    return [(tier, list(some)) for tier, some in groupby(sponsors, key=lambda sponsor: sponsor.tier)]


def shown_announcement(event: Event) -> Announcement | None:
    """The one that pages show: the latest that is published and not withdrawn."""
    shown = Announcement.objects.filter(event=event, published_at__isnull=False, withdrawn_at__isnull=True)
    return shown.order_by("-published_at", "-pk").first()
