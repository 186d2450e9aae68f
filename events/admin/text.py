from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import HttpRequest

from events.admin.frame_part import FramePartAdmin
from events.admin_scope import ReadOnlyAdmin
from events.models import EventLink, EventText, LifeChange, TeamMember


@admin.register(EventText)
class EventTextAdmin(FramePartAdmin):
    list_display = ["kind", "event", "updated_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["event"]
    search_fields = ["body_ja", "body_en"]
    fields = ["event", "kind", "body_ja", "body_en"]

    def view_on_site(self, text: EventText) -> str:
        return text.get_absolute_url()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A text stays what it is: its address hangs on it."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "kind"] if obj else fixed


@admin.register(EventLink)
class EventLinkAdmin(FramePartAdmin):
    list_display = ["title_ja", "title_en", "event", "url", "position"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["title_ja", "title_en", "url"]
    fields = ["event", ("title_ja", "title_en"), "url", "position"]


@admin.register(TeamMember)
class TeamMemberAdmin(FramePartAdmin):
    list_display = ["name_ja", "name_en", "event", "duty_ja", "position", "is_shown"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "is_shown"]
    list_select_related = ["event"]
    search_fields = ["name_ja", "name_en", "duty_ja", "duty_en"]
    fields = [
        "event",
        ("name_ja", "name_en"),
        ("duty_ja", "duty_en"),
        "picture",
        ("url", "github", "x"),
        ("position", "is_shown"),
    ]


@admin.register(LifeChange)
class LifeChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "verb", "before", "after", "actor"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["event", "actor"]
    search_fields = ["actor__email", "actor__name"]
    date_hierarchy = "at"
