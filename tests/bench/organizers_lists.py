"""How much slower the organizers' pages are with 5,000 registrations and 500 talks than with one of each.

    .venv/bin/python -m tests.bench.organizers_lists

The anchor is the same page with one row, in the same process and run. Nothing is sent over the network; the
database is a file of SQLite in a temporary folder.
"""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

REGISTRATIONS, TALKS, ROUNDS = 5000, 500, 7
# One after the other on six tracks, day and night: the talks are in nobody's way.
FIRST, LENGTH = datetime(2026, 11, 23, tzinfo=UTC), timedelta(minutes=10)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "dreamkast.settings.local", "DREAMKAST_DATA_DIR": folder}
        import django

        django.setup()
        measure()


def measure() -> None:
    """One row of each, then thousands; a line for each page."""
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    event, client = stage()
    fill(event, registrations=1, talks=1)
    pages = addresses(event)
    anchors = {name: seconds(client, path) for name, path in pages.items()}
    fill(event, registrations=REGISTRATIONS - 1, talks=TALKS - 1)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    ).stdout.strip()
    print(f"commit {commit}; {REGISTRATIONS} registrations, {TALKS} talks; median of {ROUNDS}")
    for name, path in pages.items():
        now = seconds(client, path)
        print(line(name, anchors[name], now))


def line(name: str, anchor: float, now: float) -> str:
    return f"{name:22} {anchor * 1000:7.1f} ms -> {now * 1000:7.1f} ms   x{now / anchor:.1f}"


def commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return asked.stdout.strip()


def stage() -> tuple[Any, Any]:
    from django.test import Client

    import tests.sign_in  # noqa: F401  A test's sign-in counts as the whole way in.
    from events.enums import Role
    from events.services.roles import grant_role
    from tests.factories.accounts import UserFactory
    from tests.factories.events import DayFactory, EventFactory, TrackFactory

    event, organizer = EventFactory(slug="bench"), UserFactory()
    DayFactory(event=event)
    for name in "ABCDEF":
        TrackFactory(event=event, name=name)
    grant_role(event=event, user=organizer, role=Role.ORGANIZER, actor=None)
    client = Client()
    client.force_login(organizer)
    return event, client


def fill(event: Any, *, registrations: int, talks: int) -> None:
    from django.db import transaction

    from tests.factories.events import RegistrationFactory
    from tests.factories.talks import SpeakerFactory, TalkFactory

    tracks = list(event.tracks.all())
    with transaction.atomic():
        RegistrationFactory.create_batch(registrations, event=event)
        for number in range(talks):
            starts = FIRST + number // len(tracks) * LENGTH
            times = {"starts_at": starts, "ends_at": starts + LENGTH}
            talk = TalkFactory(event=event, track=tracks[number % len(tracks)], **times)
            talk.speakers.add(SpeakerFactory(event=event))


def addresses(event: Any) -> dict[str, str]:
    return {
        "first page": "/admin/",
        "registrations": "/admin/events/registration/",
        "search a registration": "/admin/events/registration/?q=person",
        "talks": "/admin/talks/talk/",
        "search a talk": "/admin/talks/talk/?q=talk",
        "speakers": "/admin/talks/speaker/",
        "timetable editor": f"/admin/talks/timetable/{event.slug}/",
        "draft as JSON": f"/admin/talks/timetable/{event.slug}/draft",
    }


def seconds(client: Any, path: str) -> float:
    timed(lambda: client.get(path))  # The first call of a process also loads templates.
    return statistics.median(timed(lambda: client.get(path)) for _ in range(ROUNDS))


def timed(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    answer = call()
    assert answer.status_code == 200, answer.status_code
    return time.perf_counter() - start


if __name__ == "__main__":
    assert Path("manage.py").exists(), "Run it from the project's folder."
    main()
