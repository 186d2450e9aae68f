"""Runs beside the site: several ticks at once come upon one due step of the automation; what they did."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event, Track
from events.services.roles import grant_role
from streaming.models import Automation, DutyLog, OnAir, OnAirLog
from streaming.services.automation import arm, run_due
from streaming.services.on_air import ensure_on_air
from talks.models import Talk
from tests.races import at_once

TICKS, ROUNDS = 8, 6
LENGTH = timedelta(minutes=40)


def main() -> dict[str, Any]:
    # Not opened: the site's own ticks stay away, and these have the step to themselves.
    event = Event.objects.create(slug=f"tick-{uuid4().hex[:8]}", name_ja="t", status=EventStatus.ANNOUNCED)
    track = Track.objects.create(event=event, name="A", position=1)
    director = User.objects.create_user(f"{event.slug}@example.com")
    grant_role(event=event, user=director, role=Role.BROADCASTER, actor=None)
    talks = [_talk(track, number) for number in range(ROUNDS + 1)]
    arm(track=track, expected_revision=ensure_on_air(track).revision, actor=director)
    done = [_round(event, talk) for talk in talks[:ROUNDS]]
    row = Automation.objects.get(track=track)
    return {
        "switched": done,
        "revision": OnAir.objects.get(track=track).revision,
        "on air": [log.to_talk_id for log in OnAirLog.objects.filter(track=track).order_by("revision")],
        "talks": [talk.pk for talk in talks],
        "armed for": row.talk_id if row.is_armed else None,
        "duty": dict(Counter(DutyLog.objects.filter(track=track).values_list("step", flat=True))),
    }


def _talk(track: Track, number: int) -> Talk:
    starts = timezone.now() + timedelta(hours=1) + number * LENGTH
    times = {"starts_at": starts, "ends_at": starts + LENGTH}
    return Talk.objects.create(event=track.event, track=track, title=f"{number}", is_published=True, **times)


def _round(event: Event, talk: Talk) -> int:
    """The talk's time comes, and all ticks with it; how many of them switched."""
    now = timezone.now() - timedelta(seconds=1)
    Talk.objects.filter(pk=talk.pk).update(starts_at=now)
    Automation.objects.filter(track__event=event).update(due_at=now)
    return sum(at_once(lambda: run_due(event), TICKS))
