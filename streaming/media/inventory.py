"""Everything in the cloud that carries our name, whether a row knows it or not; and its removal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from streaming.enums import Part
from streaming.media.aws import NotFound, client, folded
from streaming.media.encoders import INPUTS, STATES
from streaming.media.packages import ENDPOINTS
from streaming.states import Seen


@dataclass(frozen=True)
class Thing:
    """One resource. `owner` is the stream's id as its tags or its name tell it; empty for what is shared."""

    part: Part
    external_id: str
    name: str
    seen: Seen
    owner: str = ""
    made_at: datetime | None = None
    names: dict[str, str] = field(default_factory=dict, compare=False)


class Cloud(Protocol):
    def things(self, environment: str, shared_name: str) -> list[Thing]: ...

    def remove(self, thing: Thing) -> None:
        """One call towards its end: what runs is stopped first. Safe to repeat."""
        ...


class AwsInventory:
    def __init__(self) -> None:
        self._ivs, self._medialive = client("ivs"), client("medialive")
        self._packages = client("mediapackagev2")

    def things(self, environment: str, shared_name: str) -> list[Thing]:
        """Raises GatewayError when anything could not be listed: half a list would look like all of it."""
        found = [*self._pictures(environment), *self._medialive_things(environment)]
        return [*found, *self._packaged(shared_name)]

    def remove(self, thing: Thing) -> None:
        try:
            with folded():
                self._remove(thing)
        except NotFound:
            return

    def _pictures(self, environment: str) -> Iterator[Thing]:
        for one in self._pages(self._ivs, "list_channels", "channels"):
            if _is_ours(one.get("tags", {}), environment):
                yield Thing(Part.PICTURE, one["arn"], one["name"], Seen.READY, one["tags"].get("stream", ""))

    def _medialive_things(self, environment: str) -> Iterator[Thing]:
        lists = {
            Part.ENCODER: ("list_channels", "Channels"),
            Part.INPUT: ("list_inputs", "Inputs"),
            Part.FENCE: ("list_input_security_groups", "InputSecurityGroups"),
        }
        for part, (operation, key) in lists.items():
            for one in self._pages(self._medialive, operation, key):
                seen = STATES[part].get(one["State"], Seen.MAKING)
                tags = one.get("Tags", {})
                if seen is not Seen.ABSENT and _is_ours(tags, environment):
                    kind = _input_part(tags) if part is Part.INPUT else part
                    yield Thing(kind, one["Id"], one.get("Name", part), seen, tags.get("stream", ""))

    def _packaged(self, shared_name: str) -> Iterator[Thing]:
        """MediaPackage lists no tags; there the name is the identity."""
        for group in self._pages(self._packages, "list_channel_groups", "Items"):
            if group["ChannelGroupName"] == shared_name:
                names = {"ChannelGroupName": shared_name}
                yield Thing(Part.GROUP, group["Arn"], shared_name, Seen.READY, "", group["CreatedAt"], names)
                yield from self._in_group(names)

    def _in_group(self, group: dict[str, str]) -> Iterator[Thing]:
        for one in self._pages(self._packages, "list_channels", "Items", **group):
            names = group | {"ChannelName": one["ChannelName"]}
            owner = _owner_in(one["ChannelName"])
            yield Thing(
                Part.PACKAGE, one["Arn"], one["ChannelName"], Seen.READY, owner, one["CreatedAt"], names
            )
            for door in self._pages(self._packages, "list_origin_endpoints", "Items", **names):
                own = names | {"OriginEndpointName": door["OriginEndpointName"]}
                part = _endpoint_part(door["OriginEndpointName"])
                yield Thing(part, door["Arn"], one["ChannelName"], Seen.READY, owner, door["CreatedAt"], own)

    def _pages(self, service: Any, operation: str, key: str, **arguments: str) -> list[dict[str, Any]]:
        with folded():
            pages = service.get_paginator(operation).paginate(**arguments)
            return [one for page in pages for one in page.get(key, [])]

    def _remove(self, thing: Thing) -> None:
        if thing.part is Part.ENCODER and thing.seen in {Seen.RUNNING, Seen.STARTING}:
            self._medialive.stop_channel(ChannelId=thing.external_id)
            return
        removers = {
            Part.PICTURE: lambda: self._ivs.delete_channel(arn=thing.external_id),
            Part.ENCODER: lambda: self._medialive.delete_channel(ChannelId=thing.external_id),
            Part.FENCE: lambda: self._medialive.delete_input_security_group(
                InputSecurityGroupId=thing.external_id
            ),
            Part.GROUP: lambda: self._packages.delete_channel_group(**thing.names),
            Part.PACKAGE: lambda: self._packages.delete_channel(**thing.names),
            **dict.fromkeys(INPUTS, lambda: self._medialive.delete_input(InputId=thing.external_id)),
        }
        removers.get(thing.part, lambda: self._packages.delete_origin_endpoint(**thing.names))()


def _is_ours(tags: dict[str, str], environment: str) -> bool:
    return tags.get("app") == "dreamkast" and tags.get("environment") == environment


def _owner_in(name: str) -> str:
    """The stream's id is the end of the name (StreamSpec.name), there without its dashes."""
    text = name.rpartition("-")[2]
    lengths = (8, 4, 4, 4, 12)
    ends = [sum(lengths[: place + 1]) for place in range(5)]
    return "-".join(text[end - size : end] for end, size in zip(ends, lengths, strict=True))


def _input_part(tags: dict[str, str]) -> Part:
    return next((part for part in INPUTS if part == tags.get("kind")), Part.INPUT)


def _endpoint_part(name: str) -> Part:
    return next((part for part, own in ENDPOINTS.items() if own == name), Part.LIVE)
