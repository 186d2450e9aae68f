"""The seam to whatever writes notes into a picture."""

from functools import cache
from typing import Protocol

from django.utils.module_loading import import_string


class Marker(Protocol):
    def put(self, picture: str, text: str) -> bool:
        """Write `text` at the frame of now; False when there is no picture. Raises a GatewayError.

        One call, one request: whoever calls it counts them.
        """
        ...


@cache
def cloud_marker() -> Marker:
    """The one of this process; a site without cloud pictures never loads it."""
    marker: Marker = import_string("streaming.media.metadata.IvsMetadata")()
    return marker
