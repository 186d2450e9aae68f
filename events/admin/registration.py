from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dreamkast.lib.admin_history import add_notes, note
from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin
from events.consent import CONSENT
from events.enums import Attendance
from events.errors import NotOnSite
from events.models import ConsentText, Registration, RegistrationExport
from events.registration_pages import answers_in_words
from events.services.consent import publish_consent
from events.services.places import give_place, revoke_place
from events.services.registration import withdraw

add_notes(gave_place=_("Gave a place on site."), took_place=_("Took the place on site back."))
NOBODY_ON_SITE = _("This event takes nobody on site.")


class PlaceFilter(admin.SimpleListFilter):
    title = _("place on site")
    parameter_name = "place"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("held", _("has one")), ("waiting", _("waits for one")), ("none", _("wants none"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> QuerySet[Registration]:
        if self.value() == "held":
            return queryset.filter(attendance=Attendance.ON_SITE)
        if self.value() == "waiting":
            return queryset.filter(waiting_number__isnull=False)
        if self.value() == "none":
            return queryset.filter(attendance=Attendance.ONLINE, waiting_number=None)
        return queryset


@admin.register(Registration)
class RegistrationAdmin(EventScopedAdmin):
    """People register themselves, because they consent; here they are found, and withdrawn at their wish."""

    list_display = ["person", "email", "event", "attendance", "waiting_number", "created_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "attendance", PlaceFilter, "consent_version"]
    list_select_related = ["event", "user"]
    search_fields = ["user__email", "user__name"]
    date_hierarchy = "created_at"
    fields = [
        "public_id",
        "event",
        "person",
        "email",
        "attendance",
        "waiting_number",
        "created_at",
        "consent_version",
        "consented_at",
        "given",
    ]
    actions = ["give_places", "revoke_places"]

    @admin.display(description=_("person"), ordering="user__name")
    def person(self, registration: Registration) -> str:
        return registration.user.display_name

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, registration: Registration) -> str:
        return registration.user.email

    @admin.display(description=_("answers"))
    def given(self, registration: Registration) -> SafeString | str:
        rows = answers_in_words(registration)
        lines = format_html_join("", "<dt><b>{}</b></dt><dd>{}</dd>", rows)
        return format_html("<dl>{}</dl>", lines) if rows else "-"

    @admin.action(description=_("Give a place on site (if all are taken, one more is made)"))
    @asks_first(
        _("They come on site, past the waiting list, and get a mail."),
        _("If all places are taken, the event has one more for each of them."),
    )
    def give_places(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        given = 0
        for row in _with_events(queryset):
            try:
                is_given = give_place(registration=row, actor=request.user)
            except NotOnSite:
                self.message_user(request, f"{row}: {NOBODY_ON_SITE}", messages.ERROR)
                continue
            given += self._noted(request, row, is_given, "gave_place")
        text = ngettext("%(count)s place given.", "%(count)s places given.", given)
        self.message_user(request, text % {"count": given})

    @admin.action(description=_("Take the place back (the first who waits gets it)"))
    @asks_first(
        _("They take part online from now on, and get no mail: write to them."),
        _("The first who wait get the places, and a mail."),
    )
    def revoke_places(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        taken = 0
        for row in _with_events(queryset):
            is_taken = revoke_place(registration=row, actor=request.user)
            taken += self._noted(request, row, is_taken, "took_place")
        text = ngettext("%(count)s place taken back.", "%(count)s places taken back.", taken)
        self.message_user(request, text % {"count": taken})

    def _noted(self, request: HttpRequest, row: Registration, is_done: bool, key: str) -> bool:
        if is_done:
            note(request, row, key)
        return is_done

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if "delete_selected" in actions:
            delete, name, _text = actions["delete_selected"]
            actions["delete_selected"] = (delete, name, _("Withdraw the selected registrations"))
        return actions

    def delete_model(self, request: HttpRequest, obj: Registration) -> None:
        withdraw(registration=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        for registration in _with_events(queryset):
            withdraw(registration=registration)


def _with_events(queryset: QuerySet[Registration]) -> QuerySet[Registration]:
    return queryset.select_related("event", "user")


@admin.register(RegistrationExport)
class RegistrationExportAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "kind", "rows", "actor"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["event", "actor"]
    search_fields = ["actor__email", "actor__name"]
    date_hierarchy = "at"


@admin.register(ConsentText)
class ConsentTextAdmin(EventScopedAdmin):
    """A text is never changed: a new version is published beside it."""

    list_display = ["event", "version", "published_at", "author"]
    list_filter = [("event", RelatedOnlyFieldListFilter)]
    list_select_related = ["event", "author"]
    search_fields = ["text_ja", "text_en"]
    fields = ["event", "text_ja", "text_en"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["version", *self.fields, "published_at", "author"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.get_fields(request, obj)) if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The present text, to go on from."""
        event = self._event_in_hand(request, None)
        newest = ConsentText.objects.filter(event=event).first()
        texts = (
            {"text_ja": newest.text_ja, "text_en": newest.text_en} if newest else {"text_ja": str(CONSENT)}
        )
        return {"event": event.pk if event else None, **texts}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: ConsentText, form: forms.ModelForm, change: bool) -> None:
        self.check_scope(request, obj)
        row = publish_consent(event=obj.event, text_ja=obj.text_ja, text_en=obj.text_en, actor=request.user)
        obj.pk = row.pk


def _built_in() -> dict[str, str]:
    texts = {}
    for language in ("ja", "en"):
        with translation.override(language):
            texts[f"text_{language}"] = str(CONSENT)
    return texts
