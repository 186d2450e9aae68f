from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from streaming.enums import Part
from streaming.models.resource import SEEN
from streaming.sweep_rules import Verdict

VERDICTS = [
    (Verdict.KEEP.value, _("in use")),
    (Verdict.WATCH.value, _("watched")),
    (Verdict.REPORT.value, _("left over")),
    (Verdict.DELETE.value, _("deleted")),
]


class SweepFinding(models.Model):
    """Something in the cloud that carries our tags and that no row knows; it stays as a record."""

    part = models.CharField(_("part"), max_length=16, choices=Part)
    external_id = models.CharField(_("cloud id"), max_length=300, unique=True)
    name = models.CharField(_("name"), max_length=256)
    owner = models.CharField(_("stream"), max_length=40, blank=True)
    seen = models.CharField(_("seen"), max_length=16, choices=SEEN)
    verdict = models.CharField(_("verdict"), max_length=8, choices=VERDICTS, default=Verdict.WATCH)
    times = models.PositiveIntegerField(_("sweeps that saw it"), default=0)
    first_seen_at = models.DateTimeField(_("first seen"), db_default=Now())
    last_seen_at = models.DateTimeField(_("last seen"), db_default=Now())
    gone_at = models.DateTimeField(_("gone"), null=True)
    error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("left-over resource")
        verbose_name_plural = _("left-over resources")
        ordering = ["-last_seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.part}"


class Sweep(models.Model):
    """One look at the whole account; without `ended_at` it could not look."""

    started_at = models.DateTimeField(_("started"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True)
    things = models.PositiveIntegerField(_("resources of ours"), default=0)
    strays = models.PositiveIntegerField(_("unknown among them"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        ordering = ["-started_at", "-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"
