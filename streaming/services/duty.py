"""Who looks after a track, and who is locked out of it."""

from django.db.models.functions import Now

from accounts.models import User
from events.models import Track
from streaming.models import Duty


def locked_out(*, track: Track, actor: User | None) -> Duty | None:
    """The lock of somebody else that keeps `actor` from commanding the track, if there is one now."""
    locks = Duty.objects.filter(track=track, locked_until__gt=Now()).select_related("person")
    return locks.exclude(person=actor).first() if actor else locks.first()
