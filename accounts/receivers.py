"""What follows from the steps that allauth reports."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.rules import SECOND_FACTOR, STEPS

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@receiver(authenticator_added)
def count_setting_up_as_using(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    """Whoever has just set a factor up has proved that it works."""
    if authenticator.type in FACTORS:
        kind = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, authenticator.user, SECOND_FACTOR, reauthenticated=True, **kind)


@receiver(authenticator_removed)
def forget_the_last_factor(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Without a factor left no session has proved one: this one forgets it, the others end."""
    if is_mfa_enabled(user, FACTORS):
        return
    steps = request.session.get(STEPS, [])
    request.session[STEPS] = [step for step in steps if step["method"] != SECOND_FACTOR]
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
