"""Changes of an event's frame (status, openness, zone, tracks) that people who watch have to learn of."""

from django.db import transaction

from events.models import Event, Track
from events.services.revision import recheck_access, touch


def stored_event(event: Event) -> Event | None:
    """The event as the database has it, to compare with after an edit."""
    return Event.objects.filter(pk=event.pk).first()


def announce_frame(*, event: Event, before: Event | None) -> None:
    """The last write of an edit: raise the revision, and ask again who may watch if that may have changed."""
    with transaction.atomic():
        if before is not None and _access(before) != _access(event):
            recheck_access(event)
        touch(event)


def save_track(track: Track) -> None:
    with transaction.atomic():
        track.save()
        touch(track.event)


def delete_track(track: Track) -> None:
    """Raises ProtectedError while it has talks, a stream or an on-air log."""
    with transaction.atomic():
        event = track.event
        track.delete()
        touch(event)


def _access(event: Event) -> tuple[str, bool]:
    return event.status, event.is_open_to_all
