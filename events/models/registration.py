import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.enums import Attendance, Role
from events.models.event import Event


class Registration(Timestamped):
    """A person takes part in an event. Withdrawing deletes the row: nothing personal is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("person")
    )
    attendance = models.CharField(_("attends"), max_length=16, choices=Attendance, default=Attendance.ONLINE)
    consent_version = models.CharField(_("consent to version"), max_length=40)
    consented_at = models.DateTimeField(_("consent given"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["event", "user"], name="one_registration_per_person")]

    def __str__(self) -> str:
        return f"{self.user} → {self.event}"


class RoleGrant(Timestamped):
    """A person's role in one event. Roles are never inherited by the next event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="role_grants", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["event", "role", "user"]
        constraints = [models.UniqueConstraint(fields=["event", "user", "role"], name="one_grant_per_role")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
