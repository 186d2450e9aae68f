from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.enums import Role
from events.models.event import Event


class RoleInvitation(models.Model):
    """A role that waits for somebody's first sign-in with the address; gone once taken up or withdrawn."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="role_invitations", verbose_name=_("event"))
    email = models.EmailField(_("e-mail"), max_length=254)
    role = models.CharField(_("role"), max_length=16, choices=Role)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("invited"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["email", "role"]
        constraints = [
            models.UniqueConstraint(fields=["event", "email", "role"], name="one_invitation_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.event}"
