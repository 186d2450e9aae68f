from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from events.models import Event, Track
from events.page_cache import ready_for_strangers
from events.rules import can_see_timetable
from events.views.scope import event_or_404, not_yet
from talks import selectors
from talks.forms import TalkFilterForm
from talks.timetable import Grid, default_day


@require_safe
@ready_for_strangers("day", "track", "category", "level", "language")
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
    response = render(request, "talks/timetable.html", page, status=404 if is_unknown else 200)
    if not _is_usual(request.GET, page):
        patch_cache_control(response, no_store=True)
    return response


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
    form = TalkFilterForm(wishes, categories=selectors.categories_of(event))
    return _filtered(form, grid) | {
        "event": event,
        "days": days,
        "day": day,
        "asked_day": day if "day" in wishes else None,
        "tracks": tracks,
        "shown_track": next((track for track in tracks if track.name == wishes.get("track")), None),
        "grid": grid,
        "now": now,
        "now_row": grid.row_at(now) if grid else None,
        "now_start": grid.start_at(now) if grid else None,
    }


def _filtered(form: TalkFilterForm, grid: Grid | None) -> dict[str, Any]:
    """Those that match are counted without breaks, as in the list of talks."""
    talks = {place.talk.pk: place.talk for place in grid.places} if grid else {}
    matching = {pk for pk, talk in talks.items() if not talk.is_break and _matches(talk, form.wanted)}
    return {"form": form, "wanted": form.wanted, "matching": matching}


def _matches(talk: Any, wanted: dict[str, str]) -> bool:
    own = {"category": talk.category, "level": talk.difficulty, "language": talk.lang}
    return all(own[name] == value for name, value in wanted.items())


def _is_usual(wishes: Any, page: dict[str, Any]) -> bool:
    """Whether the address says nothing but what the page understood; others are not worth keeping."""
    day, track = page["day"], page["shown_track"]
    understood = page["wanted"] | {"day": day and day.isoformat(), "track": track and track.name}
    return all([understood.get(name)] == values for name, values in wishes.lists())


def _day(wish: str | None, days: list[date], otherwise: date | None) -> date | None:
    """The day that was asked for; None when it is no day of the event."""
    if wish is None:
        return otherwise
    return next((day for day in days if day.isoformat() == wish), None)
