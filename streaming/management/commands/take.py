from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandError

from events.models import Track
from streaming import enums
from streaming.errors import OnAirRefused
from streaming.services.on_air import Outcome, ensure_on_air, run_command
from talks.models import Talk


class Command(BaseCommand):
    help = "Put a talk on air, or show a card: the last resort when no browser works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("event", help="the event's address, for example demo")
        parser.add_argument("track", help="the track's name, for example A")
        parser.add_argument("talk", type=int, nargs="?", help="the talk's number")
        parser.add_argument("--card", choices=enums.Card.values, help="show this card instead of a talk")

    def handle(self, *, event: str, track: str, talk: int | None, card: str | None, **options: Any) -> None:
        if (talk is None) == (card is None):
            raise CommandError("Name either a talk or --card.")
        lane = self._track(event, track)
        try:
            outcome = self._run(lane, talk, card)
        except OnAirRefused as refused:
            raise CommandError(
                f"Track {track} stays as it is ({refused.on_air}): {refused.explanation}"
            ) from refused
        done = "now shows" if outcome.changed else "already shows"
        self.stdout.write(
            f"Track {track} {done} {self._words(outcome)} (revision {outcome.on_air.revision})."
        )

    def _track(self, event: str, track: str) -> Track:
        lane = Track.objects.select_related("event").filter(event__slug=event, name=track).first()
        if lane is None:
            raise CommandError(f"There is no track {track} in an event {event}.")
        return lane

    def _run(self, lane: Track, talk_id: int | None, card: str | None) -> Outcome:
        talk = Talk.objects.filter(pk=talk_id).first() if talk_id else None
        if talk_id and talk is None:
            raise CommandError(f"There is no talk {talk_id}.")
        return run_command(
            track=lane,
            command=enums.Command.TAKE if talk else enums.Command.CARD,
            talk=talk,
            card=card or "",
            expected_revision=ensure_on_air(lane).revision,
            idempotency_key=f"take-{uuid4()}",
            source=enums.Source.COMMAND,
            actor=None,
        )

    def _words(self, outcome: Outcome) -> str:
        talk = outcome.on_air.talk
        return f"#{talk.pk} “{talk.title}”" if talk else f"the card {outcome.on_air.card}"
