from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.admin_scope import EventScopedAdmin, ReadOnlyAdmin, SameEventForm
from events.models import Registration, RoleChange, RoleGrant
from events.services.registration import withdraw
from events.services.roles import grant_role, revoke_role


@admin.register(Registration)
class RegistrationAdmin(EventScopedAdmin):
    """People register themselves, because they consent; here they are found, and withdrawn at their wish."""

    list_display = ["person", "email", "event", "attendance", "created_at"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "attendance", "consent_version"]
    list_select_related = ["event", "user"]
    search_fields = ["user__email", "user__name"]
    date_hierarchy = "created_at"
    fields = ["public_id", "event", "person", "email", "attendance", "consent_version", "consented_at"]

    @admin.display(description=_("person"), ordering="user__name")
    def person(self, registration: Registration) -> str:
        return registration.user.display_name

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, registration: Registration) -> str:
        return registration.user.email

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Registration) -> None:
        withdraw(registration=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Registration]) -> None:
        for registration in queryset.select_related("event"):
            withdraw(registration=registration)


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
            raise forms.ValidationError(_("Nobody has signed in with this address yet."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        named = {"event": cleaned.get("event"), "role": cleaned.get("role")}
        if getattr(self, "person", None) and RoleGrant.objects.filter(user=self.person, **named).exists():
            self.add_error("email", _("This person has the role already."))
        return cleaned


@admin.register(RoleGrant)
class RoleGrantAdmin(EventScopedAdmin):
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
        return ["event", "user", "email", "role", "granted_by", "created_at"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.get_fields(request, obj)) if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        obj.user = form.person
        self.check_scope(request, obj)
        grant = grant_role(event=obj.event, user=obj.user, role=obj.role, actor=request.user)
        obj.pk = grant.pk

    def delete_model(self, request: HttpRequest, obj: RoleGrant) -> None:
        revoke_role(grant=obj, actor=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[RoleGrant]) -> None:
        for grant in queryset.select_related("event"):
            revoke_role(grant=grant, actor=request.user)


@admin.register(RoleChange)
class RoleChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "event", "user", "role", "is_granted", "actor"]
    list_filter = [("event", RelatedOnlyFieldListFilter), "role", "is_granted"]
    list_select_related = ["event", "user", "actor"]
    search_fields = ["user__email", "user__name"]
    date_hierarchy = "at"
