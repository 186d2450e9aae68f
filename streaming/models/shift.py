from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from events.models import Track
from talks.enums import ShiftScope
from talks.models import Talk


class Shift(models.Model):
    """The control room moved a track's talks by minutes. `places` says where they stood, for taking it back.

    Written only by streaming.services.shifting.
    """

    track = models.ForeignKey(Track, models.CASCADE, related_name="shifts", verbose_name=_("track"))
    talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="+", verbose_name=_("talk"))
    minutes = models.SmallIntegerField(_("minutes"))
    scope = models.CharField(_("how far"), max_length=8, choices=ShiftScope)
    places = models.JSONField(default=list, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), db_default=Now())
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("shift of the timetable")
        verbose_name_plural = _("shifts of the timetable")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.track_id}: {self.minutes:+d}"
