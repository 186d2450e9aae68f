"""Playlists and segments of this machine's streams, for those who may watch."""

import uuid
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from events.models import Event
from events.rules import Person, can_see_playback, can_watch
from streaming.enums import GatewayName
from streaming.media.local import folder_of
from streaming.models import Stream

CONTENT_TYPES = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}
DOOR_SECONDS = 1


@dataclass(frozen=True)
class Door:
    """Which event a stream belongs to, and whether everybody may see its picture."""

    event: int
    is_open: bool


@require_safe
def local_hls(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """The address admits only the names that the encoder gives; who may watch is asked every time."""
    door = _door(uuid.UUID(public_id))
    if not door.is_open and not _may_enter(request, door):
        return HttpResponse(status=403)
    path = folder_of(uuid.UUID(public_id)) / name
    try:
        response = HttpResponse(path.read_bytes(), content_type=CONTENT_TYPES[path.suffix])
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = _caching(path, door)
    return response


def _door(public_id: uuid.UUID) -> Door:
    """Kept for a second: a thousand players of an open event ask for segments without a query each."""
    door: Door | None = cache.get_or_set(
        f"local-hls:{public_id}", lambda: _read_door(public_id), DOOR_SECONDS
    )
    if door is None:
        raise Http404
    return door


def _read_door(public_id: uuid.UUID) -> Door | None:
    stream = Stream.objects.filter(public_id=public_id, gateway=GatewayName.LOCAL)
    event = Event.objects.filter(tracks__stream__in=stream).first()
    if event is None:
        return None
    return Door(event.pk, _lets_in(AnonymousUser(), event))


def _may_enter(request: HttpRequest, door: Door) -> bool:
    return _lets_in(request.user, Event.objects.get(pk=door.event))


def _lets_in(user: Person, event: Event) -> bool:
    return can_watch(user, event) and can_see_playback(user, event)


def _caching(path: Path, door: Door) -> str:
    """A segment never changes; a playlist is another one in two seconds."""
    if path.suffix == ".m3u8":
        return "no-cache"
    return "public, max-age=300, immutable" if door.is_open else "private, max-age=300, immutable"
