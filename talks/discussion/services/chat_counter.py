"""The count of changes of a room. Every write to a room ends here."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from talks.discussion.chat_dirty import dirty_rooms
from talks.discussion.chat_enums import MessageState
from talks.discussion.models import ChatMessage, ChatRoom


def raise_counter(room_id: int, by: int = 1) -> int:
    """The row stays locked until the commit, so nobody reads a later count without this change."""
    rooms = ChatRoom.objects.filter(pk=room_id)
    if not rooms.update(counter=F("counter") + by):
        ChatRoom.objects.get_or_create(pk=room_id)
        rooms.update(counter=F("counter") + by)
    transaction.on_commit(lambda: dirty_rooms.mark(room_id))
    value: int = rooms.values_list("counter", flat=True).get()
    return value


def note_change(message: ChatMessage) -> None:
    """Tell of a message whose row has been written. One that is shown for the first time gets its place."""
    counter = raise_counter(message.room_id)
    first = message.state == MessageState.SHOWN and message.number is None
    values = {"changed": counter} | ({"number": counter} if first else {})
    ChatMessage.objects.filter(pk=message.pk).update(**values)
    for name, value in values.items():
        setattr(message, name, value)


def note_changes(room_id: int, ids: Iterable[int]) -> None:
    """Tell of several at once. Each has a count of its own, so a frame may end between any two."""
    known = sorted(set(ids))
    if not known:
        return
    first = raise_counter(room_id, len(known)) - len(known) + 1
    rows = [ChatMessage(pk=pk, changed=first + place) for place, pk in enumerate(known)]
    ChatMessage.objects.bulk_update(rows, ["changed"], batch_size=100)
