"""Switch the chat of an event, and set up the rooms of its tracks."""

from typing import Any

from django.db import transaction

from accounts.models import User
from events.models import Event, Track
from talks.discussion.chat_enums import ModerationVerb
from talks.discussion.models import ChatLog, ChatRoom, ChatSettings
from talks.discussion.services.chat_counter import raise_counter


def switch_chat(*, event: Event, is_on: bool, actor: User) -> bool:
    """On or off at once, for everybody in a room too. False when it was so already."""
    with transaction.atomic():
        ChatSettings.objects.get_or_create(event=event)
        if not ChatSettings.objects.filter(event=event, is_on=not is_on).update(is_on=is_on):
            return False
        _log(event, None, f"is_on={is_on}", actor)
        for track_id in event.tracks.order_by("pk").values_list("pk", flat=True):
            raise_counter(track_id)
    return True


def change_room(*, track: Track, actor: User, **values: Any) -> ChatRoom:
    """`is_open`, `slow_seconds`, `approve_first`: what is not named stays."""
    with transaction.atomic():
        ChatRoom.objects.get_or_create(pk=track.pk)
        room = ChatRoom.objects.select_for_update().get(pk=track.pk)
        changed = {name: value for name, value in values.items() if getattr(room, name) != value}
        if changed:
            ChatRoom.objects.filter(pk=room.pk).update(**changed)
            note = " ".join(f"{name}={value}" for name, value in changed.items())
            _log(track.event, room, note, actor)
            raise_counter(room.pk)
    return ChatRoom.objects.get(pk=track.pk)


def _log(event: Event, room: ChatRoom | None, note: str, actor: User) -> None:
    ChatLog.objects.create(event=event, room=room, verb=ModerationVerb.SWITCHED, note=note, actor=actor)
