from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import conditional_page, require_safe

from events.rules import can_see_event, can_see_timetable
from events.views.scope import event_or_404
from talks.agenda import chosen_talks
from talks.ics import calendar_of
from talks.models import CalendarLink, Talk
from talks.rules import can_see_talk


@require_safe
@conditional_page
def my_calendar(request: HttpRequest, event: str, token: str) -> HttpResponse:
    """Somebody's chosen talks, for a calendar program. The address is the key: nobody signs in."""
    links = CalendarLink.objects.select_related("event", "user").filter(user__is_active=True)
    link = get_object_or_404(links, event__slug=event, token=token)
    if not can_see_event(link.user, link.event):
        raise Http404
    with translation.override(link.language):
        talks = chosen_talks(link.user, link.event)
        text = calendar_of(link.event, talks, site=_site(request), name=str(link.event.name))
    response = _file(text, f"{event}.ics", "inline")
    response["Cache-Control"] = "private, max-age=300"
    return response


@require_safe
@conditional_page
def talk_calendar(request: HttpRequest, event: str, talk_id: int) -> HttpResponse:
    scope = event_or_404(request, event)
    talk = Talk.objects.filter(event=scope, pk=talk_id, starts_at__isnull=False).with_people().first()
    if talk is None or not can_see_talk(request.user, talk) or not can_see_timetable(request.user, scope):
        raise Http404
    text = calendar_of(scope, [talk], site=_site(request))
    return _file(text, f"{event}-{talk.pk}.ics", "attachment")


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _file(text: bytes, name: str, disposition: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def calendar_addresses(request: HttpRequest, link: CalendarLink) -> dict[str, str]:
    """The private address as programs want it, and as the two big services take it."""
    https = request.build_absolute_uri(reverse("talks:my_calendar", args=[link.event.slug, link.token]))
    webcal = f"webcal://{https.partition('://')[2]}"
    outlook = urlencode({"url": https, "name": link.event.name})
    return {
        "https": https,
        "webcal": webcal,
        "google": f"https://calendar.google.com/calendar/r?{urlencode({'cid': webcal})}",
        "outlook": f"https://outlook.live.com/calendar/0/addfromweb?{outlook}",
    }
