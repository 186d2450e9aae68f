"""What the audience saw: now for the hub, afterwards for organizers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import TruncDate

from events.models import Event
from streaming.models import AudienceSample, OnAir, WatchTime
from talks.models import Talk


def talks_in_sight(track_ids: Iterable[int]) -> dict[int, int]:
    """The talk whose picture each track shows; a card over it hides it."""
    rows = OnAir.objects.filter(track_id__in=set(track_ids), card="").exclude(talk=None)
    return dict(rows.values_list("track_id", "talk_id"))


@dataclass(frozen=True)
class TalkAudience:
    """A talk that somebody watched. `minutes` is the sum over all viewers, `people` are those signed in."""

    talk: Talk
    peak: int
    peak_at: datetime
    minutes: int
    people: int
    people_minutes: int


def talk_audiences(event: Event) -> list[TalkAudience]:
    """Each talk with an audience, by its start; three queries, however many talks."""
    watched, people = _watched(event), _people(event)
    talks = Talk.objects.filter(pk__in=watched).select_related("track", "event")
    return [
        TalkAudience(talk, *watched[talk.pk], *people.get(talk.pk, (0, 0)))
        for talk in talks.order_by("starts_at", "track__position", "pk")
    ]


def _watched(event: Event) -> dict[int, tuple[int, datetime, int]]:
    """By talk: the most viewers of a minute, the first such minute, and the minutes of all viewers."""
    samples = AudienceSample.objects.filter(talk__event=event)
    best = samples.filter(talk=OuterRef("talk")).order_by("-viewers", "minute").values("minute")[:1]
    found = samples.order_by().values("talk").annotate(peak=Max("viewers"), minutes=Sum("viewers"))
    rows = found.annotate(peak_at=Subquery(best)).values_list("talk", "peak", "peak_at", "minutes")
    return {talk: (peak, peak_at, minutes) for talk, peak, peak_at, minutes in rows}


def _people(event: Event) -> dict[int, tuple[int, int]]:
    rows = WatchTime.objects.filter(talk__event=event, seconds__gt=0).values("talk")
    found = rows.annotate(people=Count("pk", filter=Q(seconds__gte=30)), seconds_of_all=Sum("seconds"))
    return {row["talk"]: (row["people"], row["seconds_of_all"] // 60) for row in found.order_by()}


def watched_days(event: Event) -> list[date]:
    """The days, in the event's zone, of which there are numbers."""
    samples = AudienceSample.objects.filter(track__event=event)
    days = samples.annotate(day=TruncDate("minute", tzinfo=event.zone)).order_by("day")
    return list(days.values_list("day", flat=True).distinct())


def samples_of(event: Event, day: date) -> list[AudienceSample]:
    """Each minute of each track on a day of the event's zone, track by track."""
    samples = AudienceSample.objects.filter(track__event=event).select_related("track")
    on_day = samples.annotate(day=TruncDate("minute", tzinfo=event.zone)).filter(day=day)
    return list(on_day.order_by("track__position", "track", "minute"))
