"""The pages on which an event's status and switches are changed, each step after a look at what it does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.enums import EventStatus
from events.errors import StepRefused
from events.life_preview import preview
from events.models import Event
from events.rules import can_organize
from events.services.life import take_step
from events.states import STATUS_STEPS, SWITCH_STEPS, Verb, is_possible

LOG_LENGTH = 50


class LifePages:
    """Two pages for the admin of events: where the event stands, and one step of it."""

    def get_urls(self) -> list[Any]:
        guarded = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("<int:event_id>/life/", guarded(require_safe(self.life_view)), name="events_event_life"),
            path(
                "<int:event_id>/life/<slug:verb>/",
                guarded(require_http_methods(["GET", "HEAD", "POST"])(self.step_view)),
                name="events_event_step",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def life_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        event = self.own_event(request, event_id)
        log = event.life_changes.select_related("actor")[:LOG_LENGTH]
        rows = {
            "statuses": EventStatus.choices,
            "steps": _steps(event),
            "switches": _switches(event),
            "log": log,
        }
        return self.page(request, event, "life.html", _("Status and switches"), **rows)

    def step_view(self, request: HttpRequest, event_id: int, verb: str) -> HttpResponse:
        event = self.own_event(request, event_id)
        if verb not in Verb:
            raise Http404
        if request.method == "POST":
            return self._take(request, event, Verb(verb))
        shown = preview(event, Verb(verb))
        return self.page(request, event, "step.html", Verb(verb).label, preview=shown)

    def own_event(self, request: HttpRequest, event_id: int) -> Event:
        """404 for an event of others, as on every page of the admin."""
        event: Event | None = self.get_object(request, str(event_id))  # type: ignore[attr-defined]
        if event is None:
            raise Http404
        if not can_organize(request.user, event):
            raise PermissionDenied
        return event

    def page(
        self, request: HttpRequest, event: Event | None, template: str, title: str, **more: Any
    ) -> HttpResponse:
        site, opts = self.admin_site, self.opts  # type: ignore[attr-defined]
        context = {**site.each_context(request), "opts": opts, "title": title, "original": event, **more}
        with timezone.override(event.zone if event else None):
            return TemplateResponse(request, f"admin/events/event/{template}", context).render()

    def _take(self, request: HttpRequest, event: Event, verb: Verb) -> HttpResponse:
        try:
            take_step(event=event, verb=verb, actor=request.user)  # type: ignore[arg-type]
        except StepRefused:
            refusal = preview(self.own_event(request, event.pk), verb).refusal
            messages.error(request, refusal or _("Somebody else changed the event just now. Look again."))
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": verb.label})
        return redirect("admin:events_event_life", event.pk)


def _steps(event: Event) -> list[Verb]:
    return [verb for verb in STATUS_STEPS if is_possible(verb, vars(event))]


def _switches(event: Event) -> list[dict[str, Any]]:
    """Each switch with its name, its state and the step that turns it; none where it may not be turned."""
    turning = {step.name: verb for verb, step in SWITCH_STEPS.items() if is_possible(verb, vars(event))}
    names = dict.fromkeys(step.name for step in SWITCH_STEPS.values())
    return [
        {
            "name": Event._meta.get_field(name).verbose_name,
            "is_on": getattr(event, name),
            "verb": turning.get(name),
        }
        for name in names
    ]
