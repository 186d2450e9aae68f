import ipaddress
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from dreamkast.lib.serve import serve
from streaming.media.gateway import GatewayPermanent
from streaming.media.test_card import ffmpeg

ROLES = ["attendee", "speaker", "organizer", "broadcaster"]


class Command(BaseCommand):
    help = "Start a whole conference on this machine: one process, no cloud, no account anywhere."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        self._check(host, port)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("seed_demo", stdout=self.stdout)
        # Links in mails lead to where this demo really is.
        settings.SITE_URL = _base(host, port)
        serve(host, port, ready=lambda: self._announce(host, port))
        self.stdout.write("The demo has ended.")

    def _check(self, host: str, port: int) -> None:
        if not settings.DEMO:
            raise CommandError("Set DREAMKAST_DEMO=1 (with DREAMKAST_DEBUG=1) to start the demo.")
        try:
            ffmpeg()
        except GatewayPermanent as missing:
            raise CommandError(
                "ffmpeg is missing, which makes the moving pictures: install it (Debian: apt install ffmpeg) "
                "or run make demo with access to PyPI, which brings one."
            ) from missing
        _check_port(host, port)
        if not _is_loopback(host):
            self.stderr.write(
                f"Warning: the demo listens on {host}. Everybody who reaches it can sign in as any role "
                "with one press and change the programme. Use it in a trusted network only."
            )

    def _announce(self, host: str, port: int) -> None:
        base = _base(host, port)
        lines = [
            "",
            "Dreamkast is running. End it with Ctrl-C.",
            "",
            f"  Conference     {base}/demo/",
            f"  Viewer         {base}/demo/ui",
            f"  Control room   {base}/demo/console",
            f"  Admin          {base}/admin/",
            "",
            f"  Sign in at {base}/accounts/login/ with one press, or by a code that is printed here:",
            *(f"    {role:<12} {role}@example.com" for role in ROLES),
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _base(host: str, port: int) -> str:
    shown = "localhost" if host in {"0.0.0.0", "::"} else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error}). Choose another: make demo PORT=8001."
            ) from error


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
