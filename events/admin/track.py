from typing import Any

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from events.admin_scope import EventScopedAdmin
from events.models import Day, Room, Track
from events.services.frame import delete_track, save_track


@admin.register(Day)
class DayAdmin(EventScopedAdmin):
    list_display = ["date", "event", "is_internal"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "is_internal"]
    list_select_related = ["event"]
    search_fields = ["date"]
    readonly_fields = ["id"]
    date_hierarchy = "date"


@admin.register(Room)
class RoomAdmin(EventScopedAdmin):
    list_display = ["name_ja", "name_en", "event", "seats"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name_ja", "name_en"]
    readonly_fields = ["id"]


@admin.register(Track)
class TrackAdmin(EventScopedAdmin):
    list_display = ["name", "event", "position", "room"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "room"]
    search_fields = ["name", "room__name_ja", "room__name_en"]
    readonly_fields = ["id"]

    def save_model(self, request: HttpRequest, obj: Track, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        save_track(obj)

    def delete_model(self, request: HttpRequest, obj: Track) -> None:
        delete_track(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Track]) -> None:
        for track in queryset.select_related("event"):
            delete_track(track)
