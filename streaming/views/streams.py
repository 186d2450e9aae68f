"""The streams in the control room: the way that the picture comes, prepare, start, stop, delete, and keys."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from events.models import Event
from streaming.errors import AddressNotPlayable, StreamRefused
from streaming.rules import can_run_streams
from streaming.services import keys, streams
from streaming.services.cost_guard import keep_running
from streaming.stream_forms import AllStreamsForm, GatewayForm, KeyForm, StreamForm
from streaming.views.console_request import directed_event, no, sent, track_of

STEPS: dict[str, Callable[..., Any]] = {
    "prepare": streams.request_ready,
    "start": streams.request_start,
    "stop": streams.request_stop,
    "delete": streams.request_delete,
    "look": streams.request_look,
    "keep_running": keep_running,
}
ALL = {"prepare": streams.prepare_all, "start": streams.start_all}


@require_POST
def change_stream(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(_event(request, event), track_id), StreamForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        STEPS[form.cleaned_data["step"]](stream=streams.ensure_stream(track), actor=request.user)
    except StreamRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})


@require_POST
def change_all_streams(request: HttpRequest, event: str) -> HttpResponse:
    """One press before the doors open. Answers how many were asked, and how many had no need."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference, form = _event(request, event), AllStreamsForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    counts = ALL[form.cleaned_data["step"]](event=conference, actor=request.user)
    return JsonResponse({"code": "done"} | counts)


@require_POST
def choose_gateway(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(_event(request, event), track_id), GatewayForm(sent(request))
    if not form.is_valid():
        return no("address" if "source_url" in form.errors else "malformed", 422)
    try:
        streams.choose_gateway(track=track, actor=request.user, **form.cleaned_data)
    except AddressNotPlayable as refused:
        return no(refused.code, 422)
    except StreamRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})


@require_POST
@never_cache
def stream_key(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    """Show the keys, or wish for new ones. Nowhere else are they told."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(_event(request, event), track_id), KeyForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    stream, renews = streams.ensure_stream(track), form.cleaned_data["step"] == "renew"
    try:
        if renews:
            keys.renew_key(stream=stream, actor=request.user)
            return JsonResponse({"code": "done"})
        shown = keys.show_key(stream=stream, actor=request.user)
    except StreamRefused as refused:
        return no(refused.code, 409)
    told = [{"input": name, "address": one.address, "key": one.key} for name, one in shown.items()]
    return JsonResponse({"code": "done", "keys": told})


def _event(request: HttpRequest, slug: str) -> Event:
    event = directed_event(request, slug)
    if not can_run_streams(request.user, event):
        raise PermissionDenied
    return event
