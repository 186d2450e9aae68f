from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from events.admin.frame_part import FramePartAdmin
from events.models import Day, Room, Track


@admin.register(Day)
class DayAdmin(FramePartAdmin):
    list_display = ["date", "event", "is_internal"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "is_internal"]
    list_select_related = ["event"]
    search_fields = ["date"]
    readonly_fields = ["id"]
    date_hierarchy = "date"


@admin.register(Room)
class RoomAdmin(FramePartAdmin):
    list_display = ["name_ja", "name_en", "event", "seats"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event"]
    search_fields = ["name_ja", "name_en"]
    readonly_fields = ["id"]


@admin.register(Track)
class TrackAdmin(FramePartAdmin):
    list_display = ["name", "event", "position", "room"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "room"]
    search_fields = ["name", "room__name_ja", "room__name_en"]
    readonly_fields = ["id"]
