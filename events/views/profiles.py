from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.rules import require_own_sign_in
from events.models import Event, ProfilePicture, PublicProfile, Registration
from events.profile_forms import PublicProfileForm
from events.services.profiles import remove_profile, save_profile
from events.views.scope import event_or_404

ON_A_PAGE = 60


@require_safe
@never_cache
def attendees(request: HttpRequest, event: str) -> HttpResponse:
    """Only those who said that they want to be seen."""
    scope = event_or_404(request, event)
    profiles = PublicProfile.objects.filter(registration__event=scope, is_public=True)
    shown = profiles.select_related("picture").defer("picture__webp")
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "events/attendees.html", {"event": scope, "page": page})


@require_safe
@never_cache
def profile_picture(request: HttpRequest, event: str, public_id: Any) -> HttpResponse:
    """Everybody sees the picture of a public profile, and only the owner that of a hidden one."""
    scope = event_or_404(request, event)
    pictures = ProfilePicture.objects.filter(
        profile__registration__event=scope, profile__public_id=public_id
    ).select_related("profile__registration")
    if not pictures.filter(profile__is_public=True).exists():
        owner = request.user if isinstance(request.user, User) else None
        pictures = pictures.filter(profile__registration__user=owner)
    return HttpResponse(bytes(get_object_or_404(pictures).webp), content_type="image/webp")


@never_cache
def public_profile(request: HttpRequest, event: str) -> HttpResponse:
    """The own profile: make, change, remove. Whoever is not registered is led there and back."""
    scope, user = event_or_404(request, event), request.user
    if not isinstance(user, User):
        return redirect_to_login(request.get_full_path())
    require_own_sign_in(request)
    row = (
        Registration.objects.select_related("public_profile__picture").filter(event=scope, user=user).first()
    )
    if row is None:
        back = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('events:registration', args=[scope.slug])}?{back}")
    if request.POST.get("action") == "remove":
        return _remove(request, scope, row)
    return _edit(request, scope, row)


def _edit(request: HttpRequest, event: Event, row: Registration) -> HttpResponse:
    profile = getattr(row, "public_profile", None)
    picture = getattr(profile, "picture", None)
    form = PublicProfileForm(
        request.POST or None,
        request.FILES or None,
        instance=PublicProfile(**_kept(profile), registration=row),
        has_picture=picture is not None,
    )
    if not form.is_valid():
        page = {"event": event, "form": form, "profile": profile, "picture": picture}
        return render(request, "events/public_profile.html", page)
    clean = dict(form.cleaned_data)
    picture_file, drop = clean.pop("picture"), clean.pop("drop_picture", False)
    save_profile(registration=row, fields=clean, picture=picture_file, drop_picture=drop)
    messages.success(request, _("Your public profile has been saved."))
    return redirect("talks:dashboard", event.slug)


def _kept(profile: PublicProfile | None) -> dict[str, Any]:
    """What the form begins with, on an object of its own: a refused form must not change the page's."""
    names = ["nickname", "line", "x_name", "github_name", "is_public"]
    return {name: getattr(profile, name) for name in names} if profile else {}


def _remove(request: HttpRequest, event: Event, row: Registration) -> HttpResponse:
    remove_profile(registration=row)
    messages.success(request, _("Your public profile is removed."))
    return redirect("events:public_profile", event.slug)
