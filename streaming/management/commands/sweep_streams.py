from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from streaming.models import SweepFinding
from streaming.services.sweeping import sweep


class Command(BaseCommand):
    help = (
        "List what carries this site's tags in the cloud and is not in its tables. Nothing is deleted unless "
        "--delete is given or DREAMKAST_SWEEPER says so, and then only what two sweeps saw and is old enough."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="remove what may be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        run = sweep(may_delete=True if options["delete"] else None)
        if run.ended_at is None:
            raise CommandError(f"The cloud could not be looked at: {run.error}")
        for finding in SweepFinding.objects.filter(gone_at=None):
            line = f"{finding.verdict}: {finding.part} {finding.name} {finding.external_id} {finding.error}"
            self.stdout.write(line.rstrip())
        words = f"{run.things} of ours, {run.strays} unknown, {run.removed} removed."
        self.stdout.write(words)
