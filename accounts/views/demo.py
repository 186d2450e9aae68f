"""The demo's doors. They exist only with DREAMKAST_DEMO, which needs DEBUG."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.selectors import person_by_email
from accounts.services.people import remember_address
from accounts.views.sign_in import DEMO_ROLES, with_next


@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    role = request.POST.get("role")
    if not settings.DEMO or role not in DEMO_ROLES:
        raise Http404
    email = f"{role}@example.com"
    user = person_by_email(email)
    if user is None:
        messages.error(request, _("The demo's people are not there yet: run manage.py seed_demo."))
        return redirect(with_next(request, "account_login"))
    remember_address(user=user, email=email)
    return perform_login(request, Login(user=user, email=email, redirect_url=get_next_redirect_url(request)))
