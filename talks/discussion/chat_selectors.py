"""The chat, shaped for a page of messages, for a frame and for the desk of the moderators."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from events.models import Event, Track
from events.rules import Person
from talks.discussion.chat_enums import MessageState
from talks.discussion.chat_live import message_state
from talks.discussion.models import (
    ChatMember,
    ChatMessage,
    ChatReaction,
    ChatRoom,
    ChatSettings,
    ChatSilence,
)

PAGE = 50
MOST_CHANGES = 200


def chat_is_on(event: Event) -> bool:
    """No query when the settings were selected along with the event."""
    row: ChatSettings | None = getattr(event, "chat_settings", None)
    return bool(row and row.is_on)


def tracks_with_chat() -> QuerySet[Track]:
    return Track.objects.select_related("event__chat_settings", "chat_room")


def room_of(track: Track) -> ChatRoom:
    """The row, or an empty room that nobody has written in."""
    row: ChatRoom | None = getattr(track, "chat_room", None)
    return row or ChatRoom(track=track)


def member_of(user: Person, event: Event) -> ChatMember | None:
    if not user.is_authenticated:
        return None
    return ChatMember.objects.filter(event=event, user=user.pk).first()


def running_silence(user: Person, event: Event, now: datetime) -> ChatSilence | None:
    """The strictest one that holds now."""
    still = Q(until=None) | Q(until__gt=now)
    rows = ChatSilence.objects.filter(still, event=event, user=user.pk, lifted_at=None)
    return max(rows, key=lambda row: (row.until is None, row.until or now), default=None)


def newest_messages(room: ChatRoom, *, before: int | None = None) -> list[ChatMessage]:
    """A page of shown messages, oldest first."""
    rows = ChatMessage.objects.shown().filter(room=room.pk).select_related("author")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(reversed(rows.order_by("-number")[:PAGE]))


def changes_after(room: ChatRoom, counter: int, until: int | None = None) -> list[ChatMessage]:
    """What changed, in the order of the changes, at most MOST_CHANGES."""
    rows = ChatMessage.objects.filter(room=room.pk, changed__gt=counter).select_related("author")
    if until is not None:
        rows = rows.filter(changed__lte=until)
    return list(rows.order_by("changed", "pk")[:MOST_CHANGES])


def told(messages: Iterable[ChatMessage]) -> tuple[list[dict[str, Any]], list[int]]:
    """Those that viewers see, whole and by their place, and the numbers of those they see no longer."""
    rows = list(messages)
    shown = sorted((row for row in rows if row.is_shown), key=lambda row: row.number or 0)
    counts = _reactions(shown)
    gone = sorted(row.pk for row in rows if not row.is_shown)
    return [message_state(row, counts[row.pk]) for row in shown], gone


def _reactions(messages: list[ChatMessage]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = ChatReaction.objects.filter(message__in=[row.pk for row in messages]).order_by()
    for row in rows.values("message_id", "kind").annotate(times=Count("pk")) if messages else []:
        found[row["message_id"]][row["kind"]] = row["times"]
    return found


def own_reactions(member: ChatMember | None, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if member is not None and ids:
        for row in ChatReaction.objects.filter(member=member, message__in=ids).order_by("pk"):
            found[row.message_id].append(row.kind)
    return found


def own_waiting(member: ChatMember | None, room: ChatRoom) -> list[ChatMessage]:
    """What the author sees as awaiting approval, and nobody else."""
    if member is None:
        return []
    rows = ChatMessage.objects.waiting().filter(author=member, room=room.pk)
    return list(rows.select_related("author").order_by("pk"))


def message_in(track: Track, message_id: int) -> ChatMessage | None:
    rows = ChatMessage.objects.exclude(state=MessageState.DELETED)
    return rows.select_related("author", "room__track").filter(room=track.pk, pk=message_id).first()
