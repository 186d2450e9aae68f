from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from streaming.enums import Attachment, InputSwitchFault, InputSwitchState
from streaming.models.stream import Stream

# What still has to come to an end; the rest is a record.
OPEN = [InputSwitchState.ASKED, InputSwitchState.ACCEPTED]


class InputSwitch(models.Model):
    """A wish to take a track's picture from another input: a row before the cloud is asked.

    `number` counts the switches of the stream, so that of two people at once one wins. Written by
    streaming.services.inputs (wish and cancelling) and services.switching (what came of it).
    """

    stream = models.ForeignKey(
        Stream, models.PROTECT, related_name="input_switches", verbose_name=_("stream")
    )
    number = models.PositiveIntegerField(_("number"))
    target = models.CharField(_("input"), max_length=8, choices=Attachment)
    at = models.DateTimeField(_("planned for"), null=True)
    action_name = models.CharField(_("name of the action"), max_length=80)
    state = models.CharField(
        _("state"), max_length=12, choices=InputSwitchState, default=InputSwitchState.ASKED
    )
    fault = models.CharField(
        _("why not"), max_length=16, choices=InputSwitchFault, blank=True, default=InputSwitchFault.NONE
    )
    detail = models.TextField(_("detail"), blank=True)
    request_id = models.CharField(_("request id"), max_length=80, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("cancelled by")
    )
    requested_at = models.DateTimeField(_("asked for"), db_default=Now())
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    effective_at = models.DateTimeField(_("seen to be effective"), null=True)
    cancel_asked_at = models.DateTimeField(_("cancelling asked for"), null=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    look_at = models.DateTimeField(_("next look"), default=timezone.now)

    class Meta:
        verbose_name = _("input switch")
        verbose_name_plural = _("input switches")
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="one_switch_per_number"),
            models.UniqueConstraint(
                fields=["stream", "at"],
                condition=Q(state__in=["asked", "accepted"]),
                name="one_planned_switch_per_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_at"], condition=Q(state__in=["asked", "accepted"]), name="open_input_switches"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_name}: {self.target}"
