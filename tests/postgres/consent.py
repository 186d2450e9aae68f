"""Runs beside the site: a talk that must not be streamed, its directors, and what they agreed on."""

from typing import Any

from accounts.models import User
from events.enums import EventStatus, Role
from events.models import Event
from events.services.roles import grant_role
from streaming.models import AttemptLog, Override
from tests.factories.events import EventFactory, TrackFactory
from tests.factories.talks import TalkFactory
from tests.postgres.hall import _session


def main(slug: str, people: int = 0) -> dict[str, Any]:
    """Make the event with so many directors, or with none read what happened."""
    return build(slug, people) if people else read(slug)


def build(slug: str, people: int) -> dict[str, Any]:
    event = EventFactory(slug=slug, status=EventStatus.OPENED)
    talk = TalkFactory(event=event, track=TrackFactory(event=event, name="A"), do_not_stream=True)
    directors = [_director(event, f"{slug}-{n}@example.com") for n in range(people)]
    # Of the first one two sessions: whoever asks has a second browser.
    return {"talk": talk.pk, "sessions": [_session(user) for user in [directors[0], *directors]]}


def _director(event: Event, email: str) -> User:
    user = User.objects.create_user(email)
    grant_role(event=event, user=user, role=Role.BROADCASTER, actor=None)
    return user


def read(slug: str) -> dict[str, Any]:
    rows = Override.objects.filter(talk__event__slug=slug).order_by("pk")
    log = AttemptLog.objects.filter(talk__event__slug=slug).order_by("pk")
    return {
        "overrides": [
            list(row)
            for row in rows.values_list(
                "verb", "asked_by__email", "confirmed_by__email", "withdrawn_by__email"
            )
        ],
        "log": [list(row) for row in log.values_list("verb", "outcome", "detail")],
    }
