from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import Role
from events.models.event import Event


class RoleChange(models.Model):
    """Who gave or took which role, and when. Only added to; a person who leaves is forgotten here too."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="role_changes", verbose_name=_("event"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role)
    is_granted = models.BooleanField(_("granted"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("change of a role")
        verbose_name_plural = _("changes of roles")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{'+' if self.is_granted else '-'}{self.role}"
