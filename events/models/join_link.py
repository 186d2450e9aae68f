from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import ReminderKind
from events.models.event import Event


class JoinLink(models.Model):
    """One person's own way into one event's viewer, mailed to them. Only the digest of its token is kept.

    A link of a reminder names its kind: there is one for each person and kind, also after it was revoked,
    so that nobody is reminded twice.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="join_links", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_links", verbose_name=_("person")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    reminder = models.CharField(_("reminder"), max_length=16, choices=ReminderKind, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("join link")
        verbose_name_plural = _("join links")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user", "reminder"],
                condition=~models.Q(reminder=""),
                name="one_reminder_per_person_and_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.event}"
