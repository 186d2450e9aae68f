"""Reads for a person's own programme: what they have chosen, where they sit, what runs at the same time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from accounts.models import User
from events.enums import Attendance
from events.models import Announcement, Event, Registration
from events.rules import can_see_timetable
from talks.models import Bookmark, Seat, Talk


@dataclass(frozen=True)
class Agenda:
    """What a page must know to show somebody their own marks."""

    signed_in: bool
    registered: bool
    attendance: str | None
    talks: list[int]
    seats: list[int]


STRANGERS_AGENDA = Agenda(signed_in=False, registered=False, attendance=None, talks=[], seats=[])


def agenda_of(user: User, event: Event) -> Agenda:
    """Three queries."""
    row = Registration.objects.filter(event=event, user=user).first()
    talks = Bookmark.objects.filter(user=user, talk__event=event, talk__is_published=True)
    return Agenda(
        signed_in=True,
        registered=row is not None,
        attendance=row.attendance if row else None,
        talks=list(talks.values_list("talk_id", flat=True)),
        seats=list(_seats(row).values_list("talk_id", flat=True)),
    )


def _seats(registration: Registration | None) -> QuerySet[Seat]:
    return Seat.objects.held().filter(registration=registration).order_by("talk__starts_at", "talk_id")


def chosen_talks(user: User, event: Event) -> QuerySet[Talk]:
    """In the order of the day; cancelled ones too, so that nobody waits at a door that stays shut.

    None while the programme is not shown.
    """
    if not can_see_timetable(user, event):
        return Talk.objects.none()
    talks = Talk.objects.filter(event=event, bookmarks__user=user).published().with_people()
    return talks.order_by(F("starts_at").asc(nulls_last=True), "track__position", "id")


def seat_limit(talk: Talk) -> int | None:
    """How many may sit there; None when nobody counts. Needs the talk with its rooms."""
    if talk.seats is not None:
        return talk.seats
    if talk.room is not None:
        return talk.room.seats
    return talk.track.room.seats if talk.track and talk.track.room else None


def overlapping(talk: Talk, talks: Iterable[Talk]) -> list[Talk]:
    """Those that run at the same time; a talk without a time or one that is cancelled meets nobody."""
    if talk.starts_at is None or talk.is_cancelled:
        return []
    return [other for other in talks if other.pk != talk.pk and _meet(talk, other)]


def _meet(one: Any, other: Any) -> bool:
    if other.starts_at is None or other.is_cancelled:
        return False
    return bool(one.starts_at < other.ends_at and other.starts_at < one.ends_at)


@dataclass(frozen=True)
class Entry:
    """One talk in somebody's day."""

    talk: Talk
    overlaps: list[Talk]
    has_seat: bool
    # Of somebody who comes: bookmarked as an online talk is.
    lacks_seat: bool
    minutes_before: int

    def is_now(self, now: datetime) -> bool:
        talk = self.talk
        return bool(talk.starts_at and talk.ends_at and talk.starts_at <= now < talk.ends_at)


def my_day(user: User, event: Event, registration: Registration) -> list[Entry]:
    """The chosen talks as a list of times with gaps and clashes; three queries."""
    talks = list(chosen_talks(user, event))
    seated = set(_seats(registration).values_list("talk_id", flat=True))
    free = _free_minutes(talks, event)
    return [_entry(talk, pause, talks, seated, registration) for talk, pause in zip(talks, free, strict=True)]


def _entry(
    talk: Talk, minutes_before: int, talks: Sequence[Talk], seated: set[int], registration: Registration
) -> Entry:
    comes = registration.attendance == Attendance.ON_SITE
    is_open = talk.starts_at is not None and not talk.is_cancelled
    return Entry(
        talk=talk,
        overlaps=overlapping(talk, talks),
        has_seat=talk.pk in seated,
        lacks_seat=comes and is_open and talk.pk not in seated,
        minutes_before=minutes_before,
    )


def _free_minutes(talks: Sequence[Talk], event: Event) -> list[int]:
    """How long nothing was chosen before each talk, within a day; a talk without a time comes last."""
    free, busy_until = [], None
    for talk in talks:
        free.append(_minutes_between(busy_until, talk.starts_at, event))
        if talk.ends_at is not None and not talk.is_cancelled:
            busy_until = max(busy_until or talk.ends_at, talk.ends_at)
    return free


def _minutes_between(first: datetime | None, last: datetime | None, event: Event) -> int:
    if (
        first is None
        or last is None
        or first.astimezone(event.zone).date() != last.astimezone(event.zone).date()
    ):
        return 0
    return max(int((last - first).total_seconds() // 60), 0)


def next_entry(entries: Sequence[Entry], now: datetime) -> Entry | None:
    """What runs now, else what comes next."""
    coming = [
        entry
        for entry in entries
        if entry.talk.ends_at and entry.talk.ends_at > now and not entry.talk.is_cancelled
    ]
    return coming[0] if coming else None


def announcements_for(registration: Registration) -> QuerySet[Announcement]:
    """What is said to everybody or to people who attend as this one does, the newest first."""
    shown = Announcement.objects.filter(
        event=registration.event_id, published_at__isnull=False, withdrawn_at__isnull=True
    )
    return shown.filter(audience__in=["all", registration.attendance]).order_by("-published_at", "-pk")
