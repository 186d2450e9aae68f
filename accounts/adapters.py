"""The only file that bends allauth."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import context as allauth_context
from allauth.core.exceptions import RateLimited
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.limits import (
    CODES_PER_ADDRESS,
    CODES_PER_MAILBOX,
    MAILS_PER_MAILBOX,
    PASSWORDS_PER_MAILBOX,
    take_turn,
)
from accounts.services.mail import send_or_keep
from accounts.services.people import remember_address, sign_up


class SignInAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("This is not the code from the newest mail. Check it, for example 1234-5678."),
        "too_many_login_attempts": _("Too many attempts. Wait ten minutes, then try again."),
        "rate_limited": _("We have sent several codes to this address. Wait ten minutes, then ask again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if not take_turn(MAILS_PER_MAILBOX, email.lower()):
            return
        request = allauth_context.request
        site = get_current_site(request)
        message = self.render_mail(
            template_prefix, email, {"request": request, "email": email, "current_site": site, **context}
        )
        _show_in_demo(email, context)
        if not send_or_keep(message, good_for=timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)):
            messages.warning(request, _("Your mail is on its way; it may take a minute."))

    def is_safe_url(self, url: str) -> bool:
        """Only this very host: allauth would also follow every other host that the site answers to."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={allauth_context.request.get_host()})

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """A password is tried a few times per account; allauth's own count lives in the cache."""
        if not take_turn(PASSWORDS_PER_MAILBOX, credentials.get("email", "").lower()):
            raise self.validation_error("too_many_login_attempts")


class SignInCode(LoginCodeVerificationProcess):
    """allauth's code by mail, for unknown addresses too: the account is made when the code comes back."""

    @classmethod
    def begin(cls, request: HttpRequest, *, user: User | None, email: str) -> None:
        login = Login(user=user, email=email)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=user, email=email), initiated_by_user=True)
        process = cls(stage)
        process.send()
        process.persist()

    @classmethod
    def resume(cls, stage: LoginByCodeStage) -> "SignInCode | None":
        process: SignInCode | None = cls(stage).abort_if_invalid()
        return process

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:
        context = {"code": self.generate_code()}
        get_adapter().send_mail("account/email/login_code", email, context)

    def resend(self) -> None:
        if not may_ask_for_code(self.request, self.state["email"]):
            raise RateLimited
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        email = self.state["email"]
        if self.user is None:
            self._user = sign_up(email=email)
        else:
            remember_address(user=self.user, email=email)
        return super().finish(redirect_url)


def may_ask_for_code(request: HttpRequest, email: str) -> bool:
    return take_turn(CODES_PER_MAILBOX, email.lower()) and take_turn(CODES_PER_ADDRESS, get_ip(request))


def _show_in_demo(email: str, context: dict[str, Any]) -> None:
    if settings.DEMO and "code" in context:
        print(f"Sign-in code for {email}: {context['code']}", flush=True)
