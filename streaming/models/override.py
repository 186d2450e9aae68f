from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from streaming.enums import AttemptOutcome, OverrideVerb, attempt_sources
from talks.models import Talk


class OverrideQuerySet(models.QuerySet["Override"]):
    def waiting(self) -> "OverrideQuerySet":
        """A second person can still confirm them."""
        return self.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=Now())

    def valid(self) -> "OverrideQuerySet":
        return self.filter(confirmed_at__isnull=False, withdrawn_at=None, expires_at__gt=Now())


class Override(models.Model):
    """Two people agree that a do-not-stream talk may be put on air, cut or exported all the same, for a time.

    `expires_at` first says until when it can be confirmed, then until when it is valid. One that lapsed is
    withdrawn by nobody when the next is asked for. Written only by streaming.services.overrides.
    """

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="overrides", verbose_name=_("talk"))
    verb = models.CharField(_("what for"), max_length=8, choices=OverrideVerb)
    reason = models.CharField(_("reason"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked for"), db_default=Now())
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    expires_at = models.DateTimeField(_("ends"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="override_needs_two_people",
                condition=Q(confirmed_by=None) | Q(asked_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(name="override_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="one_open_override", fields=["talk", "verb"], condition=Q(withdrawn_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id}: {self.verb}"


class AttemptLog(models.Model):
    """Who tried what with a do-not-stream talk, and what came of it; append only."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="attempts", verbose_name=_("talk"))
    verb = models.CharField(_("what for"), max_length=8, choices=OverrideVerb)
    outcome = models.CharField(_("outcome"), max_length=12, choices=AttemptOutcome)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    source = models.CharField(_("source"), max_length=12, choices=attempt_sources)
    # Of a refusal its code, of a request its reason.
    detail = models.CharField(_("detail"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("attempt on a do-not-stream talk")
        verbose_name_plural = _("attempts on do-not-stream talks")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.talk_id} {self.verb}: {self.outcome}"
