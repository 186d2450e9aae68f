"""The seam to whatever makes pictures: a few verbs that speak our own frozen values.

GatewayError
├── GatewayTransient    unreachable, throttled, busy: the same call may succeed later
└── GatewayPermanent    refused: it fails the same way until a person changes something

Whether a stream exists has three answers: a Look says yes or a sure no, an error says unknown.
"""

import re
import uuid
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from dreamkast.lib.errors import TransientError
from streaming.enums import PlaybackKind
from streaming.states import Observed


class GatewayError(Exception):
    """The call did not do what was asked; `request_id` is what the cloud's support asks for."""

    def __init__(self, message: str, *, request_id: str = "") -> None:
        super().__init__(message)
        self.request_id = request_id


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
    external_id: str = ""
    is_key_known: bool = False

    @property
    def name(self) -> str:
        """Unique, of characters that every cloud accepts, and the same after an event or track is renamed."""
        environment = re.sub(r"[^A-Za-z0-9_-]", "-", self.environment)[:40]
        return f"dreamkast-{environment}-{self.public_id.hex}"

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


def _tag_value(text: str) -> str:
    return re.sub(r"[^\w .:/=+@-]", "-", text)[:256]


@dataclass(frozen=True)
class Look:
    """What is there now. An empty stream key means that it was not told, not that there is none."""

    observed: Observed
    external_id: str = ""
    playback_kind: PlaybackKind = PlaybackKind.NONE
    playback_url: str = ""
    is_low_latency: bool = False
    ingest_url: str = ""
    stream_key: str = ""
    error: str = ""


ABSENT = Look(Observed.ABSENT)


class Gateway(Protocol):
    """Every verb is safe to repeat and answers with what is there after it."""

    def look(self, spec: StreamSpec) -> Look: ...

    def create(self, spec: StreamSpec) -> Look: ...

    def start(self, spec: StreamSpec) -> Look: ...

    def stop(self, spec: StreamSpec) -> Look: ...

    def delete(self, spec: StreamSpec) -> Look: ...


@cache
def gateway_named(name: str) -> Gateway:
    """The one gateway of that name in this process."""
    gateway: Gateway = import_string(settings.STREAM_GATEWAYS[name])()
    return gateway
