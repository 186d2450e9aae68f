"""The way in by a mailed link. Reading the page uses nothing up: mail programs open links by themselves."""

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.rules import JOIN_LINK
from events.models import Event, JoinLink
from events.services.join_links import link_from_token, note_use, revoke_own_link


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, event: str, token: str) -> HttpResponse:
    conference = Event.objects.with_pages().filter(slug=event).first()
    link = link_from_token(conference, token) if conference else None
    if link is None:
        return _closed(request, conference)
    if request.user == link.user:
        return redirect(_viewer(link))
    if request.method == "POST":
        return _enter(request, link)
    page = {"event": conference, "link": link, "is_another": request.user.is_authenticated}
    return _private(render(request, "events/join.html", page))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def own_links(request: HttpRequest) -> HttpResponse:
    """A person's own links, to see them and to make them worthless."""
    links = JoinLink.objects.filter(user=request.user.pk).select_related("event")
    if request.method == "POST":
        link = get_object_or_404(links, pk=request.POST.get("link", "0"))
        revoke_own_link(link=link, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The link opens nothing from now on."))
        return redirect("events:own_links")
    return render(request, "account/join_links.html", {"links": links})


def _enter(request: HttpRequest, link: JoinLink) -> HttpResponse:
    """Sign exactly this person in. Whoever has a second factor is still asked for it on the way."""
    if request.user.is_authenticated:
        logout(request)
    note_use(link)
    record_authentication(request, link.user, JOIN_LINK)
    verification = EmailVerificationMethod.NONE
    login = Login(user=link.user, email_verification=verification, redirect_url=_viewer(link))
    return perform_login(request, login)


def _viewer(link: JoinLink) -> str:
    return reverse("streaming:watch", args=[link.event.slug])


def _closed(request: HttpRequest, event: Event | None) -> HttpResponse:
    """Unknown, expired and revoked look alike: nobody learns which links there were."""
    public = event if event is not None and event.status != "draft" else None
    return _private(render(request, "events/join_closed.html", {"event": public}, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: no search engine and no other site may learn it."""
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
