from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event, Track
from events.page_cache import ready_for_strangers
from events.rules import can_see_timetable
from events.views.scope import event_or_404, not_yet
from talks import selectors
from talks.timetable import Grid, default_day


@require_safe
@ready_for_strangers
def timetable(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_timetable(request.user, scope):
        return not_yet(request, scope)
    days, now = selectors.public_days(scope), timezone.now()
    day = _day(request.GET.get("day"), days, default_day(days, now, scope.zone))
    tracks = selectors.tracks_of(scope)
    grid = selectors.day_grid(scope, day, days, tracks) if day else None
    page = timetable_page(scope, days, day, tracks, grid, request.GET, now)
    is_unknown = day is None and "day" in request.GET
    return render(request, "talks/timetable.html", page, status=404 if is_unknown else 200)


def timetable_page(
    event: Event,
    days: list[date],
    day: date | None,
    tracks: list[Track],
    grid: Grid | None,
    wishes: Any,
    now: datetime,
) -> dict[str, Any]:
    """What the template draws, be the grid the published one or the draft's."""
    return {
        "event": event,
        "days": days,
        "day": day,
        "tracks": tracks,
        "shown_track": next((track for track in tracks if track.name == wishes.get("track")), None),
        "grid": grid,
        "now": now,
        "now_row": grid.row_at(now) if grid else None,
        "now_start": grid.start_at(now) if grid else None,
    }


def _day(wish: str | None, days: list[date], otherwise: date | None) -> date | None:
    """The day that was asked for; None when it is no day of the event."""
    if wish is None:
        return otherwise
    return next((day for day in days if day.isoformat() == wish), None)
