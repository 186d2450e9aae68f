"""Tell a room what changed: one frame for everything since the last, whichever process sends it.

The process that moves `sent_counter` sends. Each change is so told once, however many processes post. A
process that dies before it moved the count leaves the rest to the next; one that dies after it leaves a gap,
which readers see by `after` in the next frame, or by the count told for a while after the last change.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from talks.discussion import chat_live
from talks.discussion.chat_selectors import MOST_CHANGES, changes_after, chat_is_on, told
from talks.discussion.models import ChatMessage, ChatRoom

REST = timedelta(milliseconds=240)
COUNT_EVERY, COUNT_FOR = timedelta(seconds=5), timedelta(seconds=30)


def send_changes(*, room_id: int) -> bool:
    """Send what is to be told. True when something is left for the next round."""
    with transaction.atomic():
        room = _rooms().filter(pk=room_id).first()
        if room is None or room.sent_counter >= room.counter:
            return False
        now = timezone.now()
        if room.sent_at and timedelta() <= now - room.sent_at < REST:
            return True
        rows = changes_after(room, room.sent_counter, room.counter)
        until = _until(rows, room)
        if not _claim(room, until):
            return True
        state = chat_live.room_state(room, is_on=chat_is_on(room.track.event))
        chat_live.messages_changed(room, until, state, *told(rows))
        return until < room.counter


def _rooms() -> QuerySet[ChatRoom]:
    return ChatRoom.objects.select_related("track__event__chat_settings")


def _until(rows: list[ChatMessage], room: ChatRoom) -> int:
    """A frame holds so many changes and no more."""
    return room.counter if len(rows) < MOST_CHANGES else rows[-1].changed


def _claim(room: ChatRoom, until: int) -> bool:
    rows = ChatRoom.objects.filter(pk=room.pk, sent_counter=room.sent_counter)
    return bool(rows.update(sent_counter=until, sent_at=timezone.now()))


def rooms_behind() -> list[int]:
    """Rooms with changes that nobody has told of: their process died, or was no web server."""
    rows = ChatRoom.objects.filter(counter__gt=F("sent_counter"))
    return list(rows.values_list("pk", flat=True))


def tell_counts() -> int:
    """Tell rooms that were busy a moment ago where they stand; one process of all does it for each."""
    now = timezone.now()
    due = Q(counted_at=None) | Q(counted_at__lte=now - COUNT_EVERY)
    busy = ChatRoom.objects.filter(due, sent_at__gte=now - COUNT_FOR, sent_at__lte=now - REST)
    return sum(_tell_count(room) for room in busy)


def _tell_count(room: ChatRoom) -> int:
    with transaction.atomic():
        rows = ChatRoom.objects.filter(pk=room.pk, counted_at=room.counted_at)
        if not rows.update(counted_at=timezone.now()):
            return 0
        chat_live.messages_counted(room)
    return 1
