"""What is said when a page cannot be shown. Below a public event's address it is the event that says it."""

from http import HTTPStatus

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from events.enums import RESERVED_SLUGS
from events.models import Event


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, "400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, "403.html", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _said(request, "404.html", HTTPStatus.NOT_FOUND)


def _said(request: HttpRequest, template: str, status: HTTPStatus) -> HttpResponse:
    try:
        return render(request, template, {"event": _public_event(request.path)}, status=status)
    except DatabaseError:
        # Without the request nobody asks who the visitor is, so that no row is read.
        return HttpResponse(render_to_string(template), status=status)


def _public_event(path: str) -> Event | None:
    """For staff too no draft: the answer is the same as for an event that does not exist."""
    slug, slash, _ = path.lstrip("/").partition("/")
    if not slash or slug in RESERVED_SLUGS:
        return None
    return Event.objects.public().with_pages().filter(slug=slug).first()
