"""The control room's hand on the timetable: shift talks by minutes, and say that speakers are there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from events.live import moment
from events.models import Event, Track
from streaming.console_forms import SeenShiftForm, ShiftForm, SpeakersForm
from streaming.errors import OnAirRefused
from streaming.services import duty, shifting
from streaming.shift_words import conflict_texts
from streaming.views.console_request import directed_event, no, sent, track_of
from talks.models import Talk
from talks.services.shifting import ShiftConflicts, Shifted, ShiftPlan, ShiftRefused, ShiftWish, plan_shift


@require_POST
def preview(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    """What a shift would do, and what is in its way. It changes nothing."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), ShiftForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        return JsonResponse(plan_json(track.event, plan_shift(_wish(track, form.cleaned_data))))
    except ShiftRefused as refused:
        return no(refused.code, 409)


@require_POST
def shift_track(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), SeenShiftForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    seen = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
    try:
        row = shifting.shift(wish=_wish(track, form.cleaned_data), seen=seen, actor=request.user)
    except ShiftConflicts as refused:
        return JsonResponse({"code": refused.code, **plan_json(track.event, refused.plan)}, status=409)
    except (ShiftRefused, OnAirRefused) as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done", "id": row.pk})


@require_POST
def undo(request: HttpRequest, event: str, track_id: int, shift_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track = track_of(directed_event(request, event), track_id)
    try:
        shifting.undo_shift(track=track, shift_id=shift_id, actor=request.user)
    except ShiftConflicts as refused:
        return JsonResponse({"code": refused.code, **plan_json(track.event, refused.plan)}, status=409)
    except (ShiftRefused, OnAirRefused) as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})


@require_POST
def note_speakers(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    """Somebody has seen the speakers of a talk, or takes that back."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), SpeakersForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    talk = Talk.objects.for_track(track).filter(pk=form.cleaned_data["talk_id"]).first()
    if talk is None:
        raise Http404
    are_here = form.cleaned_data["are_here"]
    duty.note_speakers(track=track, talk=talk, are_here=are_here, actor=request.user)
    return JsonResponse({"code": "done"})


def _wish(track: Track, given: dict[str, Any]) -> ShiftWish:
    wished = {name: given[name] for name in ("talk_id", "minutes", "scope")}
    return shifting.wish_of(track=track, **wished)


def plan_json(event: Event, plan: ShiftPlan) -> dict[str, Any]:
    return {
        "moves": [_move(move) for move in plan.moves],
        "conflicts": conflict_texts(event, plan),
        "apart": [talk.title for talk in plan.apart],
    }


def _move(move: Shifted) -> dict[str, Any]:
    return {
        "talk_id": move.talk.pk,
        "title": move.talk.title,
        "lang": move.talk.lang,
        "before": [moment(move.before.starts_at), moment(move.before.ends_at)],
        "after": [moment(move.after.starts_at), moment(move.after.ends_at)],
    }
