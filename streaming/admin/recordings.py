"""What was cut of each talk, to read; the control room's page of recordings is where it is done."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from events.admin_scope import ReadOnlyAdmin
from streaming.models import Recording


@admin.register(Recording)
class RecordingAdmin(ReadOnlyAdmin):
    event_path = "talk__event"
    list_display = ["talk", "track", "state", "starts_at", "ends_at", "round", "published_path", "request_id"]
    list_filter = [("talk__event", RelatedOnlyFieldListFilter), "state", "source"]
    list_select_related = ["talk__event", "track"]
    search_fields = ["talk__title", "error", "request_id"]
    date_hierarchy = "starts_at"
