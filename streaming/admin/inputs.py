"""Which input was asked for, when, and what became of it, to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from events.admin_scope import ReadOnlyAdmin
from streaming.models import InputSwitch


@admin.register(InputSwitch)
class InputSwitchAdmin(ReadOnlyAdmin):
    event_path = "stream__track__event"
    list_display = [
        "requested_at",
        "stream",
        "number",
        "target",
        "at",
        "state",
        "fault",
        "accepted_at",
        "effective_at",
        "actor",
    ]
    list_filter = [("stream__track__event", RelatedOnlyFieldListFilter), "target", "state"]
    list_select_related = ["stream__track__event", "actor"]
    search_fields = ["stream__track__name", "detail"]
    date_hierarchy = "requested_at"
