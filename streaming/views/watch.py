"""The viewer: one page for all tracks of an event."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from events.models import Event
from events.rules import can_see_playback, can_watch
from events.views.scope import event_or_404
from streaming.selectors.watch import watch_page

CACHE_SECONDS = 1


@require_safe
def watch(request: HttpRequest, event: str) -> HttpResponse:
    conference = event_or_404(request, event)
    if not can_watch(request.user, conference):
        return _show_the_way_in(request, conference)
    page = watch_page(
        conference,
        track_name=request.GET.get("track"),
        with_playback=can_see_playback(request.user, conference),
    )
    response = render(request, "streaming/watch.html", {"event": conference, "page": page})
    return _with_caching(request, response, conference)


def _show_the_way_in(request: HttpRequest, event: Event) -> HttpResponse:
    """Sign in first, then register, and then come back to the same track."""
    here = request.get_full_path()
    if not request.user.is_authenticated:
        return redirect_to_login(here)
    return redirect(f"{reverse('events:registration', args=[event.slug])}?{urlencode({'next': here})}")


def _with_caching(request: HttpRequest, response: HttpResponse, event: Event) -> HttpResponse:
    """Strangers see the same page of an open event, so a cache may keep it for a moment."""
    if event.is_open_to_all and not request.user.is_authenticated:
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response
