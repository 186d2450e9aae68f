from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from events.enums import EventStatus, Role
from streaming import viewer_counts
from streaming.enums import Source
from streaming.services.on_air import run_command
from streaming.snapshots import public_documents
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import TalkFactory
from tests.streaming.medialive_line import gateway, peer, running_peer

__all__ = ["gateway", "peer", "running_peer"]

keys = count()


@pytest.fixture(autouse=True)
def fresh_documents():
    """Ids begin anew with each test, and the process remembers documents by their event's id."""
    public_documents.forget()
    viewer_counts.forget()


@pytest.fixture
def event(db):
    return EventFactory(slug="seaside", status=EventStatus.OPENED, is_open_to_all=True)


@pytest.fixture
def track(event):
    return TrackFactory(event=event, name="A", position=1)


@pytest.fixture
def director(event):
    user = UserFactory(email="director@example.com")
    RoleGrantFactory(event=event, user=user, role=Role.BROADCASTER)
    return user


@pytest.fixture
def make_talk(event, track):
    """A published talk of the track that is on now, by default."""

    def make(**fields):
        now = timezone.now()
        given = {"event": event, "track": track, "is_published": True}
        times = {"starts_at": now - timedelta(minutes=10), "ends_at": now + timedelta(minutes=30)}
        return TalkFactory(**(given | times | fields))

    return make


@pytest.fixture
def command():
    """Run a command with a key of its own, on the revision that the track has unless one is given."""

    def run(track, name, **fields):
        on_air = getattr(track, "on_air", None)
        if on_air is not None:
            on_air.refresh_from_db()
        fields.setdefault("expected_revision", on_air.revision if on_air else 0)
        fields.setdefault("idempotency_key", f"key-{next(keys)}")
        fields.setdefault("source", Source.CONSOLE)
        fields.setdefault("actor", None)
        outcome = run_command(track=track, command=name, **fields)
        track.refresh_from_db()
        return outcome

    return run
