"""What is kept of a person: taken along, and erased."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ErasureForm
from accounts.models import User
from accounts.personal import Fate
from accounts.services.privacy import ErasureRefused, erase, export_everything, outlook, refusals

unstored = cache_control(private=True, no_store=True)


@require_safe
@unstored
@login_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "account/privacy.html")


@require_safe
@unstored
@login_required
@reauthentication_required
def download(request: HttpRequest) -> HttpResponse:
    archive = export_everything(user=request.user)
    name = f"dreamkast-my-data-{timezone.now():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(archive, content_type="application/zip", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@unstored
@login_required
@reauthentication_required
def erase_account(request: HttpRequest) -> HttpResponse:
    form = ErasureForm(request.POST or None, email=request.user.email)
    if request.method == "POST" and form.is_valid():
        try:
            return _leave(request, request.user)
        except ErasureRefused:
            pass  # The page below says why.
    future = outlook(user=request.user)
    context = {
        "form": form,
        "refusals": refusals(user=request.user),
        "goes": future[Fate.GOES],
        "stays": future[Fate.STAYS_NAMELESS],
    }
    return render(request, "account/privacy_erase.html", context)


@require_safe
@unstored
def erased(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("accounts:privacy")
    return render(request, "account/privacy_erased.html")


def _leave(request: HttpRequest, user: User) -> HttpResponse:
    """The second click of a double one finds the account gone, which is what it wanted."""
    erase(user=user)
    logout(request)
    return redirect("accounts:erased")
