"""The seam to whatever makes pictures: a few verbs that speak our own frozen values.

GatewayError
├── GatewayTransient    unreachable, throttled, busy: the same call may succeed later
└── GatewayPermanent    refused: it fails the same way until a person changes something

Whether a stream exists has three answers: a Look says yes or a sure no, an error says unknown.
"""

import hashlib
import re
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from dreamkast.lib.errors import TransientError
from streaming.enums import FaultKind, Part, PlaybackKind
from streaming.states import Observed, Seen


class GatewayError(Exception):
    """The call did not do what was asked; `request_id` is what the cloud's support asks for.

    `is_sure`: it certainly had no effect. `fault` and `subject`: what a person can change, and its name.
    """

    def __init__(
        self,
        message: str,
        *,
        request_id: str = "",
        is_sure: bool = False,
        fault: FaultKind = FaultKind.OTHER,
        subject: str = "",
    ) -> None:
        super().__init__(message)
        self.request_id, self.is_sure = request_id, is_sure
        self.fault, self.subject = fault, subject


class GatewayTransient(GatewayError, TransientError):
    """Nothing is known about the stream now; ask again later."""


class GatewayPermanent(GatewayError):
    """A person has to change something first."""


@dataclass(frozen=True)
class StreamSpec:
    """What makes a stream the same one for every process that asks: names and tags derive from it alone."""

    public_id: uuid.UUID
    environment: str
    event: str
    track: str
    number: int
    zone: str
    generation: int
    is_wanted: bool
    is_unwanted: bool = False
    external_id: str = ""
    is_key_known: bool = False
    # Of the key: which one is wanted, and which one is known to be in place.
    key_number: int = 0
    placed_key_number: int = 0
    source_url: str = ""
    # What the encoder can be switched to besides the studio: a second push, and a file.
    has_backup: bool = False
    slate_url: str = ""
    # Of parts: the cloud's ids as far as they were written down, and how often each was made anew.
    ids: Mapping[Part, str] = field(default_factory=dict)
    rounds: Mapping[Part, int] = field(default_factory=dict)
    # Parts that a row says may be there.
    traces: frozenset[Part] = frozenset()
    # What the look just before a verb found; empty when nobody has looked.
    found: tuple["Piece", ...] = ()
    # Addresses that may push, as CIDR; an event with addresses of its own has a list of its own.
    encoders: tuple[str, ...] = ()
    has_own_encoders: bool = False
    # Whether nobody else uses what the environment's streams share.
    is_last: bool = True

    @property
    def name(self) -> str:
        """Unique, of characters that every cloud accepts, and the same after an event or track is renamed."""
        return f"{self.shared_name}-{self.public_id.hex}"

    @property
    def shared_name(self) -> str:
        """Of what all streams of the environment use together."""
        return shared_name(self.environment)

    def token(self, part: Part) -> str:
        """The same for every process that asks for the same thing, another one once it was made anew."""
        text = f"{self.owner(part)}:{part}:{self.rounds.get(part, 0)}"
        return hashlib.sha256(text.encode()).hexdigest()[:48]

    def owner(self, part: Part) -> str:
        """Whose the part is: the stream's, its event's or the environment's."""
        if part is Part.FENCE and self.has_own_encoders:
            return f"event:{self.event}"
        return f"environment:{self.environment}" if part in SHARED else f"stream:{self.public_id}"

    @property
    def wanted(self) -> frozenset[Part]:
        """The parts that it should have when it is ready."""
        unwanted = {Part.BACKUP: not self.has_backup, Part.SLATE: not self.slate_url}
        return frozenset(part for part in Part if not unwanted.get(part))

    @property
    def tags(self) -> dict[str, str]:
        """Its identity, and what helps a person who reads a bill; `generation` is the wish that made it."""
        names = {"event": self.event, "track": _tag_value(self.track)}
        return {**self.identity, **names, "generation": str(self.generation)}

    @property
    def identity(self) -> dict[str, str]:
        """The tags that say that a resource is this stream's."""
        environment = _tag_value(self.environment)
        return {"app": "dreamkast", "environment": environment, "stream": str(self.public_id)}

    def shared_tags(self, part: Part) -> dict[str, str]:
        identity = {"app": "dreamkast", "environment": _tag_value(self.environment), "kind": str(part)}
        own = part is Part.FENCE and self.has_own_encoders
        return identity | {"event": self.event if own else "-"}

    def tags_of(self, part: Part) -> dict[str, str]:
        return self.shared_tags(part) if part in SHARED else self.tags | {"kind": str(part)}


SHARED = {Part.GROUP, Part.FENCE}


def shared_name(environment: str) -> str:
    return f"dreamkast-{re.sub(r'[^A-Za-z0-9_-]', '-', environment)[:40]}"


def _tag_value(text: str) -> str:
    return re.sub(r"[^\w .:/=+@-]", "-", text)[:256]


@dataclass(frozen=True)
class Piece:
    """One part of a stream as a look found it; `facts` are the cloud's answers that others need."""

    part: Part
    seen: Seen
    external_id: str = ""
    # Not shown: an address that may be pushed to is among them.
    facts: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Look:
    """What is there now. An empty stream key means that it was not told, not that there is none."""

    observed: Observed
    external_id: str = ""
    playback_kind: PlaybackKind = PlaybackKind.NONE
    playback_url: str = ""
    is_low_latency: bool = False
    ingest_url: str = ""
    stream_key: str = field(default="", repr=False)
    # Which key is in place; None where there is none to turn.
    key_number: int | None = None
    start_over_url: str = ""
    backup_ingest_url: str = ""
    backup_key: str = field(default="", repr=False)
    # Of a running encoder with several inputs, as the cloud tells it.
    active_input: str = ""
    error: str = ""
    pieces: tuple[Piece, ...] = ()
    touched: Part | None = None


ABSENT = Look(Observed.ABSENT)


class Journal(Protocol):
    """Where a verb writes what it is about to ask, before it asks."""

    def asking(
        self, part: Part, *, name: str, token: str = "", is_repeatable: bool = True
    ) -> AbstractContextManager[Callable[[str], None]]:
        """Around the one call; what it gives takes the id that the cloud answers.

        Raises GatewayTransient when a call that must not be repeated may be under way.
        """
        ...


class NoJournal:
    def asking(
        self, part: Part, *, name: str, token: str = "", is_repeatable: bool = True
    ) -> AbstractContextManager[Callable[[str], None]]:
        return nullcontext(lambda external_id: None)


NO_JOURNAL = NoJournal()


class Gateway(Protocol):
    """Every verb is safe to repeat, changes at most one thing, and answers with what is there after it."""

    def look(self, spec: StreamSpec) -> Look: ...

    def create(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look: ...

    def start(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look: ...

    def stop(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look: ...

    def delete(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look: ...


@cache
def gateway_named(name: str) -> Gateway:
    """The one gateway of that name in this process."""
    gateway: Gateway = import_string(settings.STREAM_GATEWAYS[name])()
    return gateway
