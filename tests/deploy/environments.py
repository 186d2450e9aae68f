"""Environments of a production site, and what Dreamkast says to them."""

import subprocess
import sys
from pathlib import Path

from tests.services.environment import ROOT, bare_environment

DEPLOY = ROOT / "deploy"
LOAD = "import dreamkast.settings.base; from dreamkast import env; print(*sorted(env._known))"


def production(folder: Path, **given: str) -> dict[str, str]:
    """The least that a production site must be told."""
    told = {
        "DJANGO_SETTINGS_MODULE": "dreamkast.settings.base",
        "DREAMKAST_SECRET_KEY": "a long and random text, made for the tests of the deployment",
        "DREAMKAST_HOSTS": "conference.example.org",
        "DREAMKAST_BEHIND_PROXY": "1",
        "DREAMKAST_DATA_DIR": str(folder / "data"),
        "DREAMKAST_STATIC_ROOT": str(folder / "staticfiles"),
        "EMAIL_URL": "smtp://127.0.0.1:25",
    }
    return bare_environment(**(told | given))


def run(command: list[str], env: dict[str, str], seconds: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=seconds)


def manage(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "manage.py", *arguments], env)


def load(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Import the settings of production; prints the names that they read."""
    return run([sys.executable, "-c", LOAD], env)


def example() -> dict[str, str]:
    """The names and values of env.example; a commented line counts as well, with its default."""
    names = {}
    for line in (DEPLOY / "env.example").read_text().splitlines():
        name, equals, value = line.removeprefix("# ").partition("=")
        if equals and name.isupper() and " " not in name:
            names[name] = value
    return names


def filled_example() -> dict[str, str]:
    """The lines that count when somebody copies the file and fills in what is empty."""
    lines = (DEPLOY / "env.example").read_text().splitlines()
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#"))
    blanks = {"EMAIL_URL": "smtp+tls://user:p%40ss@mail.example.org:587"}
    return {name: value or blanks.get(name, "conference.example.org") for name, value in pairs}
