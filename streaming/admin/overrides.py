"""Who let a do-not-stream talk through, and who tried what with it, to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from events.admin_scope import ReadOnlyAdmin
from streaming.models import AttemptLog, Override

EVENT = ("talk__event", RelatedOnlyFieldListFilter)


@admin.register(Override)
class OverrideAdmin(ReadOnlyAdmin):
    event_path = "talk__event"
    list_display = [
        "asked_at",
        "talk",
        "verb",
        "asked_by",
        "reason",
        "confirmed_by",
        "expires_at",
        "withdrawn_at",
    ]
    list_filter = [EVENT, "verb"]
    list_select_related = ["talk__event", "asked_by", "confirmed_by"]
    search_fields = ["talk__title", "reason", "asked_by__email", "confirmed_by__email"]
    date_hierarchy = "asked_at"


@admin.register(AttemptLog)
class AttemptLogAdmin(ReadOnlyAdmin):
    event_path = "talk__event"
    list_display = ["at", "talk", "verb", "outcome", "actor", "source", "detail"]
    list_filter = [EVENT, "verb", "outcome"]
    list_select_related = ["talk__event", "actor"]
    search_fields = ["talk__title", "actor__email", "detail"]
    date_hierarchy = "at"
