"""MediaLive: who may push, the input they push to, and the encoder that feeds IVS and MediaPackage."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from streaming.enums import Attachment, FaultKind, Part
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
INPUTS = (Part.INPUT, Part.BACKUP, Part.SLATE)
# Says of an input which of the stream's keys is in its address.
KEY_TAG = "key"
STATES = {Part.ENCODER: ENCODER, Part.FENCE: FENCE, **dict.fromkeys(INPUTS, INPUT)}
ID_NAMES = {
    Part.ENCODER: "ChannelId",
    Part.FENCE: "InputSecurityGroupId",
    **dict.fromkeys(INPUTS, "InputId"),
}
# The first one is what the encoder starts with.
ATTACHED = {
    Part.INPUT: Attachment.STUDIO.value,
    Part.BACKUP: Attachment.BACKUP.value,
    Part.SLATE: Attachment.SLATE.value,
}


class Encoders:
    def __init__(self) -> None:
        self._medialive = client("medialive")
        # CreateInputSecurityGroup has no token: a repeat inside boto3 could make a second one.
        self._medialive_once = client("medialive", attempts=1)

    def look(self, spec: StreamSpec, picture: Piece) -> list[Piece]:
        sources = {part: self._input(spec, part) for part in INPUTS}
        encoder = self._find(spec, Part.ENCODER)
        checked = _checked_encoder(spec, encoder, {**sources, Part.PICTURE: picture})
        return [_checked_fence(spec, self._find(spec, Part.FENCE)), *sources.values(), checked]

    def look_at(self, spec: StreamSpec, part: Part, pieces: Mapping[Part, Piece]) -> Piece:
        """One of them alone."""
        if part in INPUTS:
            return self._input(spec, part)
        found = self._find(spec, part)
        return _checked_fence(spec, found) if part is Part.FENCE else _checked_encoder(spec, found, pieces)

    def _input(self, spec: StreamSpec, part: Part) -> Piece:
        """One that nobody wants and no row knows is not asked for: each question costs a call."""
        if part not in spec.wanted and part not in spec.traces:
            return Piece(part, Seen.ABSENT)
        return _checked_input(spec, self._find(spec, part))

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

    def make_input(self, spec: StreamSpec, part: Part, fence: Piece, journal: Journal) -> None:
        token = spec.token(part)
        kind = _file(spec) if part is Part.SLATE else _push(spec, part, fence)
        with journal.asking(part, name=spec.name, token=token) as made, folded():
            answer = self._medialive.create_input(
                Name=spec.name, **kind, RequestId=token, Tags=spec.tags_of(part) | _key_tag(spec)
            )
            made(answer["Input"]["Id"])

    def make_encoder(
        self,
        spec: StreamSpec,
        pieces: Mapping[Part, Piece],
        destinations: list[dict[str, Any]],
        picture: str,
        journal: Journal,
    ) -> None:
        """`picture` is the IVS resource whose key stands in the destinations.

        Every input is attached from the beginning: one cannot be added while the encoder runs.
        """
        token = spec.token(Part.ENCODER)
        with journal.asking(Part.ENCODER, name=spec.name, token=token) as made, folded():
            answer = self._medialive.create_channel(
                Name=spec.name,
                ChannelClass="SINGLE_PIPELINE",
                RoleArn=_role(),
                InputSpecification=ladder.MEDIALIVE_INPUT,
                InputAttachments=[_attachment(part, pieces[part]) for part in INPUTS if part in spec.wanted],
                Destinations=destinations,
                EncoderSettings=ladder.encoder_settings(),
                RequestId=token,
                Tags=spec.tags_of(Part.ENCODER) | {"picture": picture},
            )
            made(answer["Channel"]["Id"])

    def start(self, spec: StreamSpec, encoder: Piece, journal: Journal) -> None:
        """Always from the studio: what an earlier run was switched to, or planned, is over."""
        if len(encoder.facts.get("InputAttachments", [])) > 1:
            with journal.asking(Part.ENCODER, name=spec.name), folded():
                self._medialive.delete_schedule(ChannelId=encoder.external_id)
        self._move(spec, encoder, self._medialive.start_channel, journal)

    def stop(self, spec: StreamSpec, encoder: Piece, journal: Journal) -> None:
        self._move(spec, encoder, self._medialive.stop_channel, journal)

    def remove(self, spec: StreamSpec, piece: Piece, journal: Journal) -> None:
        removers = {
            Part.ENCODER: self._medialive.delete_channel,
            Part.FENCE: self._medialive.delete_input_security_group,
            **dict.fromkeys(INPUTS, self._medialive.delete_input),
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
        wanted = spec.shared_tags(part) if part is Part.FENCE else spec.identity | {"kind": str(part)}
        for found in self._listed(part):
            if _is_of(found, wanted) and (piece := self._described(part, found["Id"])):
                return piece
        return Piece(part, Seen.ABSENT)

    def _described(self, part: Part, external_id: str) -> Piece | None:
        describers = {
            Part.ENCODER: self._medialive.describe_channel,
            Part.FENCE: self._medialive.describe_input_security_group,
            **dict.fromkeys(INPUTS, self._medialive.describe_input),
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
            Part.FENCE: ("list_input_security_groups", "InputSecurityGroups"),
            **dict.fromkeys(INPUTS, ("list_inputs", "Inputs")),
        }
        operation, key = lists[part]
        with folded():
            pages = list(self._medialive.get_paginator(operation).paginate())
        return sorted((one for page in pages for one in page.get(key, [])), key=lambda one: str(one["Id"]))


def secret_of(spec: StreamSpec, part: Part = Part.INPUT) -> str:
    """A new one with each rotation and each input that is made anew."""
    own = "" if part is Part.INPUT else f":{part}"
    text = f"{spec.public_id}:{spec.key_number}:{spec.rounds.get(part, 0)}{own}"
    return salted_hmac("streaming.media.encoders", text, algorithm="sha256").hexdigest()[:40]


def ingest_of(source: Piece) -> tuple[str, str]:
    """What an encoder is told: the address, and the key behind it."""
    urls = [one.get("Url", "") for one in source.facts.get("Destinations", [])]
    address, slash, key = (urls[0] if urls else "").rpartition("/")
    return address + slash, key


def key_number_of(source: Piece) -> int | None:
    """Which of the stream's keys the address has; None without an input."""
    return None if source.seen is Seen.ABSENT else int(source.facts.get("Tags", {}).get(KEY_TAG, 0))


