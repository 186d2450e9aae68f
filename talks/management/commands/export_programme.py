import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.models import Event
from talks.exports.formats import FORMATS, export_programme


class Command(BaseCommand):
    help = "Write an event's programme to standard output, drafts included; same programme, same bytes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="the event's address, for example shiosai2026")
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))

    def handle(self, *args: Any, **options: Any) -> None:
        event = Event.objects.filter(slug=options["event"]).first()
        if event is None:
            raise CommandError(f"There is no event “{options['event']}”.")
        content = export_programme(event, options["format"], drafts=True)
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
