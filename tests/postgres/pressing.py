"""Runs beside the site: a person presses while ticks come upon a due step: who won, and what is left."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event, Track
from events.services.roles import grant_role
from streaming.enums import Card, Command, Source
from streaming.errors import OnAirRefused
from streaming.models import Automation, OnAirLog
from streaming.services.automation import arm, run_due
from streaming.services.on_air import ensure_on_air, run_command
from talks.models import Talk
from tests.races import at_once

TRACKS, TICKS = 12, 3


def main() -> list[dict[str, Any]]:
    event = Event.objects.create(slug=f"press-{uuid4().hex[:8]}", name_ja="p", status=EventStatus.ANNOUNCED)
    director = User.objects.create_user(f"{event.slug}@example.com")
    grant_role(event=event, user=director, role=Role.BROADCASTER, actor=None)
    return [_race(event, director, number) for number in range(TRACKS)]


def _race(event: Event, director: User, number: int) -> dict[str, Any]:
    track = Track.objects.create(event=event, name=f"{number}", position=number + 1)
    for later in range(2):
        _talk(track, timezone.now() + timedelta(hours=1 + later))
    revision = ensure_on_air(track).revision
    armed = arm(track=track, expected_revision=revision, actor=director)
    now = timezone.now() - timedelta(seconds=1)
    Talk.objects.filter(track=track, starts_at=armed.due_at).update(starts_at=now)
    Automation.objects.filter(track=track).update(due_at=now)
    turns = iter(range(TICKS + 1))
    at_once(lambda: run_due(event) if next(turns) else _press(track, revision, director), TICKS + 1)
    row = Automation.objects.get(track=track)
    return {
        "log": list(OnAirLog.objects.filter(track=track).values_list("source", flat=True)),
        "left": [row.is_armed, row.due_at is not None, row.outcome],
    }


def _talk(track: Track, starts: Any) -> None:
    times = {"starts_at": starts, "ends_at": starts + timedelta(minutes=40)}
    Talk.objects.create(event=track.event, track=track, title="t", is_published=True, **times)


def _press(track: Track, revision: int, director: User) -> str:
    try:
        run_command(
            track=track,
            command=Command.CARD,
            card=Card.BREAK,
            expected_revision=revision,
            idempotency_key=str(uuid4()),
            source=Source.CONSOLE,
            actor=director,
        )
    except OnAirRefused as refused:
        return refused.code
    return ""