def _key_tag(spec: StreamSpec) -> dict[str, str]:
    return {KEY_TAG: str(spec.key_number)}


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


def _push(spec: StreamSpec, part: Part, fence: Piece) -> dict[str, Any]:
    """The address is the secret: 160 bits that nobody guesses, the same for whoever repeats the call."""
    return {
        "Type": "RTMP_PUSH",
        "InputSecurityGroups": [fence.external_id],
        "Destinations": [{"StreamName": f"live/{secret_of(spec, part)}"}],
    }


def _file(spec: StreamSpec) -> dict[str, Any]:
    return {"Type": "MP4_FILE", "Sources": [{"Url": file_address(spec.slate_url)}]}


def file_address(url: str) -> str:
    """MediaLive has a word of its own for S3 over TLS."""
    return url.replace("s3://", "s3ssl://", 1) if url.startswith("s3://") else url


def _attachment(part: Part, source: Piece) -> dict[str, Any]:
    """A file is shown again and again: a slate that ends would leave a black picture."""
    end = "LOOP" if part is Part.SLATE else "CONTINUE"
    read = {"InputFilter": "AUTO", "FilterStrength": 1, "SourceEndBehavior": end}
    return {"InputId": source.external_id, "InputAttachmentName": ATTACHED[part], "InputSettings": read}


def active_input_of(encoder: Piece) -> str:
    """The attachment that a running encoder takes its picture from, by its own account."""
    pipelines = encoder.facts.get("PipelineDetails", []) if encoder.seen is Seen.RUNNING else []
    return next((str(one.get("ActiveInputAttachmentName", "")) for one in pipelines), "")


def _checked_fence(spec: StreamSpec, fence: Piece) -> Piece:
    listed = {rule["Cidr"] for rule in fence.facts.get("WhitelistRules", [])}
    is_stale = fence.seen is Seen.READY and bool(spec.encoders) and listed != set(spec.encoders)
    return Piece(fence.part, Seen.STALE, fence.external_id, fence.facts) if is_stale else fence


def _checked_input(spec: StreamSpec, source: Piece) -> Piece:
    """A slate with another address is another slate; a push with a former key admits whoever has it."""
    urls = [one.get("Url") for one in source.facts.get("Sources", [])]
    is_other = source.part is Part.SLATE and bool(spec.slate_url) and urls != [file_address(spec.slate_url)]
    is_old = source.part is not Part.SLATE and key_number_of(source) != spec.key_number
    is_stale = (is_other or is_old) and source.seen is Seen.READY
    return Piece(source.part, Seen.STALE, source.external_id, source.facts) if is_stale else source


def _checked_encoder(spec: StreamSpec, encoder: Piece, pieces: Mapping[Part, Piece]) -> Piece:
    """One that takes from or feeds what it should not is made anew, but never while it runs."""
    if encoder.seen is not Seen.READY:
        return encoder
    held = encoder.facts.get("InputAttachments", [])
    attached = {one.get("InputAttachmentName"): one.get("InputId") for one in held}
    wanted = {name: pieces[part].external_id for part, name in ATTACHED.items() if part in spec.wanted}
    feeds = encoder.facts.get("Tags", {}).get("picture")
    is_fresh = all(pieces[part].seen is not Seen.STALE for part in INPUTS)
    is_right = is_fresh and attached == wanted and feeds == pieces[Part.PICTURE].external_id
    return encoder if is_right else Piece(encoder.part, Seen.STALE, encoder.external_id, encoder.facts)
