"""The second factor before everything that a role opens: set up once, used in each session."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.rules import came_by_link_only, has_second_factor
from accounts.views.sign_in import TYPED_ADDRESS

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Setting a factor up takes several pages of allauth; the last of them leads on to here.
GOAL = "after_second_factor"


@require_safe
@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain and set up the second factor, or ask for the one there is; go on to where it was needed."""
    goal = _goal(request)
    if has_second_factor(request):
        return redirect(goal)
    if is_mfa_enabled(request.user, FACTORS):
        return redirect(f"{reverse(_question(request))}?{urlencode({'next': goal})}")
    request.session[GOAL] = goal
    return render(request, "mfa/needed.html", {"goal": goal})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def guest(request: HttpRequest) -> HttpResponse:
    """Whoever came by a join link proves the mailbox before anything in the account is shown or changed."""
    goal = _goal(request)
    if not came_by_link_only(request):
        return redirect(goal)
    if request.method != "POST":
        return render(request, "account/guest.html", {"goal": goal})
    email = request.user.email
    logout(request)
    request.session[TYPED_ADDRESS] = email
    return redirect(f"{reverse('account_login')}?{urlencode({'next': goal})}")


def _question(request: HttpRequest) -> str:
    has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"


def _goal(request: HttpRequest) -> str:
    after = request.POST.get("next") or request.GET.get("next") or ""
    return after if after and get_adapter().is_safe_url(after) else reverse("accounts:profile")
