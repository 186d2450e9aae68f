from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin
from events.models import Announcement
from events.services import announcements


@admin.register(Announcement)
class AnnouncementAdmin(EventScopedAdmin):
    list_display = ["text_ja", "event", "level", "audience", "is_shown", "published_at", "withdrawn_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "level", "audience"]
    list_select_related = ["event"]
    search_fields = ["text_ja", "text_en"]
    readonly_fields = ["id", "author", "published_at", "withdrawn_at"]
    actions = ["publish", "withdraw"]

    @admin.display(description=_("shown"), boolean=True)
    def is_shown(self, announcement: Announcement) -> bool:
        return announcement.is_shown

    @admin.action(description=_("Publish the selected announcements"))
    @asks_first(_("Everybody whom they are meant for sees them now, also on open pages."))
    def publish(self, request: HttpRequest, queryset: QuerySet[Announcement]) -> None:
        rows = queryset.select_related("event")
        count = sum(announcements.publish(announcement=row, actor=request.user) for row in rows)
        text = ngettext("%(count)s announcement published.", "%(count)s announcements published.", count)
        self.message_user(request, text % {"count": count})

    @admin.action(description=_("Withdraw the selected announcements"))
    @asks_first(_("They vanish, also from open pages."))
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Announcement]) -> None:
        rows = queryset.select_related("event")
        count = sum(announcements.withdraw(announcement=row, actor=request.user) for row in rows)
        text = ngettext("%(count)s announcement withdrawn.", "%(count)s announcements withdrawn.", count)
        self.message_user(request, text % {"count": count})

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        if not change:
            obj.author = request.user
        announcements.save_announcement(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A shown one is withdrawn first, so that the open pages learn of it."""
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_shown)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions
