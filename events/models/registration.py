import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.enums import Attendance, Role
from events.models.event import Event


class Registration(Timestamped):
    """A person takes part in an event. Withdrawing deletes the row: nothing personal is kept.

    On site means that a place is held. Whoever waits for one is online meanwhile, with a waiting number.
    Both are written by events.services.places alone, where the event's places are counted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="registrations", verbose_name=_("event"))
    # Withdrawn before its person goes, so that the place is handed on: no cascade takes it along unseen.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="registrations", verbose_name=_("person")
    )
    attendance = models.CharField(_("attends"), max_length=16, choices=Attendance, default=Attendance.ONLINE)
    waiting_number = models.PositiveIntegerField(_("waiting number"), null=True, blank=True, editable=False)
    language = models.CharField(_("language of mails"), max_length=8, default="ja", editable=False)
    consent_version = models.CharField(_("consent to version"), max_length=40)
    consented_at = models.DateTimeField(_("consent given"))

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["event", "-created_at"], name="registrations_by_time")]
        constraints = [
            models.UniqueConstraint(fields=["event", "user"], name="one_registration_per_person"),
            models.UniqueConstraint(fields=["event", "waiting_number"], name="one_person_per_waiting_number"),
            models.CheckConstraint(
                condition=models.Q(waiting_number=None) | models.Q(attendance=Attendance.ONLINE),
                name="waiting_is_online_meanwhile",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.event}"

    @property
    def is_waiting(self) -> bool:
        return self.waiting_number is not None

    @property
    def wish(self) -> str:
        """How the person wants to take part, whether or not there is a place yet."""
        return Attendance.ON_SITE if self.is_waiting else self.attendance


class RegistrationExport(models.Model):
    """Who took the registrations out of the product, and when. Only added to."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="exports", verbose_name=_("event"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)
    kind = models.CharField(_("file"), max_length=8)
    rows = models.PositiveIntegerField(_("registrations"))

    class Meta:
        verbose_name = _("export of registrations")
        verbose_name_plural = _("exports of registrations")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.rows}"


class RoleGrant(Timestamped):
    """A person's role in one event. Roles are never inherited by the next event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="role_grants", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="role_grants", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    # Empty when a person gave it; else the sign-in provider whose claim gave it and may take it away.
    source = models.CharField(_("from"), max_length=60, blank=True, editable=False)
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
