"""Rehearse: a private copy of the event in which any moment of its programme is now."""

from datetime import datetime, timedelta

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Event
from events.services.rehearsing import RehearsalThere
from streaming.rehearsal_forms import MomentForm
from streaming.services.rehearsing import StreamsThere, end_rehearsal, jump
from streaming.views.console_request import directed_event
from talks.services.rehearsing import NothingToRehearse, begin_rehearsal, programme_of, rehearsed_time

# Before the first talk there is something to prepare.
EARLIER = timedelta(minutes=5)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def rehearsal(request: HttpRequest, event: str) -> HttpResponse:
    """Of an event: begin. Of its rehearsal: jump to another moment, or end."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    conference = directed_event(request, event)
    if request.method == "POST":
        return _change(request, conference)
    return _page(request, conference)


def _change(request: HttpRequest, conference: Event) -> HttpResponse:
    """A bad time comes back as it was typed."""
    if request.POST.get("step") == "end":
        return _end(request, conference)
    with timezone.override(conference.zone):
        form = MomentForm(request.POST)
        if not form.is_valid():
            return _page(request, conference, form, 422)
    if conference.rehearsal_of_id:
        jump(event=conference, moment=form.cleaned_data["moment"], actor=request.user)  # type: ignore[arg-type]
        return redirect("streaming:rehearsal", conference.slug)
    return _begin(request, conference, form)


def _begin(request: HttpRequest, source: Event, form: MomentForm) -> HttpResponse:
    try:
        copy = begin_rehearsal(source=source, moment=form.cleaned_data["moment"], actor=request.user)  # type: ignore[arg-type]
    except RehearsalThere:
        # Somebody else was faster, or the button was pressed twice.
        return redirect("streaming:rehearsal", source.slug)
    except NothingToRehearse:
        form.add_error(None, _("No talk with a time is published: there is nothing to rehearse."))
        return _page(request, source, form, 409)
    return redirect("streaming:rehearsal", copy.slug)


def _end(request: HttpRequest, copy: Event) -> HttpResponse:
    source = copy.rehearsal_of
    if source is None:
        raise Http404
    try:
        end_rehearsal(event=copy)
    except StreamsThere:
        messages.error(request, _("A stream of the rehearsal is still there: stop and delete it first."))
        return redirect("streaming:rehearsal", copy.slug)
    messages.success(request, _("The rehearsal is over, and its copy is gone."))
    return redirect("streaming:rehearsal", source.slug)


def _page(
    request: HttpRequest, event: Event, form: MomentForm | None = None, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    with timezone.override(event.zone):
        page = {
            "event": event,
            "copy": Event.objects.filter(rehearsal_of=event).first(),
            "form": form or MomentForm(initial={"moment": _proposed(event, now)}),
            "rehearsed": rehearsed_time(event, now),
            "milliseconds": round(rehearsed_time(event, now).timestamp() * 1000),
            "steps": _steps(event),
        }
        return render(request, "streaming/rehearsal.html", page, status=status)


def _proposed(event: Event, now: datetime) -> datetime | None:
    """Of a rehearsal its own time; before it, shortly before the first talk."""
    if event.rehearsal_of_id:
        return rehearsed_time(event, now)
    first = programme_of(event).order_by("starts_at").values_list("starts_at", flat=True).first()
    return first - EARLIER if first else None


def _steps(event: Event) -> list[datetime]:
    """Shortly before each time at which a talk begins: where people want to jump to."""
    starts = programme_of(event).order_by("starts_at").values_list("starts_at", flat=True).distinct()
    moments = [start - event.rehearsal_shift - EARLIER for start in starts]
    return [moment.astimezone(event.zone) for moment in moments]
