"""What follows from the steps that allauth reports."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.dispatch import receiver
from django.http import HttpRequest

from accounts.models import User
from accounts.provider_adapter import join_waiting_account
from accounts.rules import SECOND_FACTOR, STEPS
from accounts.signals import signed_in

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


@receiver(user_logged_in)
def tell_who_is_in(request: HttpRequest, user: User, sociallogin: Any = None, **kwargs: Any) -> None:
    """Heard only when every step of signing in is done."""
    emails = list(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))
    login = sociallogin or join_waiting_account(request, user, emails)
    provider, claims = (login.account.provider, claims_of(login)) if login else ("", {})
    signed_in.send(User, user=user, emails=emails, provider=provider, claims=claims)


def claims_of(sociallogin: Any) -> dict[str, Any]:
    """What the provider says of the person: the signed token counts more than what was asked for later."""
    known = sociallogin.account.extra_data or {}
    return {**(known.get("userinfo") or {}), **(known.get("id_token") or {})}
