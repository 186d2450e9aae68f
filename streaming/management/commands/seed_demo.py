from typing import Any

from django.core.management.base import BaseCommand, CommandError

from streaming.services.demo.seeding import NoDemoHere, seed_demo


class Command(BaseCommand):
    help = "Make the demo conference, or move it to the present moment. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = seed_demo()
        except NoDemoHere as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in lines:
            self.stdout.write(line)
