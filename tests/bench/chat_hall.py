"""Runs beside the site: an event whose chat is on, registered people with sessions, and slow mode."""

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import User
from events.enums import EventStatus
from events.models import Event, Registration, Track
from talks.discussion.chat_names import fold
from talks.discussion.models import ChatMember, ChatMessage
from talks.discussion.services.chat_rooms import change_room, switch_chat


def main(slug: str, people: int = 0, slow_seconds: int = 0) -> dict[str, Any]:
    """Make the hall, or with nobody to make set its slow mode and count its messages."""
    return build(slug, people) if people else change(slug, slow_seconds)


def build(slug: str, people: int) -> dict[str, Any]:
    event = Event.objects.create(
        slug=slug, name_ja=slug, name_en=slug, status=EventStatus.OPENED, is_open_to_all=True
    )
    track = Track.objects.create(event=event, name="A", position=1)
    users = [User.objects.create_user(f"{slug}-{number}@example.com") for number in range(people)]
    switch_chat(event=event, is_on=True, actor=users[0])
    for number, user in enumerate(users):
        Registration.objects.create(event=event, user=user, consent_version="1", consented_at=timezone.now())
        ChatMember.objects.create(event=event, user=user, name=f"P {number}", folded=fold(f"P {number}"))
    return {"track": track.pk, "sessions": [_session(user) for user in users]}


def change(slug: str, slow_seconds: int) -> dict[str, Any]:
    track = Track.objects.select_related("event").get(event__slug=slug)
    user = User.objects.get(email=f"{slug}-0@example.com")
    change_room(track=track, slow_seconds=slow_seconds, actor=user)
    return {"messages": ChatMessage.objects.filter(room=track.pk).count()}


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
