"""What a session has proved about the person in it. Who may do what hangs on the event: see events.rules."""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as STEPS_OF,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as STEPS
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

SECOND_FACTOR, JOIN_LINK = "mfa", "join_link"


class SecondFactorNeeded(PermissionDenied):
    """The person may, but this session has seen no second factor. accounts.middleware shows the way."""


class OwnSignInNeeded(PermissionDenied):
    """A mailed link is not enough for this: the person signs in. accounts.middleware shows the way."""


def has_second_factor(request: HttpRequest) -> bool:
    return second_factor_proved(request.session, request.user)


def second_factor_proved(session: Any, user: Any) -> bool:
    """Whether a passkey, an app's code or a recovery code was used in this session. The demo does without."""
    return bool(settings.DEMO) or SECOND_FACTOR in _steps(session, user)


def require_second_factor(request: HttpRequest) -> None:
    """The door before everything that a role opens: ask it after the role itself."""
    if not has_second_factor(request):
        raise SecondFactorNeeded


def came_by_link_only(request: HttpRequest) -> bool:
    """A mail can be passed on, so a join link alone opens the viewer but changes nothing in the account."""
    return set(_steps(request.session, request.user)) == {JOIN_LINK}


def require_own_sign_in(request: HttpRequest) -> None:
    """The door before what people have told of themselves: a link passed on with a mail does not open it."""
    if came_by_link_only(request):
        raise OwnSignInNeeded


def _steps(session: Mapping[str, Any], user: Any) -> list[str]:
    """The ways by which this very person has proved themselves in this session."""
    if not user.is_authenticated or session.get(STEPS_OF) != str(user.pk):
        return []
    return [step["method"] for step in session.get(STEPS, [])]
