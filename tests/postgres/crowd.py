"""Runs beside the site: an event with few places and people who all want one, and what became of them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections

from accounts.models import User
from events.enums import Attendance, EventStatus
from events.models import Event, Places, Registration
from events.services.places import set_places
from events.services.registration import register, withdraw


def main(slug: str, step: str, **numbers: int) -> Any:
    return {"build": build, "register": register_all, "leave": leave, "read": read}[step](slug, **numbers)


def build(slug: str, people: int, places: int, with_sessions: int = 0) -> list[str]:
    """Returns a session for each of the first people."""
    event = Event.objects.create(
        slug=slug,
        name_ja=slug,
        name_en=slug,
        status=EventStatus.ANNOUNCED,
        takes_registrations=True,
    )
    set_places(event=event, has_on_site=True, on_site_places=places, actor=None)
    users = User.objects.bulk_create(
        User(email=f"{number}@{slug}.example.com", password="!") for number in range(people)
    )
    return [_session(user) for user in users[:with_sessions]]


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def register_all(slug: str, at_once: int) -> dict[str, Any]:
    """Everybody asks for a place, so many at the same time, each by a connection of its own."""
    _own_connections()
    event = Event.objects.get(slug=slug)
    people = list(User.objects.filter(email__endswith=f"@{slug}.example.com").order_by("pk"))

    def ask(user: User) -> None:
        register(event=event, user=user, attendance=Attendance.ON_SITE)

    _by_many(ask, people, at_once)
    return read(slug)


def leave(slug: str, at_once: int, how_many: int) -> dict[str, Any]:
    """So many of those with a place and of those who wait withdraw, all at the same time."""
    _own_connections()
    rows = Registration.objects.filter(event__slug=slug).select_related("event")
    held = list(rows.filter(attendance=Attendance.ON_SITE).order_by("pk")[:how_many])
    waiting = list(rows.filter(waiting_number__isnull=False).order_by("waiting_number")[:how_many])
    mixed = [row for pair in zip(held, waiting, strict=True) for row in pair]
    _by_many(lambda row: withdraw(registration=row), mixed, at_once)
    return read(slug)


def read(slug: str) -> dict[str, Any]:
    rows = Registration.objects.filter(event__slug=slug)
    places = Places.objects.get(event__slug=slug)
    waiting = rows.filter(waiting_number__isnull=False).order_by("waiting_number")
    return {
        "registered": rows.count(),
        "held": rows.filter(attendance=Attendance.ON_SITE).count(),
        "taken": places.taken,
        "waiting": list(waiting.values_list("waiting_number", flat=True)),
    }


def _by_many(act: Any, things: list[Any], at_once: int) -> None:
    def work(some: list[Any]) -> None:
        for thing in some:
            act(thing)
        connection.close()

    with ThreadPoolExecutor(at_once) as crew:
        list(crew.map(work, [things[number::at_once] for number in range(at_once)]))


def _own_connections() -> None:
    """A pool would let only ten of them ask at the same time."""
    connections.close_all()
    connections["default"].settings_dict["OPTIONS"].pop("pool")
