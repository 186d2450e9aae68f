"""Amazon IVS: an encoder pushes, IVS makes the low-latency picture.

IVS knows neither start nor stop: an existing resource takes a picture whenever an encoder pushes one. So a
stream that exists is running when people want it to run, and stopped otherwise.
"""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from django.conf import settings

from streaming.enums import FaultKind, Part, PlaybackKind
from streaming.media.aws import Conflict, NotFound, NotLive, NotServed, client, folded
from streaming.media.gateway import (
    ABSENT,
    NO_JOURNAL,
    GatewayPermanent,
    GatewayTransient,
    Journal,
    Look,
    Piece,
    StreamSpec,
)
from streaming.states import Observed, Seen

# What IVS takes in: Full HD, and the shortest delay.
KIND = {"type": "STANDARD", "latencyMode": "LOW"}
# Says of a key which of the stream's keys it is.
KEY_TAG = "key"


class IvsGateway:
    def __init__(self) -> None:
        self.pictures = Pictures()

    def look(self, spec: StreamSpec) -> Look:
        piece = self.pictures.look(spec)
        return self._seen(spec, piece) if piece.seen is Seen.READY else ABSENT

    def create(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        """Adopt what a lost answer or a crashed worker left behind, else make a new one."""
        piece = self.pictures.look(replace(spec, external_id="", ids={}))
        if piece.seen is not Seen.READY:
            made = self.pictures.make(spec, journal)
            look = _look(spec, made["channel"], made["streamKey"]["value"])
            return replace(look, touched=Part.PICTURE)
        if spec.key_number == spec.placed_key_number:
            return self._seen(spec, piece)
        self.pictures.turn_key(spec, piece.external_id, journal)
        return replace(self._seen(spec, piece), touched=Part.PICTURE)

    def start(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return self.look(spec)

    def stop(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        return self.look(spec)

    def delete(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        self.pictures.remove(spec, journal)
        return ABSENT

    def _seen(self, spec: StreamSpec, piece: Piece) -> Look:
        if spec.key_number != spec.placed_key_number:
            return self._turning(spec, piece)
        key = "" if spec.is_key_known else self.pictures.key_of(piece.external_id)
        return _look(spec, dict(piece.facts), key)

    def _turning(self, spec: StreamSpec, piece: Piece) -> Look:
        """Whole only when the wanted key is the only one."""
        keys = self.pictures.numbered_keys(piece.external_id)
        if list(keys.values()) == [spec.key_number]:
            return _look(spec, dict(piece.facts), self.pictures.key_of(piece.external_id))
        look = _look(spec, dict(piece.facts), "")
        return replace(look, observed=Observed.PARTIAL, key_number=spec.placed_key_number)


class Pictures:
    """IVS resources as a part of a stream."""

    def __init__(self) -> None:
        self._ivs = client("ivs")
        # CreateChannel has no idempotency token: a repeat inside boto3 could make a second, paid resource.
        self._ivs_once = client("ivs", attempts=1)

    def look(self, spec: StreamSpec) -> Piece:
        known = spec.ids.get(Part.PICTURE) or spec.external_id
        for arn in [known] if known.startswith("arn:aws:ivs") else self._arns(spec):
            if found := self._get(arn):
                return Piece(Part.PICTURE, Seen.READY, arn, found)
        return Piece(Part.PICTURE, Seen.ABSENT)

    def make(self, spec: StreamSpec, journal: Journal) -> dict[str, Any]:
        with journal.asking(Part.PICTURE, name=spec.name, is_repeatable=False) as made, folded():
            answer: dict[str, Any] = self._ivs_once.create_channel(
                name=spec.name, tags=spec.tags, **KIND, **_recording()
            )
            made(answer["channel"]["arn"])
        return answer

    def remove(self, spec: StreamSpec, journal: Journal) -> None:
        """Delete all that is this stream's, also a second one that a lost answer may have left."""
        known = spec.ids.get(Part.PICTURE) or spec.external_id
        mine = [known] if known.startswith("arn:aws:ivs") else []
        for arn in dict.fromkeys([*mine, *self._arns(spec)]):
            with journal.asking(Part.PICTURE, name=spec.name):
                self._delete(arn)

    def key_of(self, arn: str) -> str:
        """The key that came with the resource; empty when the service does not tell."""
        try:
            for key in self.keys_of(arn):
                with folded():
                    return str(self._ivs.get_stream_key(arn=key)["streamKey"]["value"])
        except NotFound:
            pass
        return ""

    def keys_of(self, arn: str) -> list[str]:
        return [key["arn"] for key in self._listed_keys(arn)]

    def numbered_keys(self, arn: str) -> dict[str, int]:
        """Each key's number. The one that came with the resource has no tag: it is the first."""
        return {key["arn"]: int(key.get("tags", {}).get(KEY_TAG, 0)) for key in self._listed_keys(arn)}

    def turn_key(self, spec: StreamSpec, arn: str, journal: Journal) -> None:
        """One step: former keys go first, since a resource has room for one; then the wanted one is made.

        Whoever pushes with a former key goes on until the line is cut, so that comes between the two.
        """
        keys = self.numbered_keys(arn)
        former = [key for key, number in keys.items() if number != spec.key_number]
        with journal.asking(Part.PICTURE, name=spec.name):
            if former:
                self._delete_key(former[0])
            elif not keys:
                if self._is_live(arn):
                    self._stop(arn)
                self._make_key(spec, arn)

    def _make_key(self, spec: StreamSpec, arn: str) -> None:
        tags = {**spec.identity, "kind": "key", KEY_TAG: str(spec.key_number)}
        try:
            with folded():
                self._ivs_once.create_stream_key(channelArn=arn, tags=tags)
        except GatewayPermanent as error:
            if error.fault is not FaultKind.QUOTA:
                raise
            # A resource has room for one: the answer to an earlier call was lost, or a list is late.
            raise GatewayTransient(str(error), request_id=error.request_id) from error

    def _delete_key(self, key: str) -> None:
        with suppress(NotFound), folded():
            self._ivs.delete_stream_key(arn=key)

    def _is_live(self, arn: str) -> bool:
        try:
            with folded():
                self._ivs.get_stream(channelArn=arn)
        except NotLive:
            return False
        return True

    def _stop(self, arn: str) -> None:
        with suppress(NotLive), folded():
            self._ivs.stop_stream(channelArn=arn)

    def _listed_keys(self, arn: str) -> list[dict[str, Any]]:
        try:
            with folded():
                keys: list[dict[str, Any]] = self._ivs.list_stream_keys(channelArn=arn)["streamKeys"]
        except (NotFound, NotServed):
            return []
        return keys

    def _arns(self, spec: StreamSpec) -> list[str]:
        """What carries this stream's name and tags, in a fixed order."""
        found: list[str] = []
        with folded():
            pages = self._ivs.get_paginator("list_channels").paginate(filterByName=spec.name)
            for page in pages:
                found += [one["arn"] for one in page["channels"] if _is_of(spec, one)]
        return sorted(found)

    def _get(self, arn: str) -> dict[str, Any] | None:
        try:
            with folded():
                found: dict[str, Any] = self._ivs.get_channel(arn=arn)["channel"]
        except NotFound:
            return None
        return found

    def _delete(self, arn: str) -> None:
        try:
            with folded():
                self._ivs.delete_channel(arn=arn)
        except NotFound:
            return
        except Conflict as error:
            self._cut(arn)
            raise GatewayTransient("Still live: it was cut and is deleted next.") from error

    def _cut(self, arn: str) -> None:
        """End a live picture. The keys go first, or the encoder would be back at once."""
        for key in self.keys_of(arn):
            self._delete_key(key)
        self._stop(arn)


def _recording() -> dict[str, str]:
    arn = settings.AWS_RECORDING_CONFIGURATION_ARN
    return {"recordingConfigurationArn": arn} if arn else {}


def _is_of(spec: StreamSpec, listed: dict[str, Any]) -> bool:
    tags = listed.get("tags", {})
    return listed["name"] == spec.name and all(tags.get(key) == value for key, value in spec.identity.items())


def ingest_of(found: dict[str, Any]) -> str:
    return f"rtmps://{found['ingestEndpoint']}:443/app/"


def _look(spec: StreamSpec, found: dict[str, Any], key: str) -> Look:
    return Look(
        observed=Observed.RUNNING if spec.is_wanted else Observed.STOPPED,
        external_id=found["arn"],
        playback_kind=PlaybackKind.HLS,
        playback_url=found["playbackUrl"],
        is_low_latency=found["latencyMode"] == "LOW",
        ingest_url=ingest_of(found),
        stream_key=key,
        key_number=spec.key_number,
        pieces=(Piece(Part.PICTURE, Seen.READY, found["arn"]),),
    )
