from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from events.models import Event
from talks.exchange.entry import Fault, Unreadable
from talks.import_plan import ImportPlan
from talks.services.importing import FileRefused, import_kept, keep_file, look
from talks.services.new_event import event_for_import


class Command(BaseCommand):
    help = (
        "Bring in a programme: schedule.json, schedule.xml, Sessionize's “All” JSON, or CSV. Times go into "
        "the draft. An event that does not exist is made. Safe to run again: what is the same stays."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("event", help="the event's address, for example shiosai2026")
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--drop", action="store_true", help="also take away what the file does not have")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with transaction.atomic():
                self._import(path.read_bytes(), options)
                transaction.set_rollback(options["dry_run"])
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        except Unreadable as fault:
            raise CommandError(f"{path.name}: {fault}") from None
        except FileRefused as refusal:
            self._tell(refusal.faults, "wrong")
            raise CommandError("Nothing was imported.") from None

    def _import(self, content: bytes, options: dict[str, Any]) -> None:
        name = options["file"].name
        event = self._event(options["event"], content, name)
        row = keep_file(event=event, name=name, content=content, actor=None)
        plan = look(row)
        self._report(plan, drop=options["drop"])
        if plan.faults:
            raise FileRefused(plan.faults)
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        done = import_kept(row=row, drop_missing=options["drop"], actor=None)
        self.stdout.write(f"Imported: {done.added} added, {done.changed} changed, {done.dropped} dropped.")

    def _event(self, slug: str, content: bytes, name: str) -> Event:
        found = Event.objects.filter(slug=slug).first()
        if found is not None:
            return found
        try:
            event = event_for_import(slug=slug, content=content, name=name)
        except ValidationError as fault:
            raise CommandError(f"“{slug}” cannot be an event's address: {' '.join(fault.messages)}") from None
        self.stdout.write(f"New event {event.slug}, a draft in {event.time_zone}.")
        return event

    def _report(self, plan: ImportPlan, *, drop: bool) -> None:
        for entry in plan.added:
            self.stdout.write(f"+ {entry.values['title']}")
        for difference in plan.changed:
            self.stdout.write(f"~ {difference.talk.title}: {', '.join(sorted(difference.fields))}")
        for talk in plan.missing:
            self.stdout.write(f"- {talk.title}{'' if drop else ' (stays; --drop takes it away)'}")
        self.stdout.write(
            f"{len(plan.added)} to add, {len(plan.changed)} to change, {plan.unchanged} the same, "
            f"{len(plan.missing)} not in the file."
        )
        self._tell(plan.warnings, "note")

    def _tell(self, faults: list[Fault], word: str) -> None:
        for fault in faults:
            self.stderr.write(f"{word}: {fault.place}: {fault.text}")
