import tempfile
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from events.admin_scope import EventScopedAdmin
from events.consent import consent_of
from events.models import Event, Question, RegistrationSettings
from events.registration_pages import turnout
from events.rules import can_export_registrations
from events.services.places import set_places
from events.services.questions import add_preset
from events.services.registration_export import WRITERS, export_registrations


class SettingsForm(forms.ModelForm):
    takes_on_site = forms.BooleanField(
        label=_("takes people on site"),
        required=False,
        help_text=_("Otherwise everybody takes part online. Who has a place keeps it."),
    )
    places = forms.IntegerField(
        label=_("places on site"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_(
            "Empty: no limit. When all are taken, people wait in order; more places go to them at once."
        ),
    )

    class Meta:
        model = RegistrationSettings
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {
            "takes_on_site": self.instance.has_on_site,
            "places": self.instance.on_site_places,
        }


@admin.register(RegistrationSettings)
class RegistrationSettingsAdmin(EventScopedAdmin):
    """One page for each event: places, questions, consent and exports."""

    event_path = ""
    form = SettingsForm
    fields = ["takes_on_site", "places"]
    list_display = ["name_ja", "takes_registrations", "has_on_site", "on_site_places", "held", "waiting"]
    search_fields = ["slug", "name_ja", "name_en"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        waiting = Count("registrations", filter=Q(registrations__waiting_number__isnull=False))
        rows = super().get_queryset(request)
        return rows.annotate(held=F("places__taken"), waiting=waiting)

    @admin.display(description=_("places taken"))
    def held(self, event: Any) -> int:
        return event.held or 0

    @admin.display(description=_("waiting"))
    def waiting(self, event: Any) -> int:
        return event.waiting

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        guarded = self.admin_site.admin_view
        return [
            path(
                "<int:event_id>/preset/",
                guarded(require_POST(self.preset_view)),
                name="events_registrationsettings_preset",
            ),
            path(
                "<int:event_id>/export/<slug:kind>/",
                guarded(require_POST(self.export_view)),
                name="events_registrationsettings_export",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        event = kwargs.get("obj")
        if event is not None:
            context |= {
                "turnout": turnout(event),
                "questions": Question.objects.for_event(event).asked(),
                "consent": consent_of(event),
                "kinds": list(WRITERS),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        moved = set_places(
            event=obj,
            has_on_site=form.cleaned_data["takes_on_site"],
            on_site_places=form.cleaned_data["places"],
            actor=request.user,  # type: ignore[arg-type]
        )
        if moved:
            text = ngettext(
                "%(count)s person who waited has a place now.",
                "%(count)s people who waited have a place now.",
                moved,
            )
            self.message_user(request, text % {"count": moved})

    def preset_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        event = self._own(request, event_id)
        count = add_preset(event=event)
        text = ngettext("%(count)s question added.", "%(count)s questions added.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)
        return redirect(reverse("admin:events_registrationsettings_change", args=[event.pk]))

    def export_view(self, request: HttpRequest, event_id: int, kind: str) -> HttpResponse:
        event = self._own(request, event_id)
        if kind not in WRITERS:
            raise Http404
        if not can_export_registrations(request.user, event):
            raise PermissionDenied
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it.
        export_registrations(event=event, kind=kind, file=file, actor=request.user)  # type: ignore[arg-type]
        file.seek(0)
        name = f"{event.slug}-registrations-{timezone.localdate(timezone=event.zone):%Y%m%d}.{kind}"
        response = FileResponse(file, as_attachment=True, filename=name)
        response["Cache-Control"] = "no-store"
        return response

    def _own(self, request: HttpRequest, event_id: int) -> Event:
        event: Event | None = self.get_object(request, str(event_id))
        if event is None:
            raise Http404
        return event
