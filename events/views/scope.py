"""The event that a page's address names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from events.models import Event
from events.rules import can_organize, can_see_event

View = Callable[..., HttpResponse]


def event_or_404(request: HttpRequest, slug: str) -> Event:
    """The event, or 404 when it does not exist or is a draft that this person does not work on."""
    event = Event.objects.with_pages().filter(slug=slug).first()
    if event is None or not can_see_event(request.user, event):
        raise Http404
    return event


def not_yet(request: HttpRequest, event: Event) -> HttpResponse:
    """The page of something that the organizers have not made public."""
    return render(request, "events/not_yet.html", {"event": event}, status=404)


def of_own_event(view: View) -> View:
    """Hand over the event itself, with its zone as the current one; 404 and 403 to whoever may not."""

    @wraps(view)
    def answer(request: HttpRequest, event: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = Event.objects.filter(slug=event).first()
        if found is None:
            raise Http404
        if not can_organize(request.user, found):
            raise PermissionDenied
        with timezone.override(found.zone):
            response = view(request, found, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    return answer
