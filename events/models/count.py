from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event


class RegistrationCount(models.Model):
    """How many registered on a day, kept when the registrations themselves are gone. Nobody is named."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="registration_counts", verbose_name=_("event")
    )
    date = models.DateField(_("date"))
    online = models.PositiveIntegerField(_("online"), default=0)
    on_site = models.PositiveIntegerField(_("on site"), default=0)

    class Meta:
        verbose_name = _("registrations of a day")
        verbose_name_plural = _("registrations by day")
        ordering = ["event", "date"]
        constraints = [models.UniqueConstraint(fields=["event", "date"], name="one_count_per_day")]

    def __str__(self) -> str:
        return f"{self.date}: {self.online + self.on_site}"
