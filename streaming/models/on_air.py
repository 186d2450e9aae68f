from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Track
from streaming.enums import Card, Command, Source
from talks.models import Talk


class OnAir(models.Model):
    """What a track shows now. One row per track, so "two talks on air" cannot be stored.

    Written only by streaming.services.on_air. `revision` is the compare-and-set token of its commands.
    """

    track = models.OneToOneField(Track, models.CASCADE, primary_key=True, related_name="on_air")
    talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="on_air_on")
    card = models.CharField(max_length=16, choices=Card, default=Card.WAITING, blank=True)
    revision = models.PositiveBigIntegerField(default=0)
    since = models.DateTimeField(db_default=Now())
    next_talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="next_on")

    class Meta:
        verbose_name = _("on air")
        verbose_name_plural = _("on air")
        constraints = [
            models.CheckConstraint(
                name="talk_or_card",
                condition=Q(talk__isnull=True) & ~Q(card="")
                | Q(talk__isnull=False, card__in=["", "technical"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.track_id}: {self.talk_id or self.card}"


class OnAirLog(models.Model):
    """One accepted command; append only. A talk's recording is the time between two of these rows."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="on_air_log", verbose_name=_("track"))
    revision = models.PositiveBigIntegerField(_("revision"))
    command = models.CharField(_("command"), max_length=8, choices=Command)
    from_talk = models.ForeignKey(
        Talk, models.PROTECT, null=True, related_name="+", verbose_name=_("from talk")
    )
    from_card = models.CharField(_("from card"), max_length=16, choices=Card, blank=True)
    to_talk = models.ForeignKey(Talk, models.PROTECT, null=True, related_name="+", verbose_name=_("to talk"))
    to_card = models.CharField(_("to card"), max_length=16, choices=Card, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    source = models.CharField(_("source"), max_length=12, choices=Source)
    at = models.DateTimeField(_("when"), db_default=Now())
    idempotency_key = models.CharField(max_length=80, editable=False)
    request_digest = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("on-air log")
        verbose_name_plural = _("on-air log")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["track", "revision"], name="one_log_row_per_revision"),
            models.UniqueConstraint(fields=["track", "idempotency_key"], name="one_log_row_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.track_id} {self.revision}: {self.command}"
