"""A talk does not take place, or does after all. People who have it in their calendars learn of it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.services.revision import touch
from talks.live import programme_changed
from talks.models import ProgrammeChange, Talk
from talks.services.bookings import refuse_double_booking
from talks.services.drafting import lock_draft


def cancel_talk(*, talk: Talk, actor: User | None) -> bool:
    """It stays listed, as cancelled; its place is free for another. False when it was cancelled already."""
    return _set_cancelled(talk, True, actor)


def reinstate_talk(*, talk: Talk, actor: User | None) -> bool:
    """False when it was not cancelled. Raises PlaceGivenAway when another talk stands there by now."""
    with transaction.atomic():
        lock_draft(talk.event)
        if talk.is_published:
            refuse_double_booking(talk.event, [talk])
        return _set_cancelled(talk, False, actor)


def _set_cancelled(talk: Talk, is_cancelled: bool, actor: User | None) -> bool:
    at = timezone.now() if is_cancelled else None
    with transaction.atomic():
        rows = Talk.objects.filter(pk=talk.pk, cancelled_at__isnull=is_cancelled)
        if not rows.update(cancelled_at=at, updated_at=timezone.now()):
            return False
        ProgrammeChange.objects.create(
            talk=talk,
            field="is_cancelled",
            before=str(not is_cancelled),
            after=str(is_cancelled),
            actor=actor,
        )
        present = Talk.objects.with_people().get(pk=talk.pk)
        programme_changed(present.event, touch(present.event), [present] if present.is_published else [])
    talk.cancelled_at = at
    return True
