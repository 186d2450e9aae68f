"""MediaLive: who may push, the input they push to, and the encoder that feeds IVS and MediaPackage."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from streaming.enums import FaultKind, Part
from streaming.media import ladder
from streaming.media.aws import Conflict, NotFound, client, folded
from streaming.media.gateway import GatewayPermanent, Journal, Piece, StreamSpec
from streaming.states import Seen

ENCODER = {
    "CREATING": Seen.MAKING,
    "UPDATING": Seen.MAKING,
    "CREATE_FAILED": Seen.BROKEN,
    "IDLE": Seen.READY,
    "UPDATE_FAILED": Seen.READY,
    "STARTING": Seen.STARTING,
    "RUNNING": Seen.RUNNING,
    "RECOVERING": Seen.RUNNING,
    "STOPPING": Seen.STOPPING,
    "DELETING": Seen.REMOVING,
    "DELETED": Seen.ABSENT,
}
INPUT = {
    "CREATING": Seen.MAKING,
    "ATTACHED": Seen.READY,
    "DETACHED": Seen.READY,
    "DELETING": Seen.REMOVING,
    "DELETED": Seen.ABSENT,
}
FENCE = {"IDLE": Seen.READY, "IN_USE": Seen.READY, "UPDATING": Seen.MAKING, "DELETED": Seen.ABSENT}
STATES = {Part.ENCODER: ENCODER, Part.INPUT: INPUT, Part.FENCE: FENCE}
ID_NAMES = {Part.ENCODER: "ChannelId", Part.INPUT: "InputId", Part.FENCE: "InputSecurityGroupId"}


class Encoders:
    def __init__(self) -> None:
        self._medialive = client("medialive")
        # CreateInputSecurityGroup has no token: a repeat inside boto3 could make a second one.
        self._medialive_once = client("medialive", attempts=1)

    def look(self, spec: StreamSpec, picture: Piece) -> list[Piece]:
        fence, source, encoder = (self._find(spec, part) for part in (Part.FENCE, Part.INPUT, Part.ENCODER))
        return [_checked_fence(spec, fence), source, _checked_encoder(encoder, source, picture)]

    def look_at(self, spec: StreamSpec, part: Part, pieces: Mapping[Part, Piece]) -> Piece:
        """One of them alone."""
        found = self._find(spec, part)
        if part is Part.FENCE:
            return _checked_fence(spec, found)
        is_encoder = part is Part.ENCODER
        return _checked_encoder(found, pieces[Part.INPUT], pieces[Part.PICTURE]) if is_encoder else found

    def make_fence(self, spec: StreamSpec, present: Piece, journal: Journal) -> None:
        rules = [{"Cidr": address} for address in _allowed(spec)]
        name = spec.owner(Part.FENCE)
        if present.seen is Seen.STALE:
            with journal.asking(Part.FENCE, name=name), folded():
                self._medialive.update_input_security_group(
                    InputSecurityGroupId=present.external_id, WhitelistRules=rules
                )
            return
        with journal.asking(Part.FENCE, name=name, is_repeatable=False) as made, folded():
            answer = self._medialive_once.create_input_security_group(
                WhitelistRules=rules, Tags=spec.tags_of(Part.FENCE)
            )
            made(answer["SecurityGroup"]["Id"])

    def make_input(self, spec: StreamSpec, fence: Piece, journal: Journal) -> None:
        """The address is the secret: 160 bits that nobody guesses, the same for whoever repeats the call."""
        token = spec.token(Part.INPUT)
        with journal.asking(Part.INPUT, name=spec.name, token=token) as made, folded():
            answer = self._medialive.create_input(
                Name=spec.name,
                Type="RTMP_PUSH",
                InputSecurityGroups=[fence.external_id],
                Destinations=[{"StreamName": f"live/{secret_of(spec)}"}],
                RequestId=token,
                Tags=spec.tags_of(Part.INPUT),
            )
            made(answer["Input"]["Id"])

    def make_encoder(
        self,
        spec: StreamSpec,
        source: Piece,
        destinations: list[dict[str, Any]],
        picture: str,
        journal: Journal,
    ) -> None:
        """`picture` is the IVS resource whose key stands in the destinations."""
        token = spec.token(Part.ENCODER)
        with journal.asking(Part.ENCODER, name=spec.name, token=token) as made, folded():
            answer = self._medialive.create_channel(
                Name=spec.name,
                ChannelClass="SINGLE_PIPELINE",
                RoleArn=_role(),
                InputSpecification=ladder.MEDIALIVE_INPUT,
                InputAttachments=[_attachment(source)],
                Destinations=destinations,
                EncoderSettings=ladder.encoder_settings(),
                RequestId=token,
                Tags=spec.tags_of(Part.ENCODER) | {"picture": picture},
            )
            made(answer["Channel"]["Id"])

    def start(self, spec: StreamSpec, encoder: Piece, journal: Journal) -> None:
        self._move(spec, encoder, self._medialive.start_channel, journal)

    def stop(self, spec: StreamSpec, encoder: Piece, journal: Journal) -> None:
        self._move(spec, encoder, self._medialive.stop_channel, journal)

    def remove(self, spec: StreamSpec, piece: Piece, journal: Journal) -> None:
        removers = {
            Part.ENCODER: self._medialive.delete_channel,
            Part.INPUT: self._medialive.delete_input,
            Part.FENCE: self._medialive.delete_input_security_group,
        }
        with journal.asking(piece.part, name=spec.name):
            try:
                with folded():
                    removers[piece.part](**{ID_NAMES[piece.part]: piece.external_id})
            except NotFound:
                return

    def _move(self, spec: StreamSpec, encoder: Piece, ask: Callable[..., Any], journal: Journal) -> None:
        """A conflict only says that the state is another one by now: the next look tells which."""
        with journal.asking(Part.ENCODER, name=spec.name):
            try:
                with folded():
                    ask(ChannelId=encoder.external_id)
            except Conflict:
                return

    def _find(self, spec: StreamSpec, part: Part) -> Piece:
        """By the id that was written down, else by name and tags."""
        known = spec.ids.get(part)
        if known and (piece := self._described(part, known)):
            return piece
        wanted = spec.shared_tags(part) if part is Part.FENCE else spec.identity
        for found in self._listed(part):
            if _is_of(found, wanted) and (piece := self._described(part, found["Id"])):
                return piece
        return Piece(part, Seen.ABSENT)

    def _described(self, part: Part, external_id: str) -> Piece | None:
        describers = {
            Part.ENCODER: self._medialive.describe_channel,
            Part.INPUT: self._medialive.describe_input,
            Part.FENCE: self._medialive.describe_input_security_group,
        }
        try:
            with folded():
                found = describers[part](**{ID_NAMES[part]: external_id})
        except NotFound:
            return None
        seen = STATES[part].get(found["State"], Seen.MAKING)
        return None if seen is Seen.ABSENT else Piece(part, seen, external_id, found)

    def _listed(self, part: Part) -> list[dict[str, Any]]:
        lists = {
            Part.ENCODER: ("list_channels", "Channels"),
            Part.INPUT: ("list_inputs", "Inputs"),
            Part.FENCE: ("list_input_security_groups", "InputSecurityGroups"),
        }
        operation, key = lists[part]
        with folded():
            pages = list(self._medialive.get_paginator(operation).paginate())
        return sorted((one for page in pages for one in page.get(key, [])), key=lambda one: str(one["Id"]))


def secret_of(spec: StreamSpec) -> str:
    """A new one with each rotation and each input that is made anew."""
    text = f"{spec.public_id}:{spec.key_number}:{spec.rounds.get(Part.INPUT, 0)}"
    return salted_hmac("streaming.media.encoders", text, algorithm="sha256").hexdigest()[:40]


def ingest_of(source: Piece) -> tuple[str, str]:
    """What an encoder is told: the address, and the key behind it."""
    urls = [one.get("Url", "") for one in source.facts.get("Destinations", [])]
    address, slash, key = (urls[0] if urls else "").rpartition("/")
    return address + slash, key


def _is_of(found: dict[str, Any], wanted: dict[str, str]) -> bool:
    tags = found.get("Tags", {})
    return found.get("State") != "DELETED" and all(tags.get(key) == value for key, value in wanted.items())


def _allowed(spec: StreamSpec) -> tuple[str, ...]:
    if not spec.encoders:
        raise GatewayPermanent(
            "Nobody may push: name the encoders' addresses in DREAMKAST_ENCODER_ADDRESSES or at the event.",
            is_sure=True,
            subject="DREAMKAST_ENCODER_ADDRESSES",
            fault=FaultKind.OTHER,
        )
    return spec.encoders


def _role() -> str:
    if not settings.AWS_MEDIALIVE_ROLE_ARN:
        raise GatewayPermanent(
            "MediaLive has no role to work with: set DREAMKAST_AWS_MEDIALIVE_ROLE_ARN (deploy/aws makes it).",
            is_sure=True,
            subject="DREAMKAST_AWS_MEDIALIVE_ROLE_ARN",
        )
    return str(settings.AWS_MEDIALIVE_ROLE_ARN)


def _attachment(source: Piece) -> dict[str, Any]:
    read = {"InputFilter": "AUTO", "FilterStrength": 1, "SourceEndBehavior": "CONTINUE"}
    return {"InputId": source.external_id, "InputAttachmentName": "studio", "InputSettings": read}


def _checked_fence(spec: StreamSpec, fence: Piece) -> Piece:
    listed = {rule["Cidr"] for rule in fence.facts.get("WhitelistRules", [])}
    is_stale = fence.seen is Seen.READY and bool(spec.encoders) and listed != set(spec.encoders)
    return Piece(fence.part, Seen.STALE, fence.external_id, fence.facts) if is_stale else fence


def _checked_encoder(encoder: Piece, source: Piece, picture: Piece) -> Piece:
    """One that feeds what is no longer there is made anew, but never while it runs."""
    if encoder.seen is not Seen.READY:
        return encoder
    attached = [one.get("InputId") for one in encoder.facts.get("InputAttachments", [])]
    feeds = encoder.facts.get("Tags", {}).get("picture")
    is_right = source.external_id in attached and feeds == picture.external_id
    return encoder if is_right else Piece(encoder.part, Seen.STALE, encoder.external_id, encoder.facts)
