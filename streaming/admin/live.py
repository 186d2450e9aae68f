"""What is on air, who was on duty and what was done, to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.utils.translation import gettext_lazy as _

from events.admin_scope import ReadOnlyAdmin
from streaming.models import Duty, DutyLog, OnAir, OnAirLog, RefusedCommand, Shift

EVENT = ("track__event", RelatedOnlyFieldListFilter)


@admin.register(OnAir)
class OnAirAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["track", "event", "talk", "card", "since", "next_talk", "revision"]
    list_filter = [EVENT, "card"]
    list_select_related = ["track__event", "talk", "next_talk"]
    search_fields = ["track__name", "talk__title"]

    @admin.display(description=_("event"))
    def event(self, on_air: OnAir) -> str:
        return str(on_air.track.event)


@admin.register(OnAirLog)
class OnAirLogAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = [
        "at",
        "track",
        "revision",
        "command",
        "from_talk",
        "to_talk",
        "to_card",
        "actor",
        "source",
    ]
    list_filter = [EVENT, ("track", RelatedOnlyFieldListFilter), "command", "source"]
    list_select_related = ["track__event", "from_talk", "to_talk", "actor"]
    search_fields = ["from_talk__title", "to_talk__title", "actor__email"]
    date_hierarchy = "at"


@admin.register(Duty)
class DutyAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["track", "event", "person", "note", "locked_until"]
    list_filter = [EVENT]
    list_select_related = ["track__event", "person"]
    search_fields = ["track__name", "person__email", "note"]

    @admin.display(description=_("event"))
    def event(self, duty: Duty) -> str:
        return str(duty.track.event)


@admin.register(DutyLog)
class DutyLogAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["at", "track", "step", "previous", "actor"]
    list_filter = [EVENT, ("track", RelatedOnlyFieldListFilter), "step"]
    list_select_related = ["track__event", "previous", "actor"]
    search_fields = ["track__name", "actor__email"]
    date_hierarchy = "at"


@admin.register(RefusedCommand)
class RefusedCommandAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["at", "track", "command", "talk", "card", "code", "actor", "source"]
    list_filter = [EVENT, ("track", RelatedOnlyFieldListFilter), "command", "code", "source"]
    list_select_related = ["track__event", "talk", "actor"]
    search_fields = ["talk__title", "actor__email"]
    date_hierarchy = "at"


@admin.register(Shift)
class ShiftAdmin(ReadOnlyAdmin):
    event_path = "track__event"
    list_display = ["at", "track", "talk", "minutes", "scope", "actor", "undone_at", "undone_by"]
    list_filter = [EVENT, ("track", RelatedOnlyFieldListFilter), "scope"]
    list_select_related = ["track__event", "talk", "actor", "undone_by"]
    search_fields = ["talk__title", "actor__email"]
    date_hierarchy = "at"
