from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.page_cache import ready_for_strangers
from events.rules import can_see_sponsors
from events.selectors import conferences, sponsors_by_tier
from events.theme import theme_css
from events.views.scope import event_or_404, not_yet

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "events/home.html", {"conferences": conferences()})


@require_safe
@ready_for_strangers()
def landing(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    page = {"event": scope, "tiers": sponsors_by_tier(scope), "now": timezone.now()}
    return render(request, "events/landing.html", page)


@require_safe
@ready_for_strangers()
def sponsor_list(request: HttpRequest, event: str) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_sponsors(request.user, scope):
        return not_yet(request, scope)
    return render(request, "events/sponsor_list.html", {"event": scope, "tiers": sponsors_by_tier(scope)})


@require_safe
@ready_for_strangers()
def sponsor(request: HttpRequest, event: str, sponsor_id: int) -> HttpResponse:
    scope = event_or_404(request, event)
    if not can_see_sponsors(request.user, scope):
        return not_yet(request, scope)
    found = get_object_or_404(scope.sponsors.select_related("tier", "event"), pk=sponsor_id)
    return render(request, "events/sponsor.html", {"event": scope, "sponsor": found})


@require_safe
def theme(request: HttpRequest, event: str, digest: str) -> HttpResponse:
    """The event's colours. The address names the content; an old address leads to the present one."""
    scope = event_or_404(request, event)
    if digest != scope.theme_hash:
        return redirect("events:theme", scope.slug, scope.theme_hash)
    css = HttpResponse(theme_css(scope.accent, scope.ground), content_type="text/css; charset=utf-8")
    css["Cache-Control"] = FOR_EVER
    return css
