"""The way in: an address, then the code that was mailed to it."""

from typing import Any

from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.account.views import ConfirmLoginCodeView, LoginView
from allauth.utils import get_request_param
from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.adapters import SignInCode, may_ask_for_code
from accounts.forms import CodeForm, PasswordSignInForm, SignInForm
from accounts.selectors import person_by_email

TYPED_ADDRESS = "typed_address"
DEMO_ROLES = ("attendee", "speaker", "organizer", "broadcaster")


def with_next(request: HttpRequest, name: str) -> str:
    """The page's address; it carries on where the person wanted to go."""
    after = get_request_param(request, "next")
    return f"{reverse(name)}?{urlencode({'next': after})}" if after else reverse(name)


class SignInView(LoginView):
    def get_form_class(self) -> type:
        return SignInForm

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.request.session.get(TYPED_ADDRESS, "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(demo_roles=DEMO_ROLES if settings.DEMO else (), **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:
        email = form.cleaned_data["email"]
        if not may_ask_for_code(self.request, email):
            return self.too_many(form)
        self.request.session[TYPED_ADDRESS] = email
        SignInCode.begin(self.request, user=person_by_email(email), email=email)
        return redirect(with_next(self.request, "account_confirm_login_code"))

    def too_many(self, form: SignInForm) -> HttpResponse:
        form.add_error(
            "email", _("We have sent several codes to this address. Wait ten minutes, then ask again.")
        )
        response = self.form_invalid(form)
        response.status_code = 429
        return response

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        """Whoever comes back from the code page wants to correct the address."""
        if stage.key == LoginByCodeStage.key:
            return None
        return super()._redirect_to_pending_stage(request, stage)


class PasswordSignInView(LoginView):
    template_name = "account/login_password.html"

    def get_form_class(self) -> type:
        return PasswordSignInForm


@method_decorator(never_cache, name="dispatch")
class ConfirmCodeView(ConfirmLoginCodeView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(self.get_next_url() or settings.LOGIN_REDIRECT_URL)
        self.stage = LoginStageController.enter(request, LoginByCodeStage.key)
        self._process = SignInCode.resume(self.stage) if self.stage else None
        if self._process is None:
            return self.start_again(_("This code has been used or is too old. We gladly send a new one."))
        return super(ConfirmLoginCodeView, self).dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type:
        return Form if self._action == "resend" else CodeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return self.start_again(_("That were too many wrong codes. We gladly send a new one."))

    def start_again(self, why: str) -> HttpResponse:
        messages.warning(self.request, why)
        return redirect(with_next(self.request, "account_login"))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Signing up is signing in for the first time."""
    return redirect(with_next(request, "account_login"))
