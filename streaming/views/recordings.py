"""The recordings of an event: where they are cut, how far that is, and what is on the talks' pages."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from streaming.models import Recording
from streaming.recording_errors import RecordingRefused
from streaming.recording_forms import RecordingForm
from streaming.selectors.recordings import recordings_of
from streaming.services import recordings
from streaming.views.console_request import directed_event

Wish = dict[str, Any]
DONE = {
    "cut": _("The cut was asked for."),
    "edges": _("The edges were moved."),
    "drop": _("The recording was dropped."),
    "publish": _("The video is on the talk's page."),
    "take_down": _("The video was taken down."),
}


@require_safe
@never_cache
def recording_list(request: HttpRequest, event: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _page(request, directed_event(request, event))


@require_POST
def change_recording(request: HttpRequest, event: str, recording_id: int) -> HttpResponse:
    """Bad edges come back as they were typed; everything else leads to the list."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conference = directed_event(request, event)
    recording = _recording(conference, recording_id)
    with timezone.override(conference.zone):
        form = RecordingForm(request.POST)
        if not form.is_valid():
            return _page(request, conference, {recording.pk: form}, 422)
    try:
        STEPS[form.cleaned_data["step"]](recording, form.cleaned_data, request.user)
    except RecordingRefused as refused:
        form.add_error(None, str(refused.explanation))
        return _page(request, conference, {recording.pk: form}, 409)
    messages.success(request, str(DONE[form.cleaned_data["step"]]))
    return redirect(f"{request.path.rpartition('/')[0]}#recording-{recording.pk}")


def _page(
    request: HttpRequest, event: Event, forms: dict[int, RecordingForm] | None = None, status: int = 200
) -> HttpResponse:
    shown = recordings_of(event)
    rows = [(one, (forms or {}).get(one.row.pk)) for one in shown]
    page = {"event": event, "rows": rows, "is_busy": any(one.is_busy for one in shown)}
    return render(request, "streaming/recordings.html", page, status=status)


def _recording(event: Event, recording_id: int) -> Recording:
    rows = Recording.objects.select_related("talk__event", "stream")
    recording = rows.filter(talk__event=event, pk=recording_id).first()
    if recording is None:
        raise Http404
    return recording


def _cut(recording: Recording, wish: Wish, actor: Any) -> None:
    """Edges that were typed count, also when only this was pressed."""
    typed, kept = (wish["starts_at"], wish["ends_at"]), (recording.starts_at, recording.ends_at)
    if all(typed) and typed != tuple(edge.replace(microsecond=0) for edge in kept):
        _edges(recording, wish, actor)
    recordings.request_cut(recording=recording, round=wish["round"], actor=actor)


def _edges(recording: Recording, wish: Wish, actor: Any) -> None:
    edges = {name: wish[name] for name in ("round", "starts_at", "ends_at")}
    recordings.correct_edges(recording=recording, actor=actor, **edges)


def _drop(recording: Recording, wish: Wish, actor: Any) -> None:
    recordings.drop_recording(recording=recording, round=wish["round"], actor=actor)


def _publish(recording: Recording, wish: Wish, actor: Any) -> None:
    recordings.publish_recording(recording=recording, round=wish["round"], actor=actor)


def _take_down(recording: Recording, wish: Wish, actor: Any) -> None:
    recordings.take_down_recording(recording=recording, round=wish["round"], actor=actor)


STEPS: dict[str, Callable[[Recording, Wish, Any], None]] = {
    "cut": _cut,
    "edges": _edges,
    "drop": _drop,
    "publish": _publish,
    "take_down": _take_down,
}
