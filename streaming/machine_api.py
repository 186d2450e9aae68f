"""`/api/v1/events`, `/tracks` and `/talks`: the shapes that broadcast tools read, and a command for robots.

Paths and keys are those of the Dreamkast that these tools were written for; times of day have its form too.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router

from events.api_auth import SignedIn, TokenBearer, anybody, may_control, may_read
from events.models import Event, Track
from events.rules import can_see_event, can_see_playback, can_see_timetable, can_watch
from streaming import machine_shapes as shapes
from streaming.api import body_of, run_on
from streaming.rules import can_direct
from streaming.schemas import CommandIn, CommandOut, RefusalOut

router = Router(tags=["tools"])
READERS = [TokenBearer(), anybody]


@router.get("/events", url_name="event_shapes", auth=READERS, response=list[dict[str, Any]])
def events(request: HttpRequest, response: HttpResponse) -> Any:
    """The conferences that whoever asks may see."""
    response["Cache-Control"] = "private, no-cache"
    found = Event.objects.prefetch_related("days", "texts")
    return [shapes.event_shape(event) for event in found if _may_see(request, event)]


@router.get("/events/{abbr}", url_name="event_shape", auth=READERS, response=dict[str, Any])
def event(request: HttpRequest, response: HttpResponse, abbr: str) -> Any:
    response["Cache-Control"] = "private, no-cache"
    return shapes.event_shape(_event(request, abbr))


@router.get("/tracks", url_name="track_shapes", auth=READERS, response=list[dict[str, Any]])
def tracks(request: HttpRequest, response: HttpResponse, eventAbbr: str) -> Any:
    """The tracks of an event, with the talk that is on air. An address only for those who may watch."""
    response["Cache-Control"] = "private, no-cache"
    return _tracks(request, _event(request, eventAbbr))


@router.get("/tracks/{track_id}", url_name="track_shape", auth=READERS, response=dict[str, Any])
def track(request: HttpRequest, response: HttpResponse, track_id: int) -> Any:
    response["Cache-Control"] = "private, no-cache"
    known = Track.objects.select_related("event").filter(pk=track_id).first()
    if known is None:
        raise Http404
    return next(one for one in _tracks(request, _checked(request, known.event)) if one["id"] == track_id)


@router.get("/talks", url_name="talk_shapes", auth=READERS, response=list[dict[str, Any]])
def talks(
    request: HttpRequest,
    response: HttpResponse,
    eventAbbr: str,
    trackId: int | None = None,
    conferenceDayIds: str = "",
) -> Any:
    """The published programme, breaks included, in order of time, as it is now: shifts count."""
    response["Cache-Control"] = "private, no-cache"
    found = _event(request, eventAbbr)
    if not can_see_timetable(request.user, found):
        return []
    days = {int(text) for text in conferenceDayIds.split(",") if text.strip().isdigit()}
    rows = shapes.talk_shapes(found, with_internal=can_direct(request.user, found))
    return [
        row
        for row in rows
        if (trackId is None or row["trackId"] in (None, trackId))
        and (not days or row["conferenceDayId"] in days)
    ]


@router.post(
    "/tracks/{track_id}/commands",
    url_name="track_commands",
    auth=[TokenBearer(), SignedIn()],
    response={200: CommandOut, 409: RefusalOut},
    openapi_extra=body_of(CommandIn),
)
def command(request: HttpRequest, response: HttpResponse, track_id: int) -> Any:
    """The control command by the track alone; the same answers as below its event."""
    found = Track.objects.select_related("event").filter(pk=track_id).first()
    if found is None or not can_see_event(request.user, found.event):
        raise Http404
    if not can_direct(request.user, found.event) or not may_control(request, found.event, found):
        raise PermissionDenied
    return run_on(request, response, found)


def _event(request: HttpRequest, slug: str) -> Event:
    found = Event.objects.filter(slug=slug).prefetch_related("days", "texts").first()
    if found is None:
        raise Http404
    return _checked(request, found)


def _checked(request: HttpRequest, found: Event) -> Event:
    if not can_see_event(request.user, found):
        raise Http404
    if not may_read(request, found):
        raise PermissionDenied
    return found


def _may_see(request: HttpRequest, event: Event) -> bool:
    return can_see_event(request.user, event) and may_read(request, event)


def _tracks(request: HttpRequest, event: Event) -> list[dict[str, Any]]:
    user = request.user
    with_playback = can_watch(user, event) and can_see_playback(user, event)
    return shapes.track_shapes(event, with_playback=with_playback)
