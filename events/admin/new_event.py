"""The pages on which an event is made: from a few words, or from the frame of an earlier one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from events.frame_forms import CopyEventForm, NewEventForm
from events.models import Event
from events.rules import can_make_events
from events.services.copying import copy_event
from events.services.frame import make_event


class NewEventPages:
    """Stands before LifePages, whose `own_event` and `page` it uses."""

    def get_urls(self) -> list[Any]:
        copy = self.admin_site.admin_view(self.copy_view)  # type: ignore[attr-defined]
        own = [path("<int:event_id>/copy/", copy, name="events_event_copy")]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_make_events(request.user)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not can_make_events(request.user):
            raise PermissionDenied
        form = NewEventForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self.page(request, None, "new.html", _("New event"), form=form)  # type: ignore[attr-defined]
        clean = {name: form.cleaned_data[name] for name in ("first_day", "last_day", "tracks")}
        return self._made(request, make_event(event=form.new_event(), **clean, actor=request.user))

    def copy_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        source = self.own_event(request, event_id)  # type: ignore[attr-defined]
        form = CopyEventForm(request.POST if request.method == "POST" else None, initial=_names(source))
        if not form.is_valid():
            return self.page(request, source, "copy.html", _("Copy the event"), form=form)  # type: ignore[attr-defined]
        clean = form.cleaned_data
        names = {name: clean.pop(name) for name in ("name_ja", "name_en", "slug")}
        return self._made(request, copy_event(source=source, names=names, **clean, actor=request.user))

    def _made(self, request: HttpRequest, event: Event) -> HttpResponse:
        messages.success(request, _("“%(event)s” is there as a draft: only staff see it.") % {"event": event})
        return redirect("admin:events_event_change", event.pk)


def _names(source: Event) -> dict[str, str]:
    return {"name_ja": source.name_ja, "name_en": source.name_en}
