from django.db import models

from events.models.event import Event


class LiveCounter(models.Model):
    """Two counters of an event, in a row of their own so that a flip never waits for an organizer's save.

    `revision` rises by one with each commit that changes the live document.
    `access` rises by one when somebody may have lost the right to watch.
    """

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="live_counter")
    revision = models.PositiveBigIntegerField(default=0)
    access = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.revision}"
