from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models import Track
from streaming.enums import Card
from talks.models import Talk


class Automation(models.Model):
    """What the timetable shall do on a track, and when, while it is armed.

    The step is kept as it was armed: should the programme say otherwise later, nobody has agreed to that.
    """

    track = models.OneToOneField(Track, models.CASCADE, primary_key=True, related_name="automation")
    is_armed = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    expected_revision = models.PositiveBigIntegerField(default=0)
    talk = models.ForeignKey(Talk, models.SET_NULL, null=True, related_name="+")
    card = models.CharField(max_length=16, choices=Card, blank=True)
    due_at = models.DateTimeField(null=True)
    armed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Why it was disarmed: the code of a refusal, "human", "changed" or "disarmed"; empty while it works.
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        verbose_name = _("automation")
        verbose_name_plural = _("automation")

    def __str__(self) -> str:
        return f"{self.track_id}: {self.due_at}"
