from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Track
from streaming.enums import Card, Command, Source
from talks.models import Talk


class RefusedCommand(models.Model):
    """One command that was not carried out, and why; append only. Accepted ones are in OnAirLog."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="refused", verbose_name=_("track"))
    command = models.CharField(_("command"), max_length=8, choices=Command)
    talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="+", verbose_name=_("talk"))
    card = models.CharField(_("card"), max_length=16, choices=Card, blank=True)
    code = models.CharField(_("why"), max_length=40)
    expected_revision = models.PositiveBigIntegerField(_("expected revision"))
    present_revision = models.PositiveBigIntegerField(_("revision then"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    source = models.CharField(_("source"), max_length=12, choices=Source)
    idempotency_key = models.CharField(max_length=80, editable=False)
    requested_at = models.DateTimeField(_("asked for"), null=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("refused command")
        verbose_name_plural = _("refused commands")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.track_id} {self.command}: {self.code}"
