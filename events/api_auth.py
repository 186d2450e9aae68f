"""Two ways to prove who is asking: the session cookie with a CSRF token, or an event's bearer token."""

from typing import Any

from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from accounts.rules import has_second_factor
from events.models import Event, Track
from events.services.tokens import token_from_text


class SignedIn(AuthBase):
    """The session. A stranger gets 401; somebody signed in without a CSRF token gets 403."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Any:
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise HttpError(403, "The CSRF token is missing or wrong.")
        return request.user


class TokenBearer(HttpBearer):
    """`Authorization: Bearer ...`: the token acts for its owner, within its event."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        row = token_from_text(token)
        if row is None:
            return None
        request.api_token, request.user = row, row.owner  # type: ignore[attr-defined]
        return row.owner


def anybody(request: HttpRequest) -> Any:
    """Strangers too; but a token that is shown must be a good one. Stands behind TokenBearer in a list."""
    return None if request.headers.get("Authorization") else True


def may_read(request: HttpRequest, event: Event) -> bool:
    """A token reads its own event only."""
    token = getattr(request, "api_token", None)
    return token is None or token.event_id == event.pk


def may_control(request: HttpRequest, event: Event, track: Track | None = None) -> bool:
    """After a second factor a session may do what the person may; a token only what it was made for.

    Without a track it says whether any track of the event may be controlled.
    """
    token = getattr(request, "api_token", None)
    if token is None:
        return has_second_factor(request)
    on_track = track is None or token.track_id in (None, track.pk)
    return bool(token.can_control) and token.event_id == event.pk and on_track
