"""The address of a slate, as people write it."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# MediaLive reads no bucket with a dot in its name, and tells an MP4 by its ending.
BUCKET = re.compile(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]")
SIGNS = re.compile(r"[!-~]+")


def validate_slate(url: str) -> None:
    if url and not _is_file(url):
        raise ValidationError(
            _(
                "This is no MP4 file for MediaLive. Write https://example.org/slate.mp4 or s3://bucket/slate.mp4."
            )
        )


def _is_file(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, has_secret = parts.hostname or "", parts.username is not None
    except ValueError:
        return False
    is_place = bool(BUCKET.fullmatch(parts.netloc)) if parts.scheme == "s3" else "." in host
    is_plain = SIGNS.fullmatch(url) and not (parts.query or parts.fragment or has_secret)
    return parts.scheme in {"https", "s3"} and is_place and bool(is_plain) and _names_a_file(parts.path)


def _names_a_file(path: str) -> bool:
    name = path.rpartition("/")[2].lower()
    return name.endswith(".mp4") and name != ".mp4"
