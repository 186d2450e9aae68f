"""What a room says to those who are in it, on `track.<id>`.

However many messages come: at most about four frames a second, each with everything that changed since the
last. Its revision is the room's count of changes, and `after` in its body the count at which it begins. A
message that viewers no longer see is told by its id alone. Of waiting messages, reports and silences nothing
is told here.
"""

from collections.abc import Iterable
from typing import Any

from dreamkast.lib.broadcast import send_on_commit
from events.live import moment
from talks.discussion.models import ChatMessage, ChatRoom
from talks.live import track_group

CHANGED, COUNTED = "message.changed", "message.counted"


def room_state(room: ChatRoom, *, is_on: bool) -> dict[str, Any]:
    return {
        "is_on": is_on,
        "is_open": room.is_open,
        "slow_seconds": room.slow_seconds,
        "approve_first": room.approve_first,
    }


def message_state(message: ChatMessage, reactions: dict[str, int]) -> dict[str, Any]:
    """One message, whole, as frames and the list by HTTP write it; its author must be at hand."""
    return {
        "id": message.pk,
        "number": message.number,
        "member": message.author_id,
        "name": message.author.name if message.author else "",
        "badge": message.badge,
        "body": message.body,
        "reply_to": message.reply_to_id,
        "created_at": moment(message.created_at),
        "is_edited": message.edited_at is not None,
        "reactions": reactions,
    }


def messages_changed(
    room: ChatRoom, revision: int, state: dict[str, Any], messages: list[dict[str, Any]], gone: Iterable[int]
) -> None:
    """Called inside the transaction that noted how far the room has been told of."""
    body = {
        "track_id": room.pk,
        "after": room.sent_counter,
        "room": state,
        "messages": messages,
        "gone": list(gone),
    }
    send_on_commit(track_group(room.pk), CHANGED, revision, body)


def messages_counted(room: ChatRoom) -> None:
    """Where the room stands, for those who missed a frame and would not notice in a quiet room."""
    body = {"track_id": room.pk}
    send_on_commit(track_group(room.pk), COUNTED, room.sent_counter, body)
