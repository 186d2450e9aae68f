"""A track's inputs in the control room: another one now or later, a plan taken back, which ones there are."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.live import moment
from events.models import Event, Track
from streaming.errors import InputRefused, SwitchTimeRefused, TrackLocked
from streaming.input_forms import InputsForm
from streaming.models import InputSwitch, Stream
from streaming.rules import can_run_streams
from streaming.services.inputs import cancel_switch, request_switch, set_inputs
from streaming.views.console_request import directed_event, no, sent, track_of

Wish = dict[str, Any]


@require_POST
def change_inputs(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference = _event(request, event)
    track = track_of(conference, track_id)
    with timezone.override(conference.zone):
        form = InputsForm(sent(request))
        if not form.is_valid():
            return no(_complaint(form), 422)
    return _answered(_stream(track), form.cleaned_data, request.user)


def _answered(stream: Stream, wish: Wish, actor: Any) -> HttpResponse:
    try:
        STEPS[wish["step"]](stream, wish, actor)
    except TrackLocked as refused:
        return no(refused.code, 409, owner=str(refused.duty.person))
    except SwitchTimeRefused as refused:
        return no(refused.reason, 409, offered=moment(refused.offered))
    except InputRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})


def _switch(stream: Stream, wish: Wish, actor: Any) -> None:
    request_switch(stream=stream, to=wish["to"], number=wish["number"], at=wish["at"], actor=actor)


def _cancel(stream: Stream, wish: Wish, actor: Any) -> None:
    switches = InputSwitch.objects.select_related("stream__track__event")
    switch = switches.filter(stream=stream, number=wish["number"]).first()
    if switch is None:
        raise Http404
    cancel_switch(switch=switch, actor=actor)


def _choose(stream: Stream, wish: Wish, actor: Any) -> None:
    set_inputs(stream=stream, has_backup=wish["has_backup"], slate_url=wish["slate_url"], actor=actor)


STEPS: dict[str, Callable[[Stream, Wish, Any], None]] = {
    "switch": _switch,
    "cancel": _cancel,
    "choose": _choose,
}


def _complaint(form: InputsForm) -> str:
    """Of two mistakes that people make, the one; everything else is the page's fault."""
    return next((name for name in ("slate_url", "at") if name in form.errors), "malformed")


def _event(request: HttpRequest, slug: str) -> Event:
    event = directed_event(request, slug)
    if not can_run_streams(request.user, event):
        raise PermissionDenied
    return event


def _stream(track: Track) -> Stream:
    stream = Stream.objects.select_related("track__event").filter(track=track).first()
    if stream is None:
        raise Http404
    return stream
