from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from streaming.models.stream import Stream


class RunningTime(models.Model):
    """When a stream ran and cost money; written by streaming.services.running from what the looks saw."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="running_times", verbose_name=_("stream"))
    gateway = models.CharField(_("gateway"), max_length=16)
    inputs = models.PositiveSmallIntegerField(_("inputs that are pushed to"), default=1)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("running time")
        verbose_name_plural = _("running times")
        ordering = ["-since", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["stream"], condition=Q(until=None), name="runs_once_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.since:%Y-%m-%d %H:%M}"
