"""`/api/v1/hooks/aws`: EventBridge tells that something happened to a stream (deploy/aws/notices.yaml).

The messages are best effort: missing, late or out of order, and a secret may be learned. So one only makes us
look sooner.
"""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.crypto import constant_time_compare
from ninja import Router, Schema, Status
from ninja.errors import ValidationError
from pydantic import ConfigDict, Field
from pydantic import ValidationError as SchemaError

from streaming.services.nudges import nudge

router = Router(tags=["hooks"])

# EventBridge sends 256 KB at most; ours are one or two.
LARGEST = 64 * 1024
SOURCES = {"aws.ivs", "aws.medialive", "aws.mediapackagev2"}
# Where in `detail` a name may stand that is not among the resources.
NAMES = ("channel_arn", "channel_name", "stream_id")


class AwsEvent(Schema):
    """What is read of an event; the rest of it may be anything."""

    model_config = ConfigDict(extra="ignore")

    source: str = Field(max_length=100)
    resources: list[str] = Field(default_factory=list, max_length=20)
    detail: dict[str, Any] = Field(default_factory=dict)


class NudgeOut(Schema):
    streams: int


class RefusedOut(Schema):
    code: str


BODY = {
    "requestBody": {"required": True, "content": {"application/json": {"schema": AwsEvent.json_schema()}}}
}


@router.post("/hooks/aws", url_name="aws_hook", response={202: NudgeOut, 413: RefusedOut}, openapi_extra=BODY)
def aws_hook(request: HttpRequest) -> Any:
    """404 while no secret is set, 403 with a wrong one, 413, 422, else 202: also what nobody here knows."""
    _require_secret(request)
    if _is_too_large(request):
        return Status(413, {"code": "too_large"})
    event = _event(request)
    names = _names(event) if event.source in SOURCES else []
    return Status(202, {"streams": nudge(names)})


def _require_secret(request: HttpRequest) -> None:
    if not settings.AWS_HOOK_SECRET:
        raise Http404
    if not constant_time_compare(request.headers.get("X-Dreamkast-Secret", ""), settings.AWS_HOOK_SECRET):
        raise PermissionDenied


def _is_too_large(request: HttpRequest) -> bool:
    """What is much too large is not even read."""
    told = request.headers.get("Content-Length", "")
    return (told.isdecimal() and int(told) > LARGEST) or len(request.body) > LARGEST


def _event(request: HttpRequest) -> AwsEvent:
    try:
        return AwsEvent.model_validate(json.loads(request.body))
    except SchemaError as error:
        told: Any = error.errors(include_context=False, include_url=False, include_input=False)
        raise ValidationError(told) from error
    except (ValueError, RecursionError) as error:
        raise ValidationError(
            [{"type": "json_invalid", "loc": ["body"], "msg": "The body is not JSON."}]
        ) from error


def _names(event: AwsEvent) -> list[str]:
    told = [event.detail.get(name) for name in NAMES]
    texts = [name for name in [*event.resources, *told] if isinstance(name, str)]
    return [name for name in texts if len(name) <= 300 and name.isprintable()]
