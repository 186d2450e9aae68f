from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from streaming.enums import FaultKind, MarkState
from streaming.models.on_air import OnAirLog


class SwitchTimes(models.Model):
    """When one accepted command came in, stood in the picture, and was seen by viewers.

    `mark` is what became of the note in the picture (timed metadata): written only by
    streaming.services.picture_marks, the `seen_` fields only by streaming.services.sightings.
    """

    log = models.OneToOneField(
        OnAirLog, models.CASCADE, primary_key=True, related_name="times", verbose_name=_("command")
    )
    requested_at = models.DateTimeField(_("asked for"), null=True)

    mark = models.CharField(_("note in the picture"), max_length=16, choices=MarkState)
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    try_at = models.DateTimeField(_("next attempt"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    written_at = models.DateTimeField(_("in the picture"), null=True)
    error = models.TextField(_("last error"), blank=True)
    fault = models.CharField(
        _("kind of error"), max_length=12, choices=FaultKind, blank=True, default=FaultKind.NONE
    )
    fault_subject = models.CharField(_("what is missing"), max_length=120, blank=True)

    # A sample of the viewers: how many milliseconds after the command each saw it, in order.
    seen_ms = models.JSONField(default=list, editable=False)
    seen_count = models.PositiveIntegerField(_("viewers asked"), default=0)
    seen_first_ms = models.PositiveIntegerField(_("first viewer, ms"), null=True)
    seen_median_ms = models.PositiveIntegerField(_("half of the viewers, ms"), null=True)
    is_untold = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("times of a switch")
        verbose_name_plural = _("times of switches")
        indexes = [
            models.Index(fields=["try_at"], name="mark_to_write", condition=Q(mark=MarkState.WAITING)),
            models.Index(fields=["tried_at"], name="mark_tried"),
            models.Index(fields=["log"], name="seen_untold", condition=Q(is_untold=True)),
        ]

    def __str__(self) -> str:
        return f"{self.log_id}: {self.mark}"
