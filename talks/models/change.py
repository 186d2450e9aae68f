from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from talks.models.talk import Talk


class ProgrammeChange(models.Model):
    """One published value of a talk that somebody changed; append only."""

    talk = models.ForeignKey(Talk, models.CASCADE, related_name="changes", verbose_name=_("talk"))
    field = models.CharField(_("field"), max_length=40)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("programme change")
        verbose_name_plural = _("programme changes")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.talk}: {self.field}"
