"""Beside a running demo: an event of its own with a talk that must not be streamed, for the demo's staff."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus, Role
from streaming.models import AttemptLog
from streaming.services.on_air import ensure_on_air
from tests.factories.events import EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import TalkFactory

STAFF = {"broadcaster@example.com": Role.BROADCASTER, "organizer@example.com": Role.ORGANIZER}


def main(slug: str = "") -> Any:
    """Make the event, or with its slug read who tried what."""
    return read(slug) if slug else build()


def build() -> dict[str, Any]:
    slug = f"cove-{uuid4().hex[:8]}"
    event = EventFactory(slug=slug, status=EventStatus.OPENED, is_open_to_all=True)
    tracks = [TrackFactory(event=event, name=name, position=n) for n, name in enumerate("AB")]
    for track in tracks:
        ensure_on_air(track)
    for email, role in STAFF.items():
        RoleGrantFactory(event=event, user=User.objects.get(email=email), role=role)
    soon = timezone.now() + timedelta(minutes=20)
    marked = TalkFactory(
        event=event,
        track=tracks[0],
        title="Off the record",
        do_not_stream=True,
        starts_at=soon,
        ends_at=soon + timedelta(minutes=40),
    )
    TalkFactory(event=event, track=tracks[0], title="On the record")
    return {"slug": slug, "talk": marked.pk}


def read(slug: str) -> list[list[str]]:
    rows = AttemptLog.objects.filter(talk__event__slug=slug).order_by("pk")
    return [list(row) for row in rows.values_list("outcome", "source", "actor__email")]
