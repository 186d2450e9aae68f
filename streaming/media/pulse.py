"""The seam to whoever knows how a running picture is: one question, one frozen answer.

`input_lost` is what the automatic slate goes by. It means that viewers get no picture:

- `ivs`: IVS says that the stream is not live. STARVING is no loss: viewers still get what arrives, sound
  above all, and a card would take that from them too. The control room warns of it.
- `medialive`: MediaLive has an alert about its input (`LOST_ALERTS`), or IVS behind it is not live.
- `local`: the encoder has written no piece for some seconds.
- `embed`: nobody can tell.
"""

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.utils.module_loading import import_string

from streaming.enums import GatewayName, PictureHealth

READERS = {
    GatewayName.LOCAL: "streaming.media.pulse_readers.LocalPulses",
    GatewayName.IVS: "streaming.media.pulse_readers.IvsPulses",
    GatewayName.MEDIALIVE: "streaming.media.pulse_readers.MediaLivePulses",
}


@dataclass(frozen=True)
class Place:
    """Where a stream is found: the IVS resource, MediaLive's number of the encoder, the local folder."""

    public_id: uuid.UUID
    picture: str = ""
    encoder: str = ""


@dataclass(frozen=True)
class Alert:
    """What the service warns of now; `since` as it was told."""

    id: str
    kind: str
    message: str = ""
    since: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"id": self.id, "kind": self.kind, "message": self.message, "since": self.since}


@dataclass(frozen=True)
class Pulse:
    """One answer. None means that the service did not say, never "no".

    `trouble` is why a part of it is missing.
    """

    is_live: bool | None = None
    health: PictureHealth = PictureHealth.UNKNOWN
    input_lost: bool | None = None
    viewers: int | None = None
    alerts: tuple[Alert, ...] = ()
    trouble: str = ""


class PulseReader(Protocol):
    def read(self, place: Place) -> Pulse:
        """Raises a GatewayError when nothing was learned. No call is repeated: the next look asks again."""
        ...


@cache
def reader_named(gateway: str) -> PulseReader:
    """The one of this process; a site without cloud pictures never loads the cloud's."""
    reader: PulseReader = import_string(READERS[GatewayName(gateway)])()
    return reader
