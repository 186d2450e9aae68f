from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event


class Places(models.Model):
    """How many places on site are taken, and the next number of the waiting list.

    A row of its own: everybody who takes or gives back a place goes through it, one after the other.
    `taken` is the number of registrations on site at any time.
    """

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="places")
    taken = models.PositiveIntegerField(default=0)
    next_number = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.taken}"


class RegistrationSettings(Event):
    """The event again, for the page on which organizers set up its registration."""

    class Meta:
        proxy = True
        verbose_name = _("registration settings")
        verbose_name_plural = _("registration settings")
