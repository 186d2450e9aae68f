from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from events.states import Verb


class LifeChange(models.Model):
    """Who took which step in an event's life, and when. Only added to."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="life_changes", verbose_name=_("event"))
    verb = models.CharField(_("step"), max_length=24, choices=Verb)
    before = models.CharField(_("before"), max_length=16)
    after = models.CharField(_("after"), max_length=16)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of an event")
        verbose_name_plural = _("steps of events")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return str(self.get_verb_display())
