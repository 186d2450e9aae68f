"""The part of the admin that a person may see: what belongs to the events that they organize."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db.models import Model, ProtectedError, QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.admin_history import history_of
from events.enums import Role
from events.models import Event
from events.rules import can_open_admin, can_organize


def own_events(request: HttpRequest) -> list[Event]:
    """The events that the person organizes, newest first; one query for each request."""
    known: list[Event] | None = getattr(request, "_own_events", None)
    if known is None:
        events = Event.objects.all()
        if not request.user.is_superuser:
            events = events.filter(role_grants__user=request.user.pk, role_grants__role=Role.ORGANIZER)
        known = request._own_events = list(events.distinct()) if can_open_admin(request.user) else []  # type: ignore[attr-defined]
    return known


def event_of(thing: Model, path: str) -> Event | None:
    """Follow `track__event` and the like; an empty path is the event itself."""
    target: Any = thing
    for name in filter(None, path.split("__")):
        target = getattr(target, name, None)
    return target


def event_path_of(model: type[Model]) -> str | None:
    """How a model reaches its event, or None when it belongs to none."""
    if model is Event:
        return ""
    names = {field.name for field in model._meta.get_fields()}
    return next(
        (
            path
            for path in ("event", "track__event", "stream__track__event", "talk__event")
            if path.partition("__")[0] in names
        ),
        None,
    )


def scoped(request: HttpRequest, queryset: QuerySet[Any], path: str) -> QuerySet[Any]:
    ids = [event.pk for event in own_events(request)]
    return queryset.filter(**{f"{path}__in" if path else "pk__in": ids})


class SameEventForm(forms.ModelForm):
    """What an object points at belongs to the object's own event."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        event_id = self._event_id()
        for name, value in list(cleaned.items()):
            if event_id and getattr(value, "event_id", event_id) != event_id:
                self.add_error(name, _("This belongs to another event."))
        return cleaned

    def _event_id(self) -> int | None:
        chosen = self.cleaned_data.get("event")
        return chosen.pk if chosen else getattr(self.instance, "event_id", None)


class ScopedFields:
    """Choices of related objects: of the object's event, or of the person's own events while it is new."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        path = event_path_of(db_field.remote_field.model)
        if path is not None:
            every = db_field.remote_field.model._default_manager.all()
            kwargs["queryset"] = self._choices(request, every, path)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if db_field.remote_field.model is Event and field is not None and len(own_events(request)) == 1:
            field.initial, field.empty_label = own_events(request)[0], None
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nobody deletes a track or a room from beside a menu."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def _choices(self, request: HttpRequest, every: QuerySet[Any], path: str) -> QuerySet[Any]:
        edited: Event | None = getattr(request, "_edited_event", None)
        if path and edited is not None:
            return every.filter(**{path: edited})
        return scoped(request, every, path)


class NamedFormSet(forms.BaseInlineFormSet):
    def get_deletion_widget(self) -> Any:
        """Named like the others, see EventScopedInline."""
        return forms.CheckboxInput(attrs={"aria-label": _("Delete")})


class EventScopedInline(ScopedFields, admin.TabularInline):
    """Rows of an object that the person may edit: whoever may edit the object may edit its rows."""

    extra = 0
    formset = NamedFormSet

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the table's head names the fields; each says its name itself too."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = getattr(field.widget, "widget", field.widget)
            widget.attrs.setdefault("aria-label", field.label or db_field.verbose_name)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(own_events(request))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return bool(own_events(request))

    has_change_permission = has_delete_permission = has_view_permission


class EventScopedAdmin(ScopedFields, admin.ModelAdmin):
    """Everything of other events looks as if it did not exist: lists, pages, choices, searches, actions.

    `event_path` leads from the model to its event.
    """

    form = SameEventForm
    event_path = "event"
    list_per_page = 50
    # The assumption becomes Django's own with version 6.
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return scoped(request, super().get_queryset(request), self.event_path)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(own_events(request)) or request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(own_events(request))

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_organize(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_organize(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may_organize(request, obj)

    def _may_organize(self, request: HttpRequest, obj: Model | None) -> bool:
        if obj is None:
            return self.has_module_permission(request)
        event = event_of(obj, self.event_path)
        return event is not None and can_organize(request.user, event)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """An object stays in its event."""
        fixed = ["event"] if obj is not None and self.event_path == "event" else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def check_scope(self, request: HttpRequest, obj: Any) -> None:
        """Refuse to write into an event of others, whatever the form let through."""
        event = event_of(obj, self.event_path)
        if event is None or (event.pk and not can_organize(request.user, event)):
            raise PermissionDenied

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        self.check_scope(request, obj)
        super().save_model(request, obj, form, change)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Times are written and read in the event's zone."""
        event = self._event_in_hand(request, object_id)
        request._edited_event = event if object_id else None  # type: ignore[attr-defined]
        with timezone.override(event.zone if event else None):
            return _rendered(super().changeform_view(request, object_id, *args, **kwargs))

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        events = own_events(request)
        with timezone.override(events[0].zone if events else None):
            return _rendered(super().changelist_view(request, *args, **kwargs))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own log, and ours of what services did."""
        thing = self.get_object(request, object_id)
        event = event_of(thing, self.event_path) if thing else None
        with timezone.override(event.zone if event else None):
            extra = {"lines": history_of(thing) if thing else [], **(extra_context or {})}
            return _rendered(super().history_view(request, object_id, extra))

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args, **kwargs)
        except ProtectedError:
            # Somebody put it on air between the question and the answer.
            self.message_user(request, _("It is in use now and was not deleted."), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def _event_in_hand(self, request: HttpRequest, object_id: str | None) -> Event | None:
        if object_id:
            obj = self.get_object(request, object_id)
            return event_of(obj, self.event_path) if obj else None
        chosen = request.POST.get("event") or request.GET.get("event")
        return next((event for event in own_events(request) if str(event.pk) == chosen), None) or next(
            iter(own_events(request)), None
        )

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404


class ReadOnlyAdmin(EventScopedAdmin):
    """Rows that only services write: they can be read and searched here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def _rendered(response: HttpResponse) -> HttpResponse:
    """Draw the page now, while the event's zone is the current one."""
    render = getattr(response, "render", None)
    return render() if render else response
