from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from dreamkast.lib.models import Timestamped


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def unsent(self) -> "OutgoingMailQuerySet":
        return self.filter(sent_at=None)

    def due(self, now: datetime) -> "OutgoingMailQuerySet":
        return self.unsent().filter(next_try_at__lte=now, expires_at__gt=now)


class OutgoingMail(Timestamped):
    """A mail that the mail server did not take at once. Address and text go when it is sent or too old."""

    to = models.EmailField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"))
    expires_at = models.DateTimeField(_("useless after"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["next_try_at"]
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="mail_due")]

    def __str__(self) -> str:
        return f"#{self.pk}"
