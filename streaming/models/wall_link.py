from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped
from events.models import Event


class WallLink(Timestamped):
    """Opens one event's monitor wall without an account, for the venue's screen. Only its digest is kept.

    Written only by streaming.services.wall_links. The row stays after its end: it tells who made it when.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="wall_links", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("revoked by")
    )

    class Meta:
        verbose_name = _("link to the monitor wall")
        verbose_name_plural = _("links to the monitor wall")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > now
