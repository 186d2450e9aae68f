"""boto3, and nothing above it: clients, and botocore's errors folded into ours. No other file imports it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from django.conf import settings

from streaming.enums import FaultKind
from streaming.media.gateway import GatewayError, GatewayPermanent, GatewayTransient

CONNECT_SECONDS, READ_SECONDS = 3.0, 6.0
# Of a look that the next one replaces in two seconds: waiting longer would keep the workers from their work.
LOOK_SECONDS = 1.5
# A stream of ten parts is looked at by ten calls: when half of all are throttled, three tries lose it.
ATTEMPTS = 5
BUSY = {
    "BadGatewayException",
    "GatewayTimeoutException",
    "InternalServerErrorException",
    "InternalServerException",
    "RequestTimeout",
    "RequestTimeoutException",
    "ServiceUnavailable",
    "StreamUnavailable",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}
ABSENT = {"NoSuchKey", "NotFoundException", "ResourceNotFoundException"}
FORBIDDEN = {"AccessDenied", "AccessDeniedException", "ForbiddenException"}
QUOTAS = {"LimitExceededException", "ServiceQuotaExceededException"}
ACTION = re.compile(r"perform: ([a-z0-9-]+:\w+)")


class NotFound(GatewayPermanent):
    """A sure no."""


class NotServed(GatewayPermanent):
    """The endpoint does not know the call; that says nothing about the resource."""


class NotLive(GatewayTransient):
    """It exists, and no encoder pushes a picture into it."""


class Conflict(GatewayTransient):
    """The resource is busy, or others still hang on it."""


NAMED: dict[str, type[GatewayTransient] | type[GatewayPermanent]] = {
    "ChannelNotBroadcasting": NotLive,
    "ConflictException": Conflict,
    "404": NotServed,
}


def client(service: str, attempts: int = ATTEMPTS, seconds: float | None = None) -> Any:
    """A session of its own: boto3's default one must not be shared between threads while it makes clients.

    `attempts` 1 is for calls without a token, which a repeat inside boto3 could do twice; `seconds` is how
    long the connection and each answer are waited for, where that is not as usual.
    """
    retries: Any = {"mode": "standard", "total_max_attempts": attempts}
    config = Config(
        connect_timeout=seconds or CONNECT_SECONDS, read_timeout=seconds or READ_SECONDS, retries=retries
    )
    session: Any = boto3.session.Session(region_name=settings.AWS_REGION)
    return session.client(service, endpoint_url=settings.AWS_ENDPOINT_URL or None, config=config)


@contextmanager
def folded() -> Iterator[None]:
    """botocore's errors become ours. What did not answer is unknown, never absent."""
    try:
        yield
    except ClientError as error:
        raise _fold(error) from error
    except (HTTPClientError, NoConnection) as error:
        raise GatewayTransient(str(error)) from error
    except BotoCoreError as error:
        raise GatewayPermanent(str(error), is_sure=True) from error


def _fold(error: ClientError) -> GatewayError:
    answer = error.response["ResponseMetadata"]
    code, status = error.response["Error"].get("Code", ""), answer.get("HTTPStatusCode", 0)
    fault, subject = _fault(code, error)
    return _kind(code, status)(
        str(error),
        request_id=answer.get("RequestId", ""),
        is_sure=400 <= status < 500,
        fault=fault,
        subject=subject,
    )


def _kind(code: str, status: int) -> type[GatewayTransient] | type[GatewayPermanent]:
    if code in BUSY or status == 429 or status >= 500:
        return GatewayTransient
    return NotFound if code in ABSENT else NAMED.get(code, GatewayPermanent)


def _fault(code: str, error: ClientError) -> tuple[FaultKind, str]:
    """The permission that is missing, or the call whose quota is used up."""
    if code in FORBIDDEN:
        named = ACTION.search(str(error))
        return FaultKind.PERMISSION, named[1] if named else error.operation_name
    return FaultKind.QUOTA if code in QUOTAS else FaultKind.OTHER, error.operation_name
