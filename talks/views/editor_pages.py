"""The timetable editor's pages: the editor itself, the plain form of one talk, and the preview."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from events.views.scope import of_own_event
from talks import selectors
from talks.draft_places import (
    draft_place,
    draft_revision_of,
    drafted_talks,
    frame_of,
    published_place,
    talks_as_drafted,
)
from talks.draft_state import cancel_consequences, conflict_text, revision_of, state_of
from talks.editor_forms import PlacementForm
from talks.models import Talk
from talks.placing import NOWHERE, USUAL_MINUTES, Place, day_of
from talks.services import cancelling, drafting
from talks.services.bookings import GIVEN_AWAY, PlaceGivenAway
from talks.timetable import default_day, grid_of, window_of
from talks.views.timetable import timetable_page


@require_safe
@of_own_event
def page(request: HttpRequest, event: Event) -> HttpResponse:
    revision = revision_of(event)
    talks = drafted_talks(event)
    context = {
        **admin.site.each_context(request),
        "event": event,
        "title": _("Timetable"),
        "state": state_of(event, request.user, revision, talks),  # type: ignore[arg-type]
        "plain_days": _plain_days(event, talks),
        "plain_unscheduled": [
            {"talk": talk, "form_url": _form_url(event, talk)}
            for talk in talks
            if not draft_place(talk).is_placed
        ],
    }
    return render(request, "admin/talks/timetable.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_event
def placement(request: HttpRequest, event: Event, talk_id: int) -> HttpResponse:
    talk = next((one for one in drafted_talks(event) if one.pk == talk_id), None)
    if talk is None:
        raise Http404
    form = PlacementForm(event, talk, request.POST or None, initial=_initial(event, talk))
    if request.method == "POST" and _save(request, event, talk, form):
        messages.success(request, _("The place is saved in the draft."))
        return redirect(_day_url(event, form))
    context = {
        **admin.site.each_context(request),
        "event": event,
        "talk": talk,
        "form": form,
        "title": talk.title,
        "back_url": reverse("admin:talks_timetable", args=[event.slug]),
    }
    return render(request, "admin/talks/placement_form.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@of_own_event
def cancel(request: HttpRequest, event: Event, talk_id: int) -> HttpResponse:
    """Say what cancelling (or reinstating) a talk means for whom, then do it."""
    talk = Talk.objects.filter(event=event, pk=talk_id).with_people().first()
    if talk is None:
        raise Http404
    if request.method == "POST":
        change = cancelling.reinstate_talk if talk.is_cancelled else cancelling.cancel_talk
        try:
            if change(talk=talk, actor=request.user):  # type: ignore[arg-type]
                messages.success(request, _("Everybody sees it now."))
        except PlaceGivenAway:
            messages.error(request, GIVEN_AWAY)
        return redirect("admin:talks_talk_change", talk.pk)
    context = {
        **admin.site.each_context(request),
        "event": event,
        "talk": talk,
        "title": talk.title,
        "consequences": cancel_consequences(talk),
    }
    return render(request, "admin/talks/cancel.html", context)


@require_safe
@of_own_event
def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """The public timetable as it will be, drawn from the draft."""
    days, tracks = selectors.public_days(event), selectors.tracks_of(event)
    now = timezone.now()
    wish = request.GET.get("day")
    day = next((one for one in days if one.isoformat() == wish), default_day(days, now, event.zone))
    grid = None
    if day:
        columns = {track.pk: number for number, track in enumerate(tracks, start=1)}
        shown = [talk for talk in talks_as_drafted(event) if _stands_somewhere(talk)]
        grid = grid_of(shown, columns, window_of(day, days, event.zone), event.zone)
    context = timetable_page(event, days, day, tracks, grid, request.GET, now) | {"is_preview": True}
    response = render(request, "talks/timetable.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _stands_somewhere(talk: Talk) -> bool:
    return talk.starts_at is not None and (talk.track is not None or talk.is_for_all_tracks)


def _plain_days(event: Event, talks: list[Talk]) -> list[dict[str, Any]]:
    frame = frame_of(event, talks)
    tracks, rooms = event.tracks.in_bulk(), event.rooms.in_bulk()
    placed = [(talk, place) for talk in talks if (place := draft_place(talk)).is_placed]
    placed.sort(key=lambda pair: (pair[1].starts_at, pair[0].pk))
    return [
        {
            "date": day.date,
            "is_internal": day.is_internal,
            "places": [
                _plain(event, talk, place, tracks, rooms)
                for talk, place in placed
                if place.starts_at and day_of(frame, place.starts_at) == day.date
            ],
        }
        for day in event.days.all()
    ]


def _plain(event: Event, talk: Talk, place: Place, tracks: Any, rooms: Any) -> dict[str, Any]:
    return {
        "talk": talk,
        "track": tracks.get(place.track_id),
        "room": rooms.get(place.room_id),
        "starts_at": place.starts_at,
        "ends_at": place.ends_at,
        "form_url": _form_url(event, talk),
    }


def _form_url(event: Event, talk: Talk) -> str:
    return reverse("admin:talks_timetable_form", args=[event.slug, talk.pk])


def _day_url(event: Event, form: PlacementForm) -> str:
    """Back to the day that the talk was put on."""
    url, day = reverse("admin:talks_timetable", args=[event.slug]), form.evening
    return f"{url}?day={day}" if day else url


def _initial(event: Event, talk: Talk) -> dict[str, Any]:
    place = draft_place(talk)
    here = place.starts_at.astimezone(event.zone) if place.starts_at else None
    return {
        "day": here.date().isoformat() if here else None,
        "start": here.time() if here else None,
        "length": place.minutes or published_place(talk).minutes or talk.minutes or USUAL_MINUTES,
        "track": place.track_id,
        "room": place.room_id,
        "revision": draft_revision_of(talk),
    }


def _save(request: HttpRequest, event: Event, talk: Talk, form: PlacementForm) -> bool:
    """Move the talk as the form says; what stands against it becomes an error of the form."""
    takes_off = "unschedule" in request.POST
    if not form.is_valid() and not (takes_off and "revision" in form.cleaned_data):
        return False
    try:
        drafting.move_talk(
            event=event,
            talk_id=talk.pk,
            place=NOWHERE if takes_off else form.place,
            expected_revision=form.cleaned_data["revision"],
            actor=request.user,  # type: ignore[arg-type]
        )
    except drafting.StalePlace:
        form.add_error(
            None, _("Somebody else has moved it meanwhile. Look at the timetable, then try again.")
        )
    except drafting.PlaceTaken as refusal:
        talks = {one.pk: one for one in drafted_talks(event)}
        for conflict in refusal.conflicts:
            form.add_error(None, conflict_text(event, conflict, talks))
    return not form.errors or (takes_off and not form.non_field_errors())
