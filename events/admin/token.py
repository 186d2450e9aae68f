from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin
from events.models import ApiToken
from events.services.tokens import issue_token, revoke_token

VALID_FOR = timedelta(days=90)


@admin.register(ApiToken)
class ApiTokenAdmin(EventScopedAdmin):
    """A token is made for oneself and may do what its owner may. Its text is shown once."""

    list_display = ["name", "event", "owner", "scope", "expires_at", "last_used_at", "revoked_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "can_control"]
    list_select_related = ["event", "owner", "track"]
    search_fields = ["name", "owner__email"]
    fields = ["event", "name", "can_control", "track", "expires_at"]
    actions = ["revoke"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.fields, "owner", "created_at", "last_used_at", "revoked_at"] if obj else self.fields

    @admin.display(description=pgettext_lazy("token", "may"))
    def scope(self, token: ApiToken) -> Any:
        if not token.can_control:
            return pgettext("token", "read")
        if token.track is None:
            return pgettext("token", "control all tracks")
        return pgettext("token", "control track %(name)s") % {"name": token.track.name}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | {"expires_at": timezone.now() + VALID_FOR}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        obj.owner = request.user
        self.check_scope(request, obj)
        names = ["event", "owner", "name", "can_control", "track", "expires_at"]
        row, text = issue_token(**{name: getattr(obj, name) for name in names})
        obj.pk = row.pk
        request.issued_token = text  # type: ignore[attr-defined]

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: Any = None
    ) -> HttpResponse:
        """The text goes straight into this page: a message would lie in a cookie or a session on its way."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The new token"),
            "opts": self.opts,
            "token": obj,
            "text": request.issued_token,
        }
        return TemplateResponse(request, "admin/events/apitoken/issued.html", context)

    @admin.action(description=_("Revoke the selected tokens"))
    @asks_first(_("Programs that use them are refused at once, and it cannot be undone: make new ones."))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        for token in queryset:
            revoke_token(token)
        self.message_user(request, _("The tokens are worthless from now on."))
