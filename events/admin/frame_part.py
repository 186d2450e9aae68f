from typing import Any

from django.db.models import ImageField, QuerySet, URLField
from django.http import HttpRequest

from events.admin_scope import EventScopedAdmin
from events.pictures import PictureField
from events.services.frame import delete_part, save_part


class FramePartAdmin(EventScopedAdmin):
    """Rows of an event's frame: each change of them is told to the open pages."""

    formfield_overrides = {
        URLField: {"assume_scheme": "https"},
        ImageField: {"form_class": PictureField},
    }

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        save_part(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        delete_part(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for part in queryset.select_related("event"):
            delete_part(part)
