from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Track
from streaming.enums import DutyStep
from talks.models import Talk


class Duty(models.Model):
    """Who looks after a track, what they want the next person to know, and whether others are locked out.

    A lock counts only until `locked_until`: the owner's open control room renews it.
    """

    track = models.OneToOneField(Track, models.CASCADE, primary_key=True, related_name="duty")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    def __str__(self) -> str:
        return f"{self.track_id}: {self.person_id}"


class DutyLog(models.Model):
    """Who took a track on, gave it back or locked it, and who armed its automation; append only."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="duty_log", verbose_name=_("track"))
    step = models.CharField(_("what"), max_length=12, choices=DutyStep)
    previous = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("before")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    # Of automation: why it ended, by the code of the refusal; empty when a person ended it.
    # Of a lock that was taken over: what whoever took it said.
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="+", verbose_name=_("talk"))
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("duty log")
        verbose_name_plural = _("duty log")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.track_id}: {self.step}"
