"""Amazon IVS. The only file of the project that speaks boto3; its errors are folded here, once.

IVS knows neither start nor stop: an existing resource takes a picture whenever an encoder pushes one. So a
stream that exists is running when people want it to run, and stopped otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from django.conf import settings

from streaming.enums import PlaybackKind
from streaming.media.gateway import ABSENT, GatewayPermanent, GatewayTransient, Look, StreamSpec
from streaming.states import Observed

BUSY = {
    "ChannelNotBroadcasting",
    "InternalServerException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "StreamUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}


class IvsGateway:
    def __init__(self) -> None:
        self._ivs = _client(attempts=3)
        # CreateChannel has no idempotency token: a repeat inside boto3 could make a second, paid resource.
        self._ivs_once = _client(attempts=1)

    def look(self, spec: StreamSpec) -> Look:
        arn = spec.external_id or next(iter(self._arns(spec)), "")
        found = self._get(arn) if arn else None
        return self._seen(spec, found) if found else ABSENT

    def create(self, spec: StreamSpec) -> Look:
        """Adopt what a lost answer or a crashed worker left behind, else make a new one."""
        for arn in self._arns(spec):
            if found := self._get(arn):
                return self._seen(spec, found)
        with _folded():
            answer = self._ivs_once.create_channel(
                name=spec.name, latencyMode="LOW", type="STANDARD", tags=spec.tags
            )
        return _look(spec, answer["channel"], answer["streamKey"]["value"])

    def start(self, spec: StreamSpec) -> Look:
        return self.look(spec)

    def stop(self, spec: StreamSpec) -> Look:
        return self.look(spec)

    def delete(self, spec: StreamSpec) -> Look:
        """Delete all that is this stream's, also a second one that a lost answer may have left."""
        for arn in dict.fromkeys([*filter(None, [spec.external_id]), *self._arns(spec)]):
            self._delete(arn)
        return ABSENT

    def _arns(self, spec: StreamSpec) -> list[str]:
        """What carries this stream's name and tags, in a fixed order."""
        found: list[str] = []
        with _folded():
            pages = self._ivs.get_paginator("list_channels").paginate(filterByName=spec.name)
            for page in pages:
                found += [one["arn"] for one in page["channels"] if _is_of(spec, one)]
        return sorted(found)

    def _get(self, arn: str) -> dict[str, Any] | None:
        try:
            with _folded():
                found: dict[str, Any] = self._ivs.get_channel(arn=arn)["channel"]
        except NotFound:
            return None
        return found

    def _seen(self, spec: StreamSpec, found: dict[str, Any]) -> Look:
        return _look(spec, found, "" if spec.is_key_known else self._stream_key(found["arn"]))

    def _stream_key(self, arn: str) -> str:
        """The key that came with the resource; empty when the service does not tell."""
        try:
            for key in self._stream_keys(arn):
                with _folded():
                    return str(self._ivs.get_stream_key(arn=key)["streamKey"]["value"])
        except NotFound:
            pass
        return ""

    def _stream_keys(self, arn: str) -> list[str]:
        try:
            with _folded():
                keys = self._ivs.list_stream_keys(channelArn=arn)["streamKeys"]
        except (NotFound, NotServed):
            return []
        return [key["arn"] for key in keys]

    def _delete(self, arn: str) -> None:
        try:
            with _folded():
                self._ivs.delete_channel(arn=arn)
        except NotFound:
            return
        except Conflict as error:
            self._cut(arn)
            raise GatewayTransient("Still live: it was cut and is deleted next.") from error

    def _cut(self, arn: str) -> None:
        """End a live picture. The keys go first, or the encoder would be back at once."""
        for key in self._stream_keys(arn):
            with _folded():
                self._ivs.delete_stream_key(arn=key)
        with _folded():
            self._ivs.stop_stream(channelArn=arn)


class NotFound(GatewayPermanent):
    """A sure no."""


class NotServed(GatewayPermanent):
    """The endpoint does not know the call; that says nothing about the resource."""


class Conflict(GatewayTransient):
    """The resource is busy, most likely live."""


def _client(attempts: int) -> Any:
    """A session of its own: boto3's default one must not be shared between threads while it makes clients."""
    config = Config(
        connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": attempts}
    )
    session = boto3.session.Session(region_name=settings.AWS_REGION)
    return session.client("ivs", endpoint_url=settings.AWS_ENDPOINT_URL or None, config=config)


def _is_of(spec: StreamSpec, listed: dict[str, Any]) -> bool:
    tags = listed.get("tags", {})
    return listed["name"] == spec.name and all(tags.get(key) == value for key, value in spec.identity.items())


def _look(spec: StreamSpec, found: dict[str, Any], key: str) -> Look:
    return Look(
        observed=Observed.RUNNING if spec.is_wanted else Observed.STOPPED,
        external_id=found["arn"],
        playback_kind=PlaybackKind.HLS,
        playback_url=found["playbackUrl"],
        is_low_latency=found["latencyMode"] == "LOW",
        ingest_url=f"rtmps://{found['ingestEndpoint']}:443/app/",
        stream_key=key,
    )


@contextmanager
def _folded() -> Iterator[None]:
    """botocore's errors become ours. What did not answer is unknown, never absent."""
    try:
        yield
    except ClientError as error:
        raise _fold(error) from error
    except (HTTPClientError, NoConnection) as error:
        raise GatewayTransient(str(error)) from error
    except BotoCoreError as error:
        raise GatewayPermanent(str(error)) from error


def _fold(error: ClientError) -> GatewayTransient | GatewayPermanent:
    answer = error.response["ResponseMetadata"]
    kind = _kind(error.response["Error"].get("Code", ""), answer.get("HTTPStatusCode", 0))
    return kind(str(error), request_id=answer.get("RequestId", ""))


def _kind(code: str, status: int) -> type[GatewayTransient] | type[GatewayPermanent]:
    named: dict[str, type[GatewayTransient] | type[GatewayPermanent]] = {
        "ResourceNotFoundException": NotFound,
        "ConflictException": Conflict,
        "404": NotServed,
    }
    if code in BUSY or status == 429 or status >= 500:
        return GatewayTransient
    return named.get(code, GatewayPermanent)
