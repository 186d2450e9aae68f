from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streaming.enums import FaultKind, PictureHealth
from streaming.models.stream import Stream


class StreamHealth(models.Model):
    """What the service said last about a running picture; written only by streaming.services.health.

    What did not answer keeps the former values, whose age is `seen_at`. None means that it was not said.
    """

    stream = models.OneToOneField(
        Stream, models.CASCADE, primary_key=True, related_name="health", verbose_name=_("stream")
    )
    is_live = models.BooleanField(_("live"), null=True)
    health = models.CharField(
        _("health"), max_length=12, choices=PictureHealth, default=PictureHealth.UNKNOWN
    )
    input_lost = models.BooleanField(_("no picture comes in"), null=True)
    viewers = models.PositiveIntegerField(_("viewers by the service"), null=True)
    alerts = models.JSONField(_("alerts"), default=list)
    seen_at = models.DateTimeField(_("heard"), null=True)
    asked_at = models.DateTimeField(_("asked"), null=True)
    is_asking = models.BooleanField(_("under way"), default=False)
    next_at = models.DateTimeField(_("asked next"), default=timezone.now)
    misses = models.PositiveIntegerField(_("answers missed"), default=0)
    error = models.TextField(_("last error"), blank=True)
    fault = models.CharField(
        _("kind of error"), max_length=12, choices=FaultKind, blank=True, default=FaultKind.NONE
    )
    fault_subject = models.CharField(_("what is missing"), max_length=120, blank=True)
    # A digest of what the control rooms were told last: they are told of changes only.
    told = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("health of a stream")
        verbose_name_plural = _("health of streams")

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.health}"


class AutomaticSlate(models.Model):
    """Whether the technical card covers a talk by itself while no picture comes in, and the present loss.

    Written only by streaming.services.slate. `lost_since` is empty while there is no loss, `revision` the
    track's revision when it began, `is_left` that a person was faster than the slate in it.
    """

    stream = models.OneToOneField(
        Stream, models.CASCADE, primary_key=True, related_name="automatic_slate", verbose_name=_("stream")
    )
    is_automatic = models.BooleanField(_("by itself"), default=False)
    lost_since = models.DateTimeField(_("lost since"), null=True)
    back_since = models.DateTimeField(_("back since"), null=True)
    revision = models.PositiveBigIntegerField(_("revision at the loss"), default=0)
    is_left = models.BooleanField(_("left to people"), default=False)

    class Meta:
        verbose_name = _("automatic slate")
        verbose_name_plural = _("automatic slates")

    def __str__(self) -> str:
        return f"{self.stream_id}: {self.is_automatic}"
