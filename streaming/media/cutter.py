"""The seam to whatever cuts recordings: three verbs that speak our own frozen values.

As with gateways, an error is "unknown" (transient) or "refused" (permanent), never "not there".
"""

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from streaming.media.gateway import GatewayPermanent


class CutState(enum.StrEnum):
    ABSENT = "absent"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class CutSpec:
    """What makes a cut the same one for every process that asks: environment, talk and round."""

    environment: str
    shared_name: str
    stream_name: str
    stream_id: str
    event: str
    talk: str
    round: int
    starts_at: datetime
    ends_at: datetime
    bucket: str
    # Of IVS: the ARN whose recordings are looked through.
    picture_arn: str = ""

    @property
    def name(self) -> str:
        return f"{self.shared_name}-{self.talk.replace('-', '')}-{self.round}"

    @property
    def token(self) -> str:
        return hashlib.sha256(f"{self.environment}:{self.talk}:{self.round}".encode()).hexdigest()[:48]

    @property
    def folder(self) -> str:
        """Where in the bucket it is put; the CDN serves what is below archive/."""
        return f"archive/{self.event}/{self.talk}/{self.round}"

    @property
    def tags(self) -> Mapping[str, str]:
        own = {"app": "dreamkast", "environment": self.environment, "kind": "harvest"}
        return own | {"event": self.event, "talk": self.talk}


@dataclass(frozen=True)
class Cut:
    """How far a cut is; `path` is where its manifest lies in the bucket."""

    state: CutState
    path: str = ""
    error: str = ""


class Cutter(Protocol):
    """Raises GatewayError. Every verb is safe to repeat: names and tokens derive from the round."""

    def begin(self, spec: CutSpec) -> str:
        """Ask for the cut; returns the request's id."""
        ...

    def look(self, spec: CutSpec) -> Cut: ...

    def cancel(self, spec: CutSpec) -> None:
        """Nothing happens when it has ended or never began."""
        ...


class LocalCutter:
    """This machine keeps a live window of some seconds, so there is nothing left to cut."""

    def begin(self, spec: CutSpec) -> str:
        raise GatewayPermanent(
            "This machine keeps no recording: only the last seconds of a stream.", is_sure=True
        )

    def look(self, spec: CutSpec) -> Cut:
        return Cut(CutState.ABSENT)

    def cancel(self, spec: CutSpec) -> None:
        return
