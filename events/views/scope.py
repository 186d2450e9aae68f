"""The event that a page's address names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from events.models import Event
from events.rules import can_see_event


def event_or_404(request: HttpRequest, slug: str) -> Event:
    """The event, or 404 when it does not exist or is a draft that this person does not work on."""
    event = Event.objects.with_pages().filter(slug=slug).first()
    if event is None or not can_see_event(request.user, event):
        raise Http404
    return event


def not_yet(request: HttpRequest, event: Event) -> HttpResponse:
    """The page of something that the organizers have not made public."""
    return render(request, "events/not_yet.html", {"event": event}, status=404)
