"""A programme as files carry it: plain values, no database."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Where ids come from that a file does not carry itself. Never change it: imported talks are known by it.
NAMESPACE = uuid.UUID("6d1d7c0e-6c7b-5a53-9f0a-3f8f0f6b7a11")

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Person:
    """A speaker; `values` holds what the file says of them besides the name."""

    guid: uuid.UUID
    name: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One talk or break. `values` holds the fields that the file carries; others are left alone.

    `track` is the name of the lane, None for a talk without one. Times are aware. `place` says where in the
    file it stands, in the reader's words. `guid` is None when the file names no id: then the title decides.
    """

    guid: uuid.UUID | None
    place: str
    values: Values
    people: tuple[Person, ...] | None = None


@dataclass(frozen=True)
class Fault:
    """What is wrong and where, in the reader's words."""

    place: str
    text: str


@dataclass
class Programme:
    """What a file says. With a fault nothing is imported; a warning tells what was left aside."""

    title: str = ""
    time_zone: str = ""
    # Days that the file names itself; others follow from its times.
    days: list[date] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


class Unreadable(Exception):
    """The file is none of its format at all; the message says why."""


def known_id(text: object, *context: object) -> uuid.UUID | None:
    """The id itself when it is a UUID, else one that is always the same for this text in this context."""
    words = str(text or "").strip()
    if not words:
        return None
    try:
        return uuid.UUID(words)
    except ValueError:
        return uuid.uuid5(NAMESPACE, "|".join([*map(str, context), words]))


def first_known(wishes: Iterable[object], *context: object) -> uuid.UUID | None:
    return next(filter(None, (known_id(wish, *context) for wish in wishes)), None)
