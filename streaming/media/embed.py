"""A picture that somebody else makes: at YouTube, Vimeo or any HLS address. Nothing is made here."""

import re
from urllib.parse import urlsplit

from streaming.enums import PlaybackKind
from streaming.media.gateway import ABSENT, NO_JOURNAL, GatewayPermanent, Journal, Look, StreamSpec
from streaming.states import Observed

SITES = {
    PlaybackKind.YOUTUBE: re.compile(r"^(www\.|m\.)?(youtube\.com|youtube-nocookie\.com|youtu\.be)$"),
    PlaybackKind.VIMEO: re.compile(r"^(www\.|player\.)?vimeo\.com$"),
}


class EmbedGateway:
    """Exists and runs as long as people want it to; where it comes from is not ours to start."""

    def look(self, spec: StreamSpec) -> Look:
        if spec.is_unwanted:
            return ABSENT
        kind = kind_of(spec.source_url)
        if kind is PlaybackKind.NONE:
            raise GatewayPermanent(
                "The address is none of YouTube, Vimeo or an HLS playlist (https://….m3u8).", is_sure=True
            )
        return Look(
            observed=Observed.RUNNING if spec.is_wanted else Observed.STOPPED,
            external_id=str(spec.public_id),
            playback_kind=kind,
            playback_url=spec.source_url,
        )

    def create(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return self.look(spec)

    def start(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return self.look(spec)

    def stop(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return self.look(spec)

    def delete(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return ABSENT


def kind_of(address: str) -> PlaybackKind:
    """What plays it; `none` for an address that nothing here can play."""
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        return PlaybackKind.NONE
    for kind, site in SITES.items():
        if site.match(parts.hostname):
            return kind
    return PlaybackKind.HLS if parts.path.endswith(".m3u8") else PlaybackKind.NONE
