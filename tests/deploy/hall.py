"""Runs beside a production site: an open event of two tracks, and how many of them there are."""

from events.enums import EventStatus
from events.models import Event, Track


def main(tracks: int = 0) -> int:
    if tracks:
        event = Event.objects.create(
            slug="hall", name_ja="ホール", name_en="Hall", status=EventStatus.OPENED, is_open_to_all=True
        )
        for number in range(tracks):
            Track.objects.create(event=event, name=f"T{number}", position=number)
    return Track.objects.count()
