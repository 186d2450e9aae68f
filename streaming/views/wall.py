"""The monitor wall: for directors, and by a view-only link for the screen of the venue."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from events.models import Event
from streaming.models import WallLink
from streaming.rules import can_direct
from streaming.selectors.control_room import etag_of
from streaming.selectors.wall import wall as state_of
from streaming.selectors.wall import wall_links
from streaming.services.wall_links import make_wall_link, revoke_wall_link, wall_link_from_text
from streaming.views.console_request import directed_event, no, sent
from streaming.wall_forms import WallLinkForm

COOKIE = "dreamkast_wall"
# Not even to ourselves: the key must not stand in a log as where somebody came from.
NO_REFERRER = {"Referrer-Policy": "no-referrer"}


@require_safe
@never_cache
@ensure_csrf_cookie
def wall(request: HttpRequest, event: str) -> HttpResponse:
    if "key" in request.GET:
        return _let_in(request, event)
    link = _kept_link(request, event)
    if link is not None and not can_direct(request.user, link.event):
        return _page(request, link.event, is_director=False)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _page(request, directed_event(request, event), is_director=True)


@require_safe
@never_cache
def wall_state(request: HttpRequest, event: str) -> HttpResponse:
    """Asked every two seconds. A link that was revoked meanwhile is refused here."""
    link = _kept_link(request, event)
    if link is None and not request.user.is_authenticated:
        return no("link_ended", 403) if COOKIE in request.COOKIES else no("not_signed_in", 401)
    state = state_of(link.event if link else directed_event(request, event))
    headers = {"ETag": etag_of(state), "Cache-Control": "private, no-cache"} | NO_REFERRER
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    return JsonResponse(state, headers=headers)


@require_POST
def make_link(request: HttpRequest, event: str) -> HttpResponse:
    """The answer is the only time the address can be read."""
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference, form = directed_event(request, event), WallLinkForm(sent(request))
    if not form.is_valid():
        return no("malformed", 422, fields=sorted(form.errors))
    link, text = make_wall_link(event=conference, actor=request.user, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("streaming:wall", args=[conference.slug]))
    answer = {"id": link.pk, "url": f"{address}?key={text}", "links": wall_links(conference)}
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@require_POST
def revoke_link(request: HttpRequest, event: str, link_id: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return no("not_signed_in", 401)
    conference = directed_event(request, event)
    link = WallLink.objects.filter(event=conference, pk=link_id).first()
    if link is None:
        raise Http404
    revoke_wall_link(link=link, actor=request.user)
    return JsonResponse({"links": wall_links(conference)})


def _let_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Out of the address, where pictures of the screen would show it, into a cookie for the wall alone."""
    link = wall_link_from_text(slug=slug, text=request.GET["key"])
    if link is None:
        raise PermissionDenied
    path = reverse("streaming:wall", args=[slug])
    response = redirect(path)
    response.headers["Referrer-Policy"] = NO_REFERRER["Referrer-Policy"]
    response.set_cookie(
        COOKIE,
        request.GET["key"],
        max_age=link.expires_at - timezone.now(),
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _kept_link(request: HttpRequest, slug: str) -> WallLink | None:
    return wall_link_from_text(slug=slug, text=request.COOKIES.get(COOKIE, ""))


def _page(request: HttpRequest, event: Event, *, is_director: bool) -> HttpResponse:
    shown = {
        "event": event,
        "state": state_of(event),
        "zone_name": timezone.localtime(timezone=event.zone).tzname(),
        "is_director": is_director,
        "links": wall_links(event) if is_director else [],
    }
    response = render(request, "streaming/wall.html", shown)
    response.headers["Referrer-Policy"] = NO_REFERRER["Referrer-Policy"]
    return response
