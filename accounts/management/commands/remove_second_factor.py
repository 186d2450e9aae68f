from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.selectors import person_by_email
from accounts.services.people import take_second_factor


class Command(BaseCommand):
    help = "Remove the second factor of somebody who has lost the device and the recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        user = person_by_email(email)
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        gone = take_second_factor(user=user)
        self.stdout.write(f"{user.email} {'has no second factor any more' if gone else 'had none'}.")
