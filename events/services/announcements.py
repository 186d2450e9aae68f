"""Sentences to everybody who watches: published, withdrawn, and told to the open pages at once."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.live import announcement_changed
from events.models import Announcement, Event
from events.selectors import shown_announcement
from events.services.revision import touch


def publish(*, announcement: Announcement, actor: User | None) -> bool:
    """Show it. False when it was shown already: then nobody is told twice."""
    now = timezone.now()
    return _change(announcement, to_be_shown=True, published_at=now, withdrawn_at=None, author=actor)


def withdraw(*, announcement: Announcement, actor: User | None) -> bool:
    """Stop showing it; the one before it, if any, is shown again. False when it was not shown."""
    return _change(announcement, to_be_shown=False, withdrawn_at=timezone.now())


def save_announcement(announcement: Announcement) -> None:
    """Keep a corrected text and tell it when it is on the pages now."""
    with transaction.atomic():
        announcement.save()
        if announcement.is_shown:
            _tell(announcement.event)


def _change(announcement: Announcement, *, to_be_shown: bool, **values: object) -> bool:
    with transaction.atomic():
        present = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if present.is_shown == to_be_shown:
            return False
        Announcement.objects.filter(pk=present.pk).update(**values)
        announcement.refresh_from_db()
        _tell(announcement.event)
    return True


def _tell(event: Event) -> None:
    revision = touch(event)
    announcement_changed(event, revision, shown_announcement(event))
