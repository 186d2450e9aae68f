"""Beside a running site without the demo's doors: an event, its organizer and somebody registered."""

from typing import Any
from urllib.parse import urlsplit

from accounts.services.people import sign_up
from events.enums import Role
from events.models import Event
from events.services.join_links import issue_join_link
from events.services.roles import grant_role
from tests.factories.events import EventFactory, RegistrationFactory, TrackFactory

SLUG = "harbour"


def main(step: str, **words: Any) -> Any:
    return {"build": build, "organizer": organizer, "link": link}[step](**words)


def build() -> None:
    TrackFactory(event=EventFactory(slug=SLUG, is_open_to_all=False), name="A")


def organizer(email: str) -> None:
    """A new organizer without a second factor."""
    event = Event.objects.get(slug=SLUG)
    grant_role(event=event, user=sign_up(email=email), role=Role.ORGANIZER, actor=None)


def link(email: str) -> str:
    """The path of a join link of somebody registered."""
    event, user = Event.objects.get(slug=SLUG), sign_up(email=email)
    RegistrationFactory(event=event, user=user)
    return urlsplit(issue_join_link(event=event, user=user, actor=None)[1]).path
