"""MediaPackage v2: the ladder that is watched from the start or harvested later. Names are its identities."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings

from streaming.enums import Part
from streaming.media import ladder
from streaming.media.aws import NotFound, client, folded
from streaming.media.gateway import Journal, Piece, StreamSpec
from streaming.states import Seen

ENDPOINTS = {Part.LIVE: "live", Part.ARCHIVE: "startover"}
POLICY_OF = {Part.LIVE_POLICY: Part.LIVE, Part.ARCHIVE_POLICY: Part.ARCHIVE}
MANIFESTS = {Part.LIVE: "LowLatencyHlsManifests", Part.ARCHIVE: "HlsManifests"}


class Packages:
    def __init__(self) -> None:
        self._packages = client("mediapackagev2")

    def look(self, spec: StreamSpec) -> list[Piece]:
        """From the group down: what has no parent is not there."""
        group = self._piece(Part.GROUP, self._packages.get_channel_group, ChannelGroupName=spec.shared_name)
        package = self._below(group, Part.PACKAGE, self._packages.get_channel, **_package(spec))
        return [group, package, *self._doors(spec, package)]

    def look_at(self, spec: StreamSpec, part: Part, pieces: Mapping[Part, Piece]) -> Piece:
        """One of them alone."""
        askers = {
            Part.GROUP: self._packages.get_channel_group,
            Part.PACKAGE: self._packages.get_channel,
        }
        endpoint, policy = self._packages.get_origin_endpoint, self._packages.get_origin_endpoint_policy
        ask = askers.get(part, policy if part in POLICY_OF else endpoint)
        found = self._piece(part, ask, **_names(spec, part))
        return _checked(found, pieces[POLICY_OF[part]]) if part in POLICY_OF else found

    def make(self, spec: StreamSpec, part: Part, journal: Journal) -> None:
        name = spec.shared_name if part is Part.GROUP else spec.name
        with journal.asking(part, name=name, token=spec.token(part)), folded():
            self._maker(part)(spec, part)

    def remove(self, spec: StreamSpec, part: Part, journal: Journal) -> None:
        name = spec.shared_name if part is Part.GROUP else spec.name
        with journal.asking(part, name=name):
            try:
                with folded():
                    self._remover(part)(**_names(spec, part))
            except NotFound:
                return

    def _doors(self, spec: StreamSpec, package: Piece) -> list[Piece]:
        found = []
        for policy, endpoint in POLICY_OF.items():
            names = _endpoint(spec, endpoint)
            seen = self._below(package, endpoint, self._packages.get_origin_endpoint, **names)
            allowed = self._below(seen, policy, self._packages.get_origin_endpoint_policy, **names)
            found += [seen, _checked(allowed, seen)]
        return found

    def _below(self, parent: Piece, part: Part, ask: Callable[..., Any], **names: str) -> Piece:
        return Piece(part, Seen.ABSENT) if parent.seen is Seen.ABSENT else self._piece(part, ask, **names)

    def _piece(self, part: Part, ask: Callable[..., Any], **names: str) -> Piece:
        try:
            with folded():
                found = ask(**names)
        except NotFound:
            return Piece(part, Seen.ABSENT)
        return Piece(part, Seen.READY, found.get("Arn", ""), found)

    def _maker(self, part: Part) -> Callable[[StreamSpec, Part], None]:
        makers = {Part.GROUP: self._make_group, Part.PACKAGE: self._make_package}
        return makers.get(part, self._open if part in POLICY_OF else self._make_endpoint)

    def _make_group(self, spec: StreamSpec, part: Part) -> None:
        self._packages.create_channel_group(
            ChannelGroupName=spec.shared_name, ClientToken=spec.token(part), Tags=spec.tags_of(part)
        )

    def _make_package(self, spec: StreamSpec, part: Part) -> None:
        self._packages.create_channel(
            **_package(spec), InputType="CMAF", ClientToken=spec.token(part), Tags=spec.tags_of(part)
        )

    def _make_endpoint(self, spec: StreamSpec, part: Part) -> None:
        self._packages.create_origin_endpoint(
            **_endpoint(spec, part),
            **_window(part),
            ContainerType="CMAF",
            Segment={"SegmentDurationSeconds": ladder.SEGMENT_SECONDS},
            ClientToken=spec.token(part),
            Tags=spec.tags_of(part),
        )

    def _open(self, spec: StreamSpec, part: Part) -> None:
        """Everybody who knows the address may read; or only the CDN, when its ARN is set."""
        names = _endpoint(spec, POLICY_OF[part])
        arn = self._packages.get_origin_endpoint(**names)["Arn"]
        self._packages.put_origin_endpoint_policy(**names, Policy=json.dumps(policy_of(arn)))

    def _remover(self, part: Part) -> Callable[..., Any]:
        removers = {
            Part.GROUP: self._packages.delete_channel_group,
            Part.PACKAGE: self._packages.delete_channel,
        }
        endpoint, policy = (
            self._packages.delete_origin_endpoint,
            self._packages.delete_origin_endpoint_policy,
        )
        return removers.get(part, policy if part in POLICY_OF else endpoint)


def _names(spec: StreamSpec, part: Part) -> dict[str, str]:
    if part is Part.GROUP:
        return {"ChannelGroupName": spec.shared_name}
    return _package(spec) if part is Part.PACKAGE else _endpoint(spec, POLICY_OF.get(part, part))


def _package(spec: StreamSpec) -> dict[str, str]:
    return {"ChannelGroupName": spec.shared_name, "ChannelName": spec.name}


def _endpoint(spec: StreamSpec, part: Part) -> dict[str, str]:
    return _package(spec) | {"OriginEndpointName": ENDPOINTS[part]}


def _window(part: Part) -> dict[str, Any]:
    manifest = {"ManifestName": "index", "ProgramDateTimeIntervalSeconds": 1}
    if part is Part.LIVE:
        window, startover = ladder.LIVE_WINDOW_SECONDS, ladder.LIVE_STARTOVER_SECONDS
    else:
        window, startover = ladder.STARTOVER_MANIFEST_SECONDS, settings.STARTOVER_HOURS * 3600
    return {
        MANIFESTS[part]: [manifest | {"ManifestWindowSeconds": window}],
        "StartoverWindowSeconds": startover,
    }


def _checked(policy: Piece, endpoint: Piece) -> Piece:
    """One that says other than it should, for example from before there was a CDN, is written anew."""
    if policy.seen is Seen.ABSENT or json.loads(policy.facts["Policy"]) == policy_of(endpoint.external_id):
        return policy
    return replace(policy, seen=Seen.STALE)


def policy_of(arn: str) -> dict[str, Any]:
    """Viewers, and MediaPackage itself when it harvests for the same account."""
    statement: dict[str, Any] = {
        "Sid": "Viewers",
        "Effect": "Allow",
        "Principal": "*",
        "Action": ["mediapackagev2:GetObject"],
        "Resource": arn,
    }
    if settings.AWS_CDN_ARN:
        statement["Principal"] = {"Service": "cloudfront.amazonaws.com"}
        statement["Condition"] = {"StringEquals": {"AWS:SourceArn": settings.AWS_CDN_ARN}}
    harvest = {
        "Sid": "Harvests",
        "Effect": "Allow",
        "Principal": {"Service": "mediapackagev2.amazonaws.com"},
        "Action": ["mediapackagev2:HarvestObject", "mediapackagev2:GetObject"],
        "Resource": arn,
        "Condition": {"StringEquals": {"AWS:SourceAccount": arn.split(":")[4]}},
    }
    return {"Version": "2012-10-17", "Statement": [statement, harvest]}


def address_of(piece: Piece) -> str:
    """Where its manifest is watched: through the CDN when there is one."""
    manifests = piece.facts.get(MANIFESTS[piece.part]) or [{}]
    url = str(manifests[0].get("Url", ""))
    if url and settings.AWS_PLAYBACK_HOST:
        return urlunsplit(urlsplit(url)._replace(netloc=settings.AWS_PLAYBACK_HOST))
    return url
