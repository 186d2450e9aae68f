"""The control room: one page, its state, and what is done there besides commands."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from events.models import Announcement, Track
from events.services import announcements
from streaming.errors import OnAirRefused, TrackLocked
from streaming.forms import AutomationForm, DutyForm, NoteForm, SentenceForm, TitleForm
from streaming.selectors.control_room import control_room as state_of
from streaming.selectors.control_room import etag_of
from streaming.services import automation, duty
from streaming.stream_words import stream_words
from streaming.views.console_request import directed_event, no, sent, track_of
from talks.models import Talk
from talks.rules import can_correct_title
from talks.services.corrections import TitleChangedMeanwhile, TitleRefused, correct_title


@require_safe
@never_cache
@ensure_csrf_cookie
def control_room(request: HttpRequest, event: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conference = directed_event(request, event)
    state = state_of(conference)
    zone_name = timezone.localtime(timezone=conference.zone).tzname()
    shown = {"event": conference, "state": state, "zone_name": zone_name}
    shown |= {"words": stream_words(), "gateway": settings.STREAM_GATEWAY}
    return render(request, "streaming/control_room.html", shown)


@require_safe
def control_room_state(request: HttpRequest, event: str) -> HttpResponse:
    """The same state as the socket's first frame, for a gap and for the time without a socket."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    state = state_of(directed_event(request, event))
    headers = {"ETag": etag_of(state), "Cache-Control": "private, no-cache"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return JsonResponse(state, headers=headers)


STEPS: dict[str, Callable[..., Any]] = {
    "on_duty": duty.go_on_duty,
    "off_duty": duty.leave_duty,
    "lock": duty.lock_track,
    "renew": duty.renew_lock,
    "unlock": duty.unlock_track,
}


@require_POST
def change_duty(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), DutyForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        held = _change_duty(track, request.user, **form.cleaned_data)
    except TrackLocked as refused:
        return no(refused.code, 409, owner=str(refused.duty.person))
    return no("lock_lost", 409) if held is False else JsonResponse({"code": "done"})


def _change_duty(track: Track, actor: Any, step: str, reason: str) -> bool | None:
    if step == "take_over":
        duty.take_over_lock(track=track, reason=reason, actor=actor)
        return None
    held: bool | None = STEPS[step](track=track, actor=actor)
    return held


@require_POST
def change_automation(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    """Arm, hold, go on with or disarm what the timetable does on the track."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), AutomationForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    try:
        _automate(track, request.user, form.cleaned_data)
    except OnAirRefused as refused:
        return no(refused.code, 409)
    return JsonResponse({"code": "done"})


def _automate(track: Track, actor: Any, wish: dict[str, Any]) -> None:
    if wish["step"] == "hold":
        automation.hold(track=track, actor=actor)
    elif wish["step"] == "disarm":
        automation.disarm(track=track, actor=actor)
    else:
        automation.arm(track=track, expected_revision=wish["expected_revision"], actor=actor)


@require_POST
def write_note(request: HttpRequest, event: str, track_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    track, form = track_of(directed_event(request, event), track_id), NoteForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    duty.write_note(track=track, note=form.cleaned_data["note"], actor=request.user)
    return JsonResponse({"code": "done"})


@require_POST
def change_title(request: HttpRequest, event: str, talk_id: int) -> HttpResponse:
    """Correct a title that viewers may be looking at. A correction on top of another is refused with both."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    talk = (
        Talk.objects.filter(event=directed_event(request, event), pk=talk_id).select_related("event").first()
    )
    if talk is None:
        raise Http404
    if not can_correct_title(request.user, talk):
        raise PermissionDenied
    form = TitleForm(sent(request))
    if not form.is_valid():
        return no("title_refused", 422)
    try:
        talk = correct_title(talk=talk, actor=request.user, **form.cleaned_data)
    except TitleRefused as refused:
        return no(refused.code, 422)
    except TitleChangedMeanwhile as refused:
        return no(refused.code, 409, title=refused.talk.title, lang=refused.talk.lang)
    return JsonResponse({"code": "done", "title": talk.title, "lang": talk.lang})


@require_POST
def announce(request: HttpRequest, event: str) -> HttpResponse:
    """Say a sentence to those who watch. What is published here is in the administration's list too."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference, form = directed_event(request, event), SentenceForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422)
    sentence = dict(form.cleaned_data)
    track_id = sentence.pop("track_id")
    track = track_of(conference, track_id) if track_id else None
    announcement = Announcement(event=conference, track=track, author=request.user, **sentence)
    announcements.save_announcement(announcement)
    announcements.publish(announcement=announcement, actor=request.user)
    return JsonResponse({"code": "done", "id": announcement.pk})


@require_POST
def withdraw_announcement(request: HttpRequest, event: str, announcement_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    announcement = Announcement.objects.filter(
        event=directed_event(request, event), pk=announcement_id
    ).first()
    if announcement is None:
        raise Http404
    announcements.withdraw(announcement=announcement, actor=request.user)
    return JsonResponse({"code": "done"})
