"""The timetable editor: its page, what it asks and what it commands. Organizers only."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from events.views.scope import of_own_event
from talks.draft_places import drafted_talks, frame_of, planned
from talks.draft_state import (
    Facts,
    changes_json,
    conflicts_json,
    draft_state,
    revision_of,
    stamp_of,
    undo_of,
    versions_json,
)
from talks.editor_forms import EntryForm, MoveForm, OfEvent, PlaceForm, PublishForm
from talks.models import ProgrammeVersion
from talks.placing import find_conflicts, into_the_night
from talks.services import drafting, publishing
from talks.services.drafting import Edited


@require_safe
@of_own_event
def draft(request: HttpRequest, event: Event) -> HttpResponse:
    tag = f'W/"{stamp_of(event)}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    return JsonResponse(draft_state(event, request.user), headers={"ETag": tag})  # type: ignore[arg-type]


@require_POST
@of_own_event
def check(request: HttpRequest, event: Event) -> HttpResponse:
    form = _sent(PlaceForm, request, event)
    if not form.is_valid():
        return _invalid(form)
    talks = drafted_talks(event)
    talk = next((one for one in talks if one.pk == form.cleaned_data["talk_id"]), None)
    if talk is None:
        raise Http404
    wish = planned(talk, form.place)
    frame = into_the_night(frame_of(event, talks), form.place)
    conflicts = find_conflicts(frame, [planned(one) for one in talks], wish)
    return JsonResponse({"conflicts": conflicts_json(event, talks, conflicts)})


@require_POST
@of_own_event
def moves(request: HttpRequest, event: Event) -> HttpResponse:
    form = _sent(MoveForm, request, event)
    if not form.is_valid():
        return _invalid(form)
    given = form.cleaned_data

    def move() -> Edited:
        return drafting.move_talk(
            event=event,
            talk_id=given["talk_id"],
            place=form.place,
            expected_revision=given["expected_revision"],
            actor=request.user,  # type: ignore[arg-type]
        )

    return _edited(request, event, move)


@require_POST
@of_own_event
def undo(request: HttpRequest, event: Event) -> HttpResponse:
    return _edited(request, event, lambda: drafting.undo_last(event=event, actor=request.user))  # type: ignore[arg-type]


@require_POST
@of_own_event
def entries(request: HttpRequest, event: Event) -> HttpResponse:
    form = _sent(EntryForm, request, event)
    if not form.is_valid():
        return _invalid(form)
    actor = request.user
    return _edited(request, event, lambda: drafting.add_entry(event=event, entry=form.entry, actor=actor))  # type: ignore[arg-type]


@require_safe
@of_own_event
def changes(request: HttpRequest, event: Event) -> HttpResponse:
    return JsonResponse(changes_json(event))


@require_POST
@of_own_event
def publish(request: HttpRequest, event: Event) -> HttpResponse:
    form = _sent(PublishForm, request, event)
    if not form.is_valid():
        return _invalid(form)
    given = form.cleaned_data

    def run() -> ProgrammeVersion:
        return publishing.publish_timetable(
            event=event,
            expected_revision=given["expected_draft_revision"],
            note=given["note"],
            actor=request.user,  # type: ignore[arg-type]
        )

    return _published(event, run)


@require_safe
@of_own_event
def versions(request: HttpRequest, event: Event) -> HttpResponse:
    return JsonResponse(versions_json(event))


@require_POST
@of_own_event
def restore(request: HttpRequest, event: Event, number: int) -> HttpResponse:
    form = _sent(PublishForm, request, event)
    if not form.is_valid():
        return _invalid(form)
    expected = form.cleaned_data["expected_draft_revision"]

    def run() -> ProgrammeVersion:
        return publishing.restore_version(
            event=event,
            number=number,
            expected_revision=expected,
            actor=request.user,  # type: ignore[arg-type]
        )

    try:
        return _published(event, run)
    except ProgrammeVersion.DoesNotExist:
        raise Http404 from None


def _sent(kind: Any, request: HttpRequest, event: Event) -> Any:
    """The form of the request's JSON object; anything else counts as an empty one."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = {}
    return kind(event, sent if isinstance(sent, dict) else {})


def _invalid(form: OfEvent) -> HttpResponse:
    return JsonResponse({"errors": form.errors}, status=422)


def _edited(request: HttpRequest, event: Event, edit: Callable[[], Edited]) -> HttpResponse:
    """The talk as the edit left it, or why not, with the talk as it stands."""
    try:
        done = edit()
    except drafting.UnknownTalk:
        raise Http404 from None
    except drafting.NoTrack:
        return JsonResponse({"errors": {"track_id": [_("Choose a track.")]}}, status=422)
    except drafting.StalePlace as refusal:
        return JsonResponse({"code": refusal.code, "talk": Facts(event).row(refusal.talk)}, status=409)
    except drafting.PlaceTaken as refusal:
        conflicts = conflicts_json(event, drafted_talks(event), refusal.conflicts)
        facts = {"talk": Facts(event).row(refusal.talk), "conflicts": conflicts}
        return JsonResponse({"code": refusal.code, **facts}, status=409)
    except drafting.MovedSince as refusal:
        facts = {"talk": Facts(event).row(refusal.talk), "undo": undo_of(event, request.user)}  # type: ignore[arg-type]
        by = refusal.by.display_name if refusal.by else None
        return JsonResponse({"code": refusal.code, "by": by, **facts}, status=409)
    except drafting.NothingToUndo as refusal:
        return JsonResponse({"code": refusal.code}, status=409)
    facts = {"draft_revision": done.draft_revision, "undo": undo_of(event, request.user)}  # type: ignore[arg-type]
    if done.talk is None:
        return JsonResponse({"talk": None, "removed_talk_id": done.talk_id, **facts})
    return JsonResponse({"talk": Facts(event).row(done.talk), **facts})


def _published(event: Event, run: Callable[[], ProgrammeVersion]) -> HttpResponse:
    try:
        version = run()
    except publishing.DraftConflicts as refusal:
        conflicts = conflicts_json(event, drafted_talks(event), refusal.conflicts)
        return JsonResponse({"code": refusal.code, "conflicts": conflicts}, status=409)
    except (publishing.StaleDraft, publishing.NothingToPublish) as refusal:
        return JsonResponse({"code": refusal.code}, status=409)
    return JsonResponse({"version": {"number": version.number}, "draft_revision": revision_of(event)})
