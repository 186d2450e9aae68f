"""What IVS, MediaLive and this machine say about a running picture."""

import time
from contextlib import suppress
from dataclasses import replace
from typing import Any

from streaming.enums import PictureHealth
from streaming.media import minder
from streaming.media.aws import LOOK_SECONDS, NotFound, NotLive, client, folded
from streaming.media.gateway import GatewayError
from streaming.media.local import folder_of
from streaming.media.pulse import Alert, Place, Pulse

# A piece lasts two seconds.
FRESH_SECONDS = 6.0
NO_PICTURE = Pulse(is_live=False, input_lost=True)
HEALTH = {"HEALTHY": PictureHealth.HEALTHY, "STARVING": PictureHealth.STARVING}
# The wordings of MediaLive's user guide that mean: what should come in does not.
LOST_ALERTS = {
    "Initial Probe is Taking Longer Than Expected",
    "Input Resource is Inaccessible",
    "Output Group is Paused",
    "RTMP Has No Audio/Video",
    "RTMP Input Connect Failed",
    "RTMP Server Disconnected",
    "RTMP Stream Not Found",
    "Stopped Receiving UDP Input",
    "Video Not Detected",
}


class IvsPulses:
    def __init__(self) -> None:
        self._ivs = client("ivs", attempts=1, seconds=LOOK_SECONDS)

    def read(self, place: Place) -> Pulse:
        try:
            with folded():
                stream = self._ivs.get_stream(channelArn=place.picture)["stream"]
        except (NotLive, NotFound):
            return NO_PICTURE
        return _pulse_of(stream)


class MediaLivePulses:
    """MediaLive knows what comes in, IVS behind it what goes out and to how many."""

    def __init__(self) -> None:
        self._medialive = client("medialive", attempts=1, seconds=LOOK_SECONDS)
        self._pictures = IvsPulses()

    def read(self, place: Place) -> Pulse:
        alerts = self._alerts(place.encoder)
        seen = self._picture(place)
        lost = seen.is_live is False or any(alert.kind in LOST_ALERTS for alert in alerts)
        return replace(seen, alerts=alerts, input_lost=lost)

    def _alerts(self, encoder: str) -> tuple[Alert, ...]:
        with folded():
            pages = self._medialive.get_paginator("list_alerts").paginate(
                ChannelId=encoder, StateFilter="SET"
            )
            found = [one for page in pages for one in page.get("Alerts", [])]
        return tuple(sorted((_alert(one) for one in found), key=lambda alert: (alert.since, alert.id)))

    def _picture(self, place: Place) -> Pulse:
        """An alert counts also while IVS says nothing."""
        try:
            return self._pictures.read(place)
        except GatewayError as error:
            return Pulse(trouble=str(error))


class LocalPulses:
    """The encoder's newest piece tells, as it does for a player."""

    def read(self, place: Place) -> Pulse:
        written = 0.0
        with suppress(FileNotFoundError):
            written = (folder_of(place.public_id) / minder.PLAYLIST).stat().st_mtime
        if time.time() - written > FRESH_SECONDS:
            return NO_PICTURE
        return Pulse(is_live=True, health=PictureHealth.HEALTHY, input_lost=False)


def _pulse_of(stream: dict[str, Any]) -> Pulse:
    is_live = stream.get("state") == "LIVE"
    viewers = int(stream.get("viewerCount", -1))
    return Pulse(
        is_live=is_live,
        health=HEALTH.get(stream.get("health", ""), PictureHealth.UNKNOWN),
        input_lost=not is_live,
        viewers=viewers if is_live and viewers >= 0 else None,
    )


def _alert(found: dict[str, Any]) -> Alert:
    since = found.get("SetTimestamp")
    return Alert(
        id=str(found.get("Id", "")),
        kind=str(found.get("AlertType", "")),
        message=str(found.get("Message", ""))[:300],
        since=since.isoformat() if since else "",
    )
