"""What every request of the control room has in common: who asks, about what, and how a no is said."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse

from accounts.rules import require_second_factor
from events.models import Event, Track
from streaming.rules import can_direct


def directed_event(request: HttpRequest, slug: str) -> Event:
    event = Event.objects.filter(slug=slug).first()
    if event is None:
        raise Http404
    if not can_direct(request.user, event):
        raise PermissionDenied
    require_second_factor(request)
    return event


def track_of(event: Event, track_id: int) -> Track:
    track = event.tracks.select_related("event").filter(pk=track_id).first()
    if track is None:
        raise Http404
    return track


def sent(request: HttpRequest) -> dict[str, Any]:
    """The body as an object; what is none is an empty one, and a form says what is missing."""
    try:
        body = json.loads(request.body or b"null")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def no(code: str, status: int, **more: Any) -> JsonResponse:
    return JsonResponse({"code": code} | more, status=status)
