from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import ImageField, URLField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from events.admin.life import LifePages
from events.admin.new_event import NewEventPages
from events.admin_scope import EventScopedAdmin, EventScopedInline, SameEventForm
from events.enums import EventStatus
from events.models import Day, Event, Room, Track
from events.pictures import PictureField
from events.services.frame import announce_frame, stored_event
from events.theme import Theme, is_near_live_red, theme_of

ICON_SIDES = (32, 1024)
GROUNDS = ("#ffffff", "#141a1c")
NEAR_RED = _("This accent can be taken for the red of “on air”. A darker or less red one is better.")


class DayInline(EventScopedInline):
    model = Day


class RoomInline(EventScopedInline):
    model = Room


class TrackInline(EventScopedInline):
    model = Track

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None:
            # Read once for all rows: each row's field would ask for the rooms again.
            field.choices = list(field.choices)
        return field


class EventForm(SameEventForm):
    def clean_favicon(self) -> Any:
        """Only a new file has been opened and knows its size."""
        file = self.cleaned_data["favicon"]
        if hasattr(file, "image"):
            width, height = file.image.size
            if width != height or not ICON_SIDES[0] <= width <= ICON_SIDES[1]:
                text = _("The favicon has to be a square of 32 to 1,024 pixels; this one has %(size)s.")
                raise forms.ValidationError(text, params={"size": f"{width} × {height}"})
        return file


@admin.register(Event)
class EventAdmin(NewEventPages, LifePages, EventScopedAdmin):
    form = EventForm
    formfield_overrides = {
        URLField: {"assume_scheme": "https"},
        ImageField: {"form_class": PictureField},
    }
    event_path = ""
    list_display = ["name_ja", "name_en", "slug", "status", "is_open_to_all", "time_zone"]
    list_filter = ["status", "is_open_to_all"]
    search_fields = ["slug", "name_ja", "name_en"]
    readonly_fields = ["id", "life", "theme_preview"]
    inlines = [DayInline, RoomInline, TrackInline]
    fieldsets = [
        (None, {"fields": ["id", "slug", ("name_ja", "name_en"), ("life", "is_open_to_all"), "time_zone"]}),
        (_("Look"), {"fields": [("accent", "ground"), "theme_preview", "logo", "key_visual", "favicon"]}),
        (
            _("Texts"),
            {
                "fields": [
                    ("tagline_ja", "tagline_en"),
                    "about_ja",
                    "about_en",
                    ("venue_ja", "venue_en"),
                    ("organizer_ja", "organizer_en"),
                    "contact_url",
                ]
            },
        ),
        (_("Privacy"), {"fields": ["retention_days"]}),
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """With an event everything goes that hangs on it."""
        return bool(request.user.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The address hangs on every link and calendar once the event is announced."""
        fixed = super().get_readonly_fields(request, obj)
        is_known = obj is not None and obj.status != EventStatus.DRAFT
        return [*fixed, "slug"] if is_known else fixed

    @admin.display(description=_("status"))
    def life(self, event: Event) -> SafeString:
        address = reverse("admin:events_event_life", args=[event.pk])
        words = _("Change the status and what is shown")
        return format_html('{} · <a href="{}">{}</a>', event.get_status_display(), address, words)

    @admin.display(description=_("Preview"))
    def theme_preview(self, event: Event) -> SafeString | str:
        if not event.accent:
            return ""
        warning = format_html("<p>⚠ {}</p>", NEAR_RED) if is_near_live_red(event.accent) else ""
        theme = theme_of(event.accent, event.ground)
        pictures = ((_swatch(theme, ground, mode),) for mode, ground in enumerate(GROUNDS))
        return format_html("{}{}", format_html_join(" ", "{}", pictures), warning)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        form.before = stored_event(obj)
        super().save_model(request, obj, form, change)
        if is_near_live_red(obj.accent):
            self.message_user(request, NEAR_RED, messages.WARNING)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.changed_data or any(formset.has_changed() for formset in formsets):
            announce_frame(event=form.instance, before=form.before)


def _swatch(theme: Theme, ground: str, mode: int) -> SafeString:
    """A drawing, because the pages allow no style attribute: button, tint, link and hero on the ground."""
    return format_html(
        '<svg width="260" height="92" role="img" aria-label="{label}">'
        '<rect width="260" height="92" rx="6" fill="{ground}" stroke="#8888"/>'
        '<rect x="12" y="12" width="92" height="30" rx="5" fill="{fill}"/>'
        '<text x="58" y="32" text-anchor="middle" font-size="13" fill="{on}">{button}</text>'
        '<rect x="114" y="12" width="134" height="30" rx="5" fill="{tint}" stroke="{line}"/>'
        '<text x="126" y="32" font-size="13" fill="{link}">{words}</text>'
        '<rect x="12" y="52" width="236" height="28" rx="5" fill="{deep}"/>'
        '<text x="24" y="71" font-size="13" fill="#ffffff">{hero}</text></svg>',
        label=_("dark") if mode else _("light"),
        ground=ground,
        fill=theme.fill,
        on=theme.on_accent,
        tint=theme.tint[mode],
        line=theme.line[mode],
        link=theme.ink[mode],
        deep=theme.deep,
        button=_("Watch"),
        words=_("a link"),
        hero=_("dark") if mode else _("light"),
    )
