from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from events.errors import RegistrationClosed
from events.forms import RegistrationForm
from events.models import Event, Registration
from events.rules import can_register
from events.services.registration import change_attendance, register, withdraw
from events.views.scope import event_or_404


@never_cache
def registration(request: HttpRequest, event: str) -> HttpResponse:
    conference, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    row = Registration.objects.filter(event=conference, user=user).select_related("user").first()
    if request.POST.get("action") == "withdraw":
        return _leave(request, conference, row)
    if row is None:
        return _enter(request, conference, user)
    if "withdraw" in request.GET:
        return _page(request, conference, "events/withdraw.html", registration=row)
    return _edit(request, conference, row)


def _enter(request: HttpRequest, event: Event, user: User) -> HttpResponse:
    if not can_register(user, event):
        return _page(request, event, "events/registration_closed.html")
    form = _form(request, event, None, {"name": user.name, "attendance": "online"})
    if not form.is_valid():
        return _page(request, event, "events/registration.html", form=form)
    clean = form.cleaned_data
    try:
        register(event=event, user=user, name=clean["name"], attendance=clean["attendance"])
    except RegistrationClosed:
        return _page(request, event, "events/registration_closed.html")
    messages.success(request, _("You are registered."))
    return redirect(_next(request) or event.get_absolute_url())


def _edit(request: HttpRequest, event: Event, row: Registration) -> HttpResponse:
    form = _form(request, event, row, {"name": row.user.name, "attendance": row.attendance})
    if not form.is_valid():
        return _page(request, event, "events/registration.html", form=form, registration=row)
    clean = form.cleaned_data
    change_attendance(registration=row, name=clean["name"], attendance=clean["attendance"])
    messages.success(request, _("Your registration has been changed."))
    return redirect(_next(request) or request.path)


def _leave(request: HttpRequest, event: Event, row: Registration | None) -> HttpResponse:
    if row is not None:
        withdraw(registration=row)
    messages.success(request, _("You have withdrawn. Your registration is deleted."))
    return redirect(event.get_absolute_url())


def _form(request: HttpRequest, event: Event, row: Registration | None, initial: dict[str, Any]) -> Any:
    data = request.POST if request.method == "POST" else None
    return RegistrationForm(data, event=event, registration=row, initial=initial)


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is on this site."""
    after = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return after if is_ours else ""


def _page(request: HttpRequest, event: Event, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"event": event, "next": _next(request), **context})
