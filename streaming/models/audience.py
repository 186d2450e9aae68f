"""How many watched, minute by minute, and how long each person watched each talk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Track
from talks.models import Talk


class AudienceSample(models.Model):
    """The viewers of a track in one minute. A minute without a row is unknown, not empty."""

    track = models.ForeignKey(Track, models.CASCADE, related_name="audience_samples", verbose_name=_("track"))
    talk = models.ForeignKey(
        Talk, models.SET_NULL, null=True, related_name="audience_samples", verbose_name=_("talk")
    )
    minute = models.DateTimeField(_("minute"))
    viewers = models.PositiveIntegerField(_("viewers"))

    class Meta:
        verbose_name = _("viewers of a minute")
        verbose_name_plural = _("viewers by the minute")
        ordering = ["minute", "pk"]
        constraints = [models.UniqueConstraint(fields=["track", "minute"], name="one_sample_a_minute")]

    def __str__(self) -> str:
        return f"{self.track_id} {self.minute:%Y-%m-%d %H:%M}: {self.viewers}"


class WatchTime(models.Model):
    """How long one signed-in person had the picture of a talk playing.

    `last_minute` is the newest minute that is in `seconds`, in whole minutes since 1970: a minute counts
    once, in however many tabs and web processes the person was.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="watch_times",
        verbose_name=_("person"),
    )
    talk = models.ForeignKey(Talk, models.CASCADE, related_name="watch_times", verbose_name=_("talk"))
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    last_minute = models.PositiveIntegerField(editable=False, default=0)

    class Meta:
        verbose_name = _("watch time")
        verbose_name_plural = _("watch times")
        constraints = [models.UniqueConstraint(fields=["user", "talk"], name="one_watch_time")]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.seconds} s"
