"""Runs beside the site: two writers who meet on one talk at the worst moment; what became of both."""

import threading
import time
from collections.abc import Callable
from uuid import uuid4

from django.db import DatabaseError, connection, transaction

from events.models import Track
from streaming.enums import Command, Source
from streaming.services.on_air import ensure_on_air, run_command
from talks.models import Talk
from talks.services.corrections import correct_title

MEANWHILE = 1.0


def main(track: int, talk: int) -> list[str]:
    """A talk is put on air; before that commits, somebody corrects its title."""
    said: list[str] = []
    lane = Track.objects.select_related("event").get(pk=track)
    theirs = Talk.objects.get(pk=talk)
    correction = threading.Thread(target=_try, args=(said, "corrected", lambda: _correct(theirs)))
    _try(said, "taken", lambda: _take(lane, theirs, correction.start))
    correction.join()
    return sorted(said)


def _try(said: list[str], done: str, act: Callable[[], None]) -> None:
    try:
        act()
        said.append(done)
    except DatabaseError as error:
        said.append(str(error))
    finally:
        connection.close()


def _take(lane: Track, talk: Talk, meanwhile: Callable[[], None]) -> None:
    with transaction.atomic():
        run_command(
            track=lane,
            command=Command.TAKE,
            talk=talk,
            expected_revision=ensure_on_air(lane).revision,
            idempotency_key=str(uuid4()),
            source=Source.CONSOLE,
            actor=None,
        )
        meanwhile()
        time.sleep(MEANWHILE)


def _correct(talk: Talk) -> None:
    correct_title(talk=talk, title=f"Corrected {talk.pk}", lang="en", actor=None)
