"""How an account elsewhere finds the one here: by an address that the provider has proved, or by our code.

An address that a provider merely repeats proves nothing. Then nothing is stored: the account elsewhere waits
in the session until the code from the mailbox is back, and is joined to whoever proved that very address.
"""

import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.adapters import SignInCode, may_ask_for_code
from accounts.models import User
from accounts.selectors import person_by_email
from accounts.services.people import sign_up

WAITING = "waiting_provider_account"


class ProviderAdapter(DefaultSocialAccountAdapter):
    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[User, str] | None:
        if not _is_sign_in(sociallogin):
            return None
        for address in sociallogin.email_addresses:
            # Some providers write a text, and the text "false" is not false.
            address.verified = address.verified is True or address.verified == "true"
        proved = [address.email for address in sociallogin.email_addresses if address.verified]
        known = next((email for email in proved if person_by_email(email)), None)
        email = known or next(iter(proved), None)
        return (_person(email, sociallogin), email) if email else None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if _is_sign_in(sociallogin) and not sociallogin.is_existing:
            raise ImmediateHttpResponse(_ask_for_code(request, sociallogin))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Back to the sign-in page, which has a way that needs nobody else."""
        after = ((extra_context or {}).get("state") or {}).get("next") or ""
        raise ImmediateHttpResponse(back_to_sign_in(request, provider.name, error, after))

    def send_notification_mail(self, template: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Nobody is warned of the very account through which they came for the first time."""
        if user.last_login is not None:
            super().send_notification_mail(template, user, *args, **kwargs)


def back_to_sign_in(request: HttpRequest, name: str, error: Any, after: str) -> HttpResponse:
    if request.user.is_authenticated:
        messages.error(request, _("%(name)s did not answer as it should. Try again later.") % {"name": name})
        return redirect("socialaccount_connections")
    if error == AuthError.CANCELLED:
        messages.info(request, _("You stopped at %(name)s. Choose any way to come in.") % {"name": name})
    else:
        text = _("Signing in through %(name)s did not work just now. The code by mail always does.")
        messages.error(request, text % {"name": name})
    return redirect(_with_next("account_login", after))


def join_waiting_account(request: HttpRequest, user: User, emails: list[str]) -> SocialLogin | None:
    """Join the account elsewhere that waited for this very address to be proved."""
    waiting = request.session.pop(WAITING, None)
    if waiting is None or waiting["email"] not in emails or waiting["until"] < time.time():
        return None
    login = SocialLogin.deserialize(waiting["login"])
    same = SocialAccount.objects.filter(provider=login.account.provider, uid=login.account.uid)
    if not same.exists():
        login.connect(request, user)
    return login


def _person(email: str, sociallogin: SocialLogin) -> User:
    user = person_by_email(email)
    if user is None:
        user = sign_up(email=email)
        user.name = _name(sociallogin)
        user.save(update_fields=["name"])
    return user


def _name(sociallogin: SocialLogin) -> str:
    known = sociallogin.account.extra_data
    name = (known.get("userinfo") or {}).get("name") or (known.get("id_token") or known).get("name")
    return name.strip()[:120] if isinstance(name, str) else ""


def _is_sign_in(sociallogin: SocialLogin) -> bool:
    return bool(sociallogin.state.get("process", AuthProcess.LOGIN) == AuthProcess.LOGIN)


def _ask_for_code(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    name, after = sociallogin.provider.name, sociallogin.state.get("next") or ""
    email = next((address.email.lower() for address in sociallogin.email_addresses), "")
    if not email or not may_ask_for_code(request, email):
        text = _("%(name)s has told us no proved e-mail address. Enter yours, and we mail you a code.")
        messages.info(request, text % {"name": name})
        return redirect(_with_next("account_login", after))
    until = time.time() + settings.ACCOUNT_LOGIN_TIMEOUT
    request.session[WAITING] = {"login": sociallogin.serialize(), "email": email, "until": until}
    SignInCode.begin(request, user=person_by_email(email), email=email)
    text = _(
        "%(name)s has not proved your address, so we ask once by mail. From then on, %(name)s is enough."
    )
    messages.info(request, text % {"name": name})
    return redirect(_with_next("account_confirm_login_code", after))


def _with_next(name: str, after: str) -> str:
    return f"{reverse(name)}?{urlencode({'next': after})}" if after else reverse(name)
