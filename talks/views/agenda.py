from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.rules import require_own_sign_in
from events.models import Event, Registration
from events.passes import pass_text
from events.views.scope import event_or_404
from talks.agenda import announcements_for, my_day, next_entry
from talks.services.calendar_links import calendar_link, renew_calendar_link
from talks.views.calendar import calendar_addresses


@require_safe
@never_cache
def dashboard(request: HttpRequest, event: str) -> HttpResponse:
    """My day. Whoever is not signed in or not registered is led there and back."""
    scope, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    # It shows the pass and the private calendar: a link out of a mail opens the viewer alone.
    require_own_sign_in(request)
    row = _registration(scope, user)
    if row is None:
        return _register_first(request, scope)
    return render(request, "talks/dashboard.html", _page(request, scope, row))


@require_POST
def renew_calendar(request: HttpRequest, event: str) -> HttpResponse:
    scope, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return redirect_to_login(reverse("talks:dashboard", args=[scope.slug]))
    require_own_sign_in(request)
    renew_calendar_link(event=scope, language=_language(), actor=user)
    messages.success(request, _("Your calendar has a new address. The old one no longer works."))
    return redirect(f"{reverse('talks:dashboard', args=[scope.slug])}#calendar")


def _registration(event: Event, user: User) -> Registration | None:
    rows = Registration.objects.select_related("user", "public_profile__picture")
    return rows.filter(event=event, user=user).first()


def _register_first(request: HttpRequest, event: Event) -> HttpResponse:
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('events:registration', args=[event.slug])}?{back}")


def _page(request: HttpRequest, event: Event, row: Registration) -> dict[str, Any]:
    now, entries = timezone.now(), my_day(row.user, event, row)
    link = calendar_link(event=event, language=_language(), actor=row.user)
    link.event = event
    return {
        "event": event,
        "registration": row,
        "entries": entries,
        "next_entry": next_entry(entries, now),
        "now": now,
        "announcements": announcements_for(row),
        "calendar": calendar_addresses(request, link),
        "qr": qr_picture(pass_text(row)),
        "profile": getattr(row, "public_profile", None),
    }


def qr_picture(text: str) -> SafeString:
    """The code as SVG, to stand in the page; its meaning is said beside it."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None))


def _language() -> str:
    return (get_language() or "ja")[:2]
