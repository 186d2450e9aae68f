from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.rules import require_own_sign_in
from accounts.services.limits import POSTAL_CODES_PER_PERSON, take_turn
from events.consent import consent_of
from events.errors import NotOnSite, RegistrationClosed
from events.forms import RegistrationForm
from events.models import Event, Registration
from events.question_fields import name_of
from events.registration_pages import (
    asked_questions,
    filled_in_by,
    given_answers,
    places_left,
    waiting_position,
)
from events.rules import can_register
from events.services.registration import change_registration, register, withdraw
from events.views.scope import event_or_404


@never_cache
def registration(request: HttpRequest, event: str) -> HttpResponse:
    conference, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    row = Registration.objects.filter(event=conference, user=user).select_related("user", "event").first()
    require_own_sign_in(request)
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
        return _form_page(request, event, form)
    way = form.cleaned_data["attendance"]
    try:
        row = register(event=event, user=user, name=form.person(), attendance=way, answers=form.answers())
    except (RegistrationClosed, NotOnSite):
        return _page(request, event, "events/registration_closed.html")
    messages.success(request, _welcome(row))
    return redirect(_next(request) or request.path)


def _edit(request: HttpRequest, event: Event, row: Registration) -> HttpResponse:
    form = _form(request, event, row, {"name": row.user.name, "attendance": row.wish})
    if not form.is_valid():
        return _form_page(request, event, form, registration=row, position=waiting_position(row))
    try:
        change_registration(
            registration=row,
            name=form.person(),
            attendance=form.cleaned_data["attendance"],
            answers=form.answers(),
            has_agreed="consent" in form.fields,
        )
    except (RegistrationClosed, NotOnSite):
        form.add_error("attendance", _("There are no places on site to be had any more."))
        return _form_page(request, event, form, registration=row, position=waiting_position(row))
    messages.success(request, _("Your registration has been changed."))
    return redirect(_next(request) or request.path)


def _leave(request: HttpRequest, event: Event, row: Registration | None) -> HttpResponse:
    if row is not None:
        withdraw(registration=row)
    messages.success(request, _("You have withdrawn. Your registration is deleted."))
    return redirect(event.get_absolute_url())


def _welcome(row: Registration) -> str:
    if row.is_waiting:
        return _("You are registered, and on the waiting list for a place on site.")
    return _("You are registered.")


def _form(
    request: HttpRequest, event: Event, row: Registration | None, initial: dict[str, Any]
) -> RegistrationForm:
    questions, consent = asked_questions(event), consent_of(event)
    given = given_answers(row) if row else {}
    initial |= {name_of(question): given.get(question.pk) for question in questions}
    return RegistrationForm(
        request.POST if request.method == "POST" else None,
        event=event,
        registration=row,
        questions=questions,
        consent=consent,
        places_left=places_left(event),
        initial=initial,
    )


def _form_page(request: HttpRequest, event: Event, form: RegistrationForm, **context: Any) -> HttpResponse:
    form.initial["consent_version"] = form.present.version
    return _page(request, event, "events/registration.html", form=form, **context)


@never_cache
def address(request: HttpRequest, event: str) -> HttpResponse:
    """What a postal code fills in, by the names that browsers give to the fields."""
    conference, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return JsonResponse({"code": "not_signed_in"}, status=401)
    code = request.GET.get("postal_code", "")
    if not code:
        return JsonResponse({"code": "malformed"}, status=422)
    if not take_turn(POSTAL_CODES_PER_PERSON, str(user.pk)):
        return JsonResponse({"code": "too_many"}, status=429)
    found = filled_in_by(conference, code)
    return JsonResponse(found if found else {"code": "unknown"}, status=200 if found else 404)


def _next(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is on this site."""
    after = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return after if is_ours else ""


def _page(request: HttpRequest, event: Event, template: str, **context: Any) -> HttpResponse:
    return render(request, template, {"event": event, "next": _next(request), **context})
