from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext_lazy as _

from accounts.rules import require_second_factor
from events.admin_groups import grouped
from events.overview import mail_todos, overview, present_events
from events.rules import can_open_admin

Pages = Callable[[Callable[..., Any]], list[URLPattern]]


class DreamkastAdminSite(AdminSite):
    """Django admin, opened by predicate and never by a flag on the account."""

    site_title = site_header = "Dreamkast"
    index_title = _("Organize")
    enable_nav_sidebar = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[Pages] = []

    def add_pages(self, pages: Pages) -> None:
        """Pages of an app that belong to no single model; `pages` is given the admin's door."""
        self._pages.append(pages)

    def get_urls(self) -> list[Any]:
        """The apps' own pages first: the last pattern of the admin's catches everything."""
        return [url for pages in self._pages for url in pages(self.admin_view)] + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """What needs doing in each own event stands before the lists."""
        overviews = [overview(event) for event in present_events(request)]
        shown = {"overviews": overviews, "site_todos": mail_todos(request.user)}  # type: ignore[arg-type]
        return super().index(request, shown | (extra_context or {}))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """In the order in which a conference is organized, not by app."""
        apps = super().get_app_list(request, app_label)
        return apps if app_label else grouped(apps)

    def has_permission(self, request: HttpRequest) -> bool:
        return can_open_admin(request.user)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if not self.has_permission(request):
                raise PermissionDenied
            require_second_factor(request)
            response: HttpResponse = inner(request, *args, **kwargs)
            return response

        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our own sign-in: there is no password form here."""
        target = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(target, reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))
