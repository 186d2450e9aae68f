"""Roles in the admin: a page for each event, the list over all of one's events, and the log."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.models import User
from dreamkast.lib.bulk_question import asks_first
from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin, SameEventForm
from events.errors import LastOrganizer
from events.models import Event, JoinLink, RoleChange, RoleGrant, RoleInvitation
from events.people_of import colleagues
from events.role_forms import RoleForm
from events.rules import can_organize
from events.services.join_links import revoke_join_links
from events.services.reminders import send_reminders, unreminded
from events.services.roles import grant_role, invite_to_role, revoke_role, withdraw_invitation

LOG_LENGTH = 50
KEEP_ONE = _("This is the event's last organizer. Give somebody else the role first.")


class RoleGrantForm(SameEventForm):
    """The person is named by address, so that nobody leafs through other events' people."""

    email = forms.EmailField(label=_("e-mail"), help_text=_("The person has signed in here before."))

    class Meta:
        model = RoleGrant
        fields = ["event", "role"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        self.person = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.person is None:
            raise forms.ValidationError(
                _("Nobody has signed in with this address yet. The event's page “People and roles” invites.")
            )
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        named = {"event": cleaned.get("event"), "role": cleaned.get("role")}
        if getattr(self, "person", None) and RoleGrant.objects.filter(user=self.person, **named).exists():
            self.add_error("email", _("This person has the role already."))
        return cleaned


class PeoplePages:
    """The page "People and roles" of an event, and what is done on it."""

    def get_urls(self) -> list[Any]:
        guarded = self.admin_site.admin_view  # type: ignore[attr-defined]
        steps = {
            "": ("events_people", self.people_view),
            "revoke/<int:pk>/": ("events_people_revoke", require_POST(self.revoke_view)),
            "withdraw/<int:pk>/": ("events_people_withdraw", require_POST(self.withdraw_view)),
            "remind/": ("events_people_remind", require_POST(self.remind_view)),
        }
        ours = [
            path(f"of/<int:event_id>/{rest}", guarded(view), name=name)
            for rest, (name, view) in steps.items()
        ]
        return [*ours, *super().get_urls()]  # type: ignore[misc]

    def people_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        event = _own(request, event_id)
        form = RoleForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = invite_to_role(event=event, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _said(made))
            return redirect("admin:events_people", event.pk)
        return self._page(request, event, form)

    def revoke_view(self, request: HttpRequest, event_id: int, pk: int) -> HttpResponse:
        event = _own(request, event_id)
        grant = RoleGrant.objects.filter(event=event, pk=pk).select_related("user").first()
        if grant is not None:
            _revoke(request, grant)
        # Whoever gave their own role back has no page to return to.
        still = can_organize(User.objects.get(pk=request.user.pk), event)
        return redirect("admin:events_people", event.pk) if still else redirect("/")

    def withdraw_view(self, request: HttpRequest, event_id: int, pk: int) -> HttpResponse:
        event = _own(request, event_id)
        invitation = RoleInvitation.objects.filter(event=event, pk=pk).first()
        if invitation is not None:
            withdraw_invitation(invitation=invitation, actor=request.user)  # type: ignore[arg-type]
            messages.success(request, _("The invitation is withdrawn."))
        return redirect("admin:events_people", event.pk)

    def remind_view(self, request: HttpRequest, event_id: int) -> HttpResponse:
        event = _own(request, event_id)
        sent = send_reminders(event=event, actor=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Reminders on their way: %(n)d.") % {"n": sent})
        return redirect("admin:events_people", event.pk)

    def _page(self, request: HttpRequest, event: Event, form: RoleForm) -> HttpResponse:
        shown = {
            "colleagues": colleagues(event),
            "invitations": event.role_invitations.select_related("invited_by"),
            "log": event.role_changes.select_related("user", "actor")[:LOG_LENGTH],
            "unreminded": unreminded(event).count(),
            "form": form,
        }
        context = {**self.admin_site.each_context(request), "opts": Event._meta, "original": event}  # type: ignore[attr-defined]
        page = {**context, "title": _("People and roles"), **shown}
        with timezone.override(event.zone):
            return TemplateResponse(request, "admin/events/people.html", page).render()


def _own(request: HttpRequest, event_id: int) -> Event:
    """404 for an event of others, as on every page of the admin."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None or not can_organize(request.user, event):
        raise Http404
    return event


def _said(made: RoleGrant | RoleInvitation) -> str:
    role = made.get_role_display()
    if isinstance(made, RoleGrant):
        return _("%(name)s is now %(role)s.") % {"name": made.user.display_name, "role": role}
    return _("%(email)s is invited as %(role)s and gets a mail.") % {"email": made.email, "role": role}


def _revoke(request: HttpRequest, grant: RoleGrant) -> None:
    try:
        revoke_role(grant=grant, actor=request.user)  # type: ignore[arg-type]
    except LastOrganizer:
        messages.error(request, KEEP_ONE)
    else:
        names = {"name": grant.user.display_name, "role": grant.get_role_display()}
        messages.success(request, _("%(name)s is no longer %(role)s.") % names)


@admin.register(RoleGrant)
class RoleGrantAdmin(PeoplePages, EventScopedAdmin):
    """Roles are given and taken, never edited: each change has a name under it."""

    form = RoleGrantForm
    list_display = ["user", "email", "event", "role", "granted_by", "created_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "role"]
    list_select_related = ["event", "user", "granted_by"]
    search_fields = ["user__email", "user__name"]
    fields = ["event", "email", "role"]

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, grant: RoleGrant) -> str:
        return grant.user.email

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        seen = ["event", "user", "email", "role", "source", "granted_by", "created_at"]
        return seen if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.get_fields(request, obj)) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        obj.user = form.person
        self.check_scope(request, obj)
        grant = grant_role(event=obj.event, user=obj.user, role=obj.role, actor=request.user)
        obj.pk = grant.pk

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, *args, **kwargs)
        except LastOrganizer:
            self.message_user(request, KEEP_ONE, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def delete_model(self, request: HttpRequest, obj: RoleGrant) -> None:
        revoke_role(grant=obj, actor=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RoleGrant]) -> None:
        for grant in queryset.select_related("event", "user"):
            _revoke(request, grant)


@admin.register(RoleChange)
class RoleChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "user", "role", "is_granted", "actor"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "role", "is_granted"]
    list_select_related = ["event", "user", "actor"]
    search_fields = ["user__email", "user__name"]
    date_hierarchy = "at"


@admin.register(RoleInvitation)
class RoleInvitationAdmin(ReadOnlyAdmin):
    list_display = ["email", "event", "role", "invited_by", "created_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "role"]
    list_select_related = ["event", "invited_by"]
    search_fields = ["email"]


@admin.register(JoinLink)
class JoinLinkAdmin(ReadOnlyAdmin):
    """Who was sent a link, and whether it was used. The link itself is known to the mailbox alone."""

    list_display = ["user", "event", "reminder", "created_at", "last_used_at", "expires_at", "revoked_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "reminder"]
    list_select_related = ["event", "user"]
    search_fields = ["user__email", "user__name"]
    fields = readonly_fields = ["event", "user", "reminder", "created_at", "expires_at", "last_used_at"]
    actions = ["revoke"]

    @admin.action(description=_("Revoke the selected links"))
    @asks_first(_("All links of these people to their event open nothing from now on, for good."))
    def revoke(self, request: HttpRequest, links: QuerySet[JoinLink]) -> None:
        for event, user in {(link.event, link.user) for link in links.select_related("event", "user")}:
            revoke_join_links(event=event, user=user, actor=request.user)  # type: ignore[arg-type]
        self.message_user(request, _("The links of these people open nothing from now on."))
