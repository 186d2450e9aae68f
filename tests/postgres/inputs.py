"""Runs beside the site: a track whose encoder is said to run, people who switch it, and what they asked."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event
from events.services.roles import grant_role
from streaming.models import InputSwitch, Stream
from streaming.services.streams import ensure_stream
from tests.factories.events import EventFactory, TrackFactory
from tests.postgres.hall import _session


def main(slug: str, people: int = 0) -> dict[str, Any]:
    """Make the event with so many people, or with none read what they asked for."""
    return build(slug, people) if people else read(slug)


def build(slug: str, people: int) -> dict[str, Any]:
    event = EventFactory(slug=slug, status=EventStatus.OPENED)
    stream = ensure_stream(TrackFactory(event=event, name="A"), "medialive")
    # Nobody looks at it in the next hour: there is no cloud behind this site.
    seen = {"observed": "running", "desired": "running", "look_at": timezone.now() + timedelta(hours=1)}
    wanted = {"has_backup": True, "slate_url": "https://example.org/slate.mp4"}
    Stream.objects.filter(pk=stream.pk).update(**seen, **wanted)
    sessions = [_session(_director(event, f"{slug}-{n}@example.com")) for n in range(people)]
    return {"track": stream.track_id, "sessions": sessions}


def _director(event: Event, email: str) -> User:
    user = User.objects.create_user(email)
    grant_role(event=event, user=user, role=Role.BROADCASTER, actor=None)
    return user


def read(slug: str) -> dict[str, Any]:
    rows = InputSwitch.objects.filter(stream__track__event__slug=slug).order_by("number")
    return {"switches": [list(row) for row in rows.values_list("number", "target")]}
