"""What plays the address of a video: YouTube, Vimeo, an HLS playlist or an MP4 file. Pure."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

YOUTUBE = re.compile(r"^(www\.|m\.)?(youtube\.com|youtube-nocookie\.com)$")
VIMEO = re.compile(r"^(www\.|player\.)?vimeo\.com$")
YOUTUBE_ID = re.compile(r"^[\w-]{11}$")


class VideoKind(models.TextChoices):
    HLS = "hls", "HLS"
    MP4 = "mp4", "MP4"
    YOUTUBE = "youtube", "YouTube"
    VIMEO = "vimeo", "Vimeo"
    NONE = "none", _("none")


def kind_of(address: str) -> VideoKind:
    """`none` for what nothing here can play; such an address can still be a link."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return VideoKind.NONE
    if frame := _frame(parts.hostname, parts.path, parts.query):
        return frame[0]
    suffix = parts.path.lower().rpartition(".")[2]
    return {"m3u8": VideoKind.HLS, "mp4": VideoKind.MP4}.get(suffix, VideoKind.NONE)


def frame_of(address: str) -> str:
    """The address of the frame that plays a video of YouTube or Vimeo; empty for others."""
    parts = urlsplit(address)
    found = _frame(parts.hostname or "", parts.path, parts.query)
    return found[1] if found else ""


def validate_video(address: str) -> None:
    if address and kind_of(address) is VideoKind.NONE:
        raise ValidationError(
            _(
                "Nothing here can play this address. It takes a video of YouTube or Vimeo, an HLS playlist "
                "(https://….m3u8) or an MP4 file (https://….mp4)."
            ),
            code="not_playable",
        )


def _frame(host: str, path: str, query: str) -> tuple[VideoKind, str] | None:
    if host == "youtu.be" or YOUTUBE.match(host):
        named = parse_qs(query).get("v", [path.rstrip("/").rpartition("/")[2]])[0]
        if not YOUTUBE_ID.match(named):
            return None
        return VideoKind.YOUTUBE, f"https://www.youtube-nocookie.com/embed/{named}?playsinline=1&rel=0"
    if VIMEO.match(host):
        number = next((word for word in path.split("/") if word.isdecimal()), "")
        return (VideoKind.VIMEO, f"https://player.vimeo.com/video/{number}?dnt=1") if number else None
    return None
