"""What the cloud holds for us and what it costs, to read; who may push to an event's streams, to edit."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.http import HttpRequest

from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin
from streaming.models import EventMedia, MediaResource, RunningTime, Sweep, SweepFinding


@admin.register(EventMedia)
class EventMediaAdmin(EventScopedAdmin):
    event_path = "event"
    list_display = ["event", "encoders"]
    list_select_related = ["event"]
    search_fields = ["encoders"]


@admin.register(MediaResource)
class MediaResourceAdmin(ReadOnlyAdmin):
    event_path = "stream__track__event"
    list_display = ["name", "part", "stream", "seen", "round", "external_id", "asked_at", "seen_at"]
    list_filter = [("stream__track__event", RelatedOnlyFieldListFilter), "part", "seen"]
    list_select_related = ["stream__track__event"]
    search_fields = ["name", "external_id"]


@admin.register(RunningTime)
class RunningTimeAdmin(ReadOnlyAdmin):
    event_path = "stream__track__event"
    list_display = ["stream", "gateway", "since", "until"]
    list_filter = [("stream__track__event", RelatedOnlyFieldListFilter), "gateway"]
    list_select_related = ["stream__track__event"]
    search_fields = ["stream__track__name"]
    date_hierarchy = "since"


class AccountAdmin(admin.ModelAdmin):
    """Of the whole account in the cloud: only superusers see it, and only services write it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Sweep)
class SweepAdmin(AccountAdmin):
    list_display = ["started_at", "ended_at", "things", "strays", "removed", "error"]


@admin.register(SweepFinding)
class SweepFindingAdmin(AccountAdmin):
    list_display = ["name", "part", "seen", "verdict", "times", "first_seen_at", "last_seen_at", "gone_at"]
    list_filter = ["verdict", "part"]
    search_fields = ["name", "external_id"]
