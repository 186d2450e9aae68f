"""Moves what the control room knows of time, beside the running site: no test waits half a minute."""

from datetime import timedelta

from django.utils import timezone

from events.models import Track
from streaming.models import OnAir, OnAirLog
from streaming.services.on_air import store_next_talks
from talks.models import Talk


def main(track, aged=None, next_in=None):
    """Make the track's last command `aged` seconds old, or have its next talk begin in `next_in` seconds."""
    row = Track.objects.select_related("event").get(event__slug="demo", name=track)
    if aged is not None:
        at = timezone.now() - timedelta(seconds=aged)
        revision = OnAir.objects.get(track=row).revision
        return OnAirLog.objects.filter(track=row, revision=revision).update(at=at)
    talk = OnAir.objects.get(track=row).next_talk
    starts = timezone.now() + timedelta(seconds=next_in)
    between = Talk.objects.for_track(row).filter(starts_at__gte=timezone.now(), starts_at__lt=talk.starts_at)
    between.exclude(pk=talk.pk).update(is_published=False)
    Talk.objects.filter(pk=talk.pk).update(starts_at=starts)
    store_next_talks(row.event)
    return talk.pk
