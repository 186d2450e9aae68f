"""Read the environment, or stop the start with a sentence that names the variable."""

import os
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from ipaddress import ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
PREFIX = "DREAMKAST_"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}
_known: set[str] = set()


def _read(name: str, default: str) -> str:
    _known.add(name)
    return os.environ.get(name, default).strip()


def _parsed(name: str, default: str, parse: Callable[[str], T], wanted: str) -> T:
    value = _read(name, default)
    try:
        return parse(value)
    except (ValueError, KeyError, InvalidOperation, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} must be {wanted}; it is {value!r}.") from error


def text(name: str, default: str = "") -> str:
    return _read(name, default)


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in _read(name, default).split(",") if word.strip()]


def flag(name: str, default: bool = False) -> bool:
    def parse(value: str) -> bool:
        if value.lower() not in TRUE | FALSE:
            raise ValueError
        return value.lower() in TRUE

    return _parsed(name, str(default), parse, "one of 1, true, yes, on, 0, false, no, off")


def number(name: str, default: int) -> int:
    return _parsed(name, str(default), int, "a whole number")


def networks(name: str, default: str = "") -> list[str]:
    """CIDR networks, parted by commas; an address alone is a network of one."""

    def parse(value: str) -> list[str]:
        return [str(ip_network(one.strip())) for one in value.split(",") if one.strip()]

    return _parsed(name, default, parse, "networks like 203.0.113.7/32, parted by commas")


def ladder(name: str, default: str) -> list[tuple[int, int]]:
    """Renditions as lines and kbit/s, the best first."""

    def parse(value: str) -> list[tuple[int, int]]:
        pairs = [one.split(":") for one in value.split(",")]
        found = sorted(((int(lines), int(kilobits)) for lines, kilobits in pairs), reverse=True)
        if any(lines % 2 or not 144 <= lines <= 2160 or kilobits < 100 for lines, kilobits in found):
            raise ValueError
        return found

    return _parsed(name, default, parse, "lines:kbit/s pairs like 1080:3500,720:2000")


def choice(name: str, known: set[str], default: str) -> str:
    def parse(value: str) -> str:
        if value not in known:
            raise ValueError
        return value

    return _parsed(name, default, parse, f"one of {', '.join(sorted(known))}")


def rates(name: str, default: str) -> dict[str, Decimal]:
    """Prices by name; what is not named keeps its default."""

    def parse(value: str) -> dict[str, Decimal]:
        pairs = [one.strip().split(":") for one in f"{default},{value}".split(",") if one.strip()]
        found = {word: Decimal(price) for word, price in pairs}
        if set(found) - set(known) or min(found.values()) < 0:
            raise ValueError
        return found

    known = [one.partition(":")[0] for one in default.split(",")]
    return _parsed(name, "", parse, f"name:price pairs of {', '.join(known)}")


def folder(name: str, default: Path) -> Path:
    return Path(_read(name, str(default))).resolve()


def address(name: str, schemes: set[str], default: str = "") -> str:
    """An address with one of `schemes`, or an empty text when the variable is not set."""

    def parse(value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in schemes or not (parts.netloc or parts.path)):
            raise ValueError
        return value

    return _parsed(name, default, parse, f"an address that starts with {' or '.join(sorted(schemes))}")


def database(name: str, default: str) -> dict[str, object]:
    wanted = "postgres://user:password@host/name or sqlite:////path/to/file"

    def parse(value: str) -> dict[str, object]:
        # Before the parser sees it: an unknown scheme would make it warn in words of its own.
        if urlsplit(value).scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ValueError
        return dict(environ.Env.db_url_config(value))

    return _parsed(name, default, parse, wanted)


def email(name: str, default: str) -> dict[str, object]:
    wanted = "smtp+tls://user:password@host:587, smtp://host:25 or consolemail://"

    def parse(value: str) -> dict[str, object]:
        if "://" not in value:
            raise ValueError
        return dict(environ.Env.email_url_config(value))

    return _parsed(name, default, parse, wanted)


def refuse_unknown() -> None:
    """Stop when a DREAMKAST_ variable is set that nobody reads: it is most likely a typing mistake."""
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in _known)
    if unknown:
        known = ", ".join(sorted(name for name in _known if name.startswith(PREFIX)))
        raise ImproperlyConfigured(f"{unknown[0]} is not a setting of Dreamkast. Known are: {known}.")
