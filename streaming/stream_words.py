"""The words of parts and states in the reader's language, for the control room's scripts."""

from typing import Any

from streaming.enums import GatewayName, Part
from streaming.models.resource import SEEN
from streaming.models.stream import DESIRED, OBSERVED


def stream_words() -> dict[str, dict[str, Any]]:
    return {
        "gateway": dict(GatewayName.choices),
        "part": dict(Part.choices),
        "seen": dict(SEEN),
        "desired": dict(DESIRED),
        "observed": dict(OBSERVED),
    }
