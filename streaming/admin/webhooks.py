"""Webhooks of an event: made here, the secret shown once, the last answers in sight."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from events.admin_scope import EventScopedAdmin
from streaming.models import Webhook, WebhookDelivery
from streaming.services.webhooks import send_test

SHOWN = 20


@admin.register(Webhook)
class WebhookAdmin(EventScopedAdmin):
    list_display = ["name", "event", "track", "is_active", "last_result"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "is_active"]
    list_select_related = ["event", "track"]
    search_fields = ["name"]
    fields = [
        "event",
        "name",
        "url",
        "track",
        "wants_due",
        "wants_on_air",
        "wants_health",
        "wants_announcements",
        "is_active",
    ]
    actions = ["test"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        newest = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).order_by("-pk")
        names = {"last_status": "status", "last_error": "error", "last_try_at": "try_at"}
        last = {name: Subquery(newest.values(field)[:1]) for name, field in names.items()}
        return super().get_queryset(request).annotate(**last)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.fields, "recent"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "recent"]

    @admin.display(description=_("last result"))
    def last_result(self, hook: Any) -> Any:
        return _result(hook.last_status, hook.last_error, hook.last_try_at)

    @admin.display(description=_("last messages"))
    def recent(self, hook: Webhook) -> Any:
        rows = hook.deliveries.all()[:SHOWN]
        return format_html_join("", "<p>{} {}: {}</p>", map(_line, rows)) or "–"

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: Any = None) -> HttpResponse:
        """The secret goes straight into this page, and into no other."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("The new webhook"),
            "opts": self.opts,
            "webhook": obj,
        }
        return TemplateResponse(request, "admin/streaming/webhook/issued.html", context)

    @admin.action(description=_("Send a test message"))
    def test(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        for hook in queryset:
            send_test(hook)
        self.message_user(request, _("It goes out within seconds; the result stands in the list."))


def _line(row: WebhookDelivery) -> tuple[str, str, Any]:
    at = timezone.localtime(row.created_at).strftime("%m-%d %H:%M:%S")
    return at, row.get_kind_display(), _result(row.status, row.error, row.try_at)


def _result(status: int | None, error: str | None, try_at: Any) -> Any:
    if status is not None and not error:
        return _("arrived (%(status)s)") % {"status": status}
    if try_at is not None:
        return _("is tried again: %(error)s") % {"error": error} if error else _("on its way")
    return _("given up: %(error)s") % {"error": error} if error else "–"
