from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.rules import can_open_admin


class DreamkastAdminSite(AdminSite):
    """Django admin, opened by predicate and never by a flag on the account."""

    site_title = site_header = _("Dreamkast")
    index_title = _("Organize")

    def has_permission(self, request: HttpRequest) -> bool:
        return can_open_admin(request.user)
