"""The demo conference's texts, read from the TOML files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TRACK_FILES = ("a.toml", "b.toml", "c.toml")


@cache
def event() -> dict[str, Any]:
    return _read("event.toml")


@cache
def speakers() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read("speakers.toml")["speaker"]
    return found


@cache
def lanes() -> list[list[dict[str, Any]]]:
    """The talks of each track, in the order of the tracks."""
    return [_read(f"talks/{name}")["talk"] for name in TRACK_FILES]


@cache
def keynotes() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read("talks/keynotes.toml")["talk"]
    return found


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
