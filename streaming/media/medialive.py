"""MediaLive between IVS and MediaPackage: an encoder pushes RTMP, viewers get both pictures.

A stream is ten to twelve parts (streaming.enums.Part). Each verb makes, moves or removes one; `chain` says
which.
"""

from dataclasses import replace
from typing import Any

from streaming.enums import Part, PlaybackKind
from streaming.media import chain
from streaming.media.encoders import Encoders, active_input_of, ingest_of, key_number_of
from streaming.media.gateway import NO_JOURNAL, GatewayTransient, Journal, Look, Piece, StreamSpec
from streaming.media.ivs import Pictures
from streaming.media.ivs import ingest_of as ivs_ingest_of
from streaming.media.packages import Packages, address_of
from streaming.states import Observed, Seen

Pieces = dict[Part, Piece]
PACKAGED = {
    Part.GROUP,
    Part.PACKAGE,
    Part.LIVE,
    Part.LIVE_POLICY,
    Part.ARCHIVE,
    Part.ARCHIVE_POLICY,
}


class MediaLiveGateway:
    def __init__(self) -> None:
        self.pictures, self.packages, self.encoders = Pictures(), Packages(), Encoders()

    def look(self, spec: StreamSpec) -> Look:
        return _look(spec, self._pieces(spec))

    def create(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        pieces = self._found(spec)
        part = chain.next_to_make(_seen(pieces), spec.wanted)
        if part is not None:
            self._make(spec, part, pieces, journal)
        return self._after(_without_id(spec, part), part, pieces)

    def start(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        pieces = self._found(spec)
        self.encoders.start(spec, pieces[Part.ENCODER], journal)
        return self._after(spec, Part.ENCODER, pieces)

    def stop(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        pieces = self._found(spec)
        self.encoders.stop(spec, pieces[Part.ENCODER], journal)
        return self._after(spec, Part.ENCODER, pieces)

    def delete(self, spec: StreamSpec, journal: Journal = NO_JOURNAL) -> Look:
        pieces = self._found(spec)
        part = chain.next_to_remove(_seen(pieces), is_last=spec.is_last)
        if part is not None:
            self._remove(spec, part, pieces, journal)
        return self._after(spec, part, pieces)

    def _found(self, spec: StreamSpec) -> Pieces:
        """As the look before the verb saw it: asking all again would double the calls."""
        if not spec.found:
            return self._pieces(spec)
        return {part: Piece(part, Seen.ABSENT) for part in Part} | {one.part: one for one in spec.found}

    def _pieces(self, spec: StreamSpec) -> Pieces:
        picture = self.pictures.look(replace(spec, external_id=""))
        found = [picture, *self.packages.look(spec), *self.encoders.look(spec, picture)]
        return {piece.part: piece for piece in found}

    def _after(self, spec: StreamSpec, part: Part | None, pieces: Pieces) -> Look:
        """What was touched is asked anew; of the rest the look before the verb is a moment old."""
        found = pieces if part is None else pieces | {part: self._piece(spec, part, pieces)}
        return replace(_look(spec, found), touched=part)

    def _piece(self, spec: StreamSpec, part: Part, pieces: Pieces) -> Piece:
        if part is Part.PICTURE:
            return self.pictures.look(replace(spec, external_id=""))
        if part in PACKAGED:
            return self.packages.look_at(spec, part, pieces)
        return self.encoders.look_at(spec, part, pieces)

    def _make(self, spec: StreamSpec, part: Part, pieces: Pieces, journal: Journal) -> None:
        if part is Part.PICTURE:
            self.pictures.make(spec, journal)
        elif part in PACKAGED:
            self.packages.make(spec, part, journal)
        elif part is Part.FENCE:
            self.encoders.make_fence(spec, pieces[part], journal)
        elif pieces[part].seen is not Seen.ABSENT:
            self.encoders.remove(spec, pieces[part], journal)
        elif part is Part.ENCODER:
            self._make_encoder(spec, pieces, journal)
        else:
            self.encoders.make_input(spec, part, pieces[Part.FENCE], journal)

    def _make_encoder(self, spec: StreamSpec, pieces: Pieces, journal: Journal) -> None:
        picture = pieces[Part.PICTURE]
        to = [self._to_ivs(picture), _to_package(spec)]
        self.encoders.make_encoder(spec, pieces, to, picture.external_id, journal)

    def _to_ivs(self, picture: Piece) -> dict[str, Any]:
        key = self.pictures.key_of(picture.external_id)
        if not key:
            raise GatewayTransient("IVS has not told its stream key yet.")
        return {"Id": "ivs", "Settings": [{"Url": ivs_ingest_of(dict(picture.facts)), "StreamName": key}]}

    def _remove(self, spec: StreamSpec, part: Part, pieces: Pieces, journal: Journal) -> None:
        if part is Part.PICTURE:
            self.pictures.remove(replace(spec, external_id=""), journal)
        elif part in PACKAGED:
            self.packages.remove(spec, part, journal)
        elif pieces[part].seen is Seen.RUNNING:
            self.encoders.stop(spec, pieces[part], journal)
        else:
            self.encoders.remove(spec, pieces[part], journal)


def _seen(pieces: Pieces) -> dict[Part, Seen]:
    return {part: piece.seen for part, piece in pieces.items()}


def _without_id(spec: StreamSpec, part: Part | None) -> StreamSpec:
    """Of what was made anew the old id says nothing."""
    return replace(spec, ids={one: cloud_id for one, cloud_id in spec.ids.items() if one is not part})


def _to_package(spec: StreamSpec) -> dict[str, Any]:
    target = {"ChannelGroup": spec.shared_name, "ChannelName": spec.name}
    return {"Id": "package", "MediaPackageSettings": [target]}


def _look(spec: StreamSpec, pieces: Pieces) -> Look:
    seen = _seen(pieces)
    observed = chain.observed_of(seen, is_last=spec.is_last, wanted=spec.wanted)
    there = tuple(piece for piece in pieces.values() if piece.seen is not Seen.ABSENT)
    broken = "MediaLive could not make the encoder; it is made anew."
    look = Look(observed, pieces=there, error=broken if Seen.BROKEN in seen.values() else "")
    if observed is Observed.ABSENT:
        return look
    address, key = ingest_of(pieces[Part.INPUT])
    second, second_key = ingest_of(pieces[Part.BACKUP])
    return replace(
        look,
        external_id=pieces[Part.ENCODER].external_id,
        playback_kind=PlaybackKind.HLS,
        playback_url=str(pieces[Part.PICTURE].facts.get("playbackUrl", "")),
        is_low_latency=True,
        ingest_url=address,
        stream_key=key,
        key_number=key_number_of(pieces[Part.INPUT]),
        start_over_url=address_of(pieces[Part.ARCHIVE]),
        backup_ingest_url=second,
        backup_key=second_key,
        active_input=active_input_of(pieces[Part.ENCODER]),
    )
