"""For organizers: how many watched, when, and which talks."""

from datetime import date

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from events.views.scope import of_own_event
from streaming.audience_picture import day_picture
from streaming.audience_table import write_audience
from streaming.selectors.audience import samples_of, talk_audiences, watched_days


@require_safe
@of_own_event
def audience(request: HttpRequest, event: Event) -> HttpResponse:
    days = watched_days(event)
    day = _chosen(request, days)
    context = {
        **admin.site.each_context(request),
        "event": event,
        "title": _("Audience"),
        "days": days,
        "picture": day_picture(day, samples_of(event, day)) if day else None,
        "talks": talk_audiences(event),
    }
    return render(request, "admin/streaming/audience.html", context)


def _chosen(request: HttpRequest, days: list[date]) -> date | None:
    """The day that the address names, else the newest."""
    asked = request.GET.get("day")
    if asked is None:
        return days[-1] if days else None
    try:
        found = parse_date(asked)
    except ValueError:
        found = None
    if found not in days:
        raise Http404
    return found


@require_safe
@of_own_event
def audience_file(request: HttpRequest, event: Event) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}-audience.csv"'
    write_audience(talk_audiences(event), response)  # type: ignore[arg-type]
    return response
