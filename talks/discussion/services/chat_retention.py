"""What becomes of the chat when a person goes, and when an event is long over."""

from django.db import transaction

from accounts.models import User
from events.models import Event
from talks.discussion.chat_enums import MessageState
from talks.discussion.models import ChatLog, ChatMember, ChatMessage, ChatReaction, ChatReport, ChatSilence
from talks.discussion.services.chat_counter import note_changes


def forget_chatter(*, user: User) -> int:
    """Their messages vanish from every screen, words and all; empty places stay. How many there were."""
    with transaction.atomic():
        rows = ChatMessage.objects.filter(author__user=user).exclude(state=MessageState.DELETED)
        by_room: dict[int, list[int]] = {}
        for room_id, pk in rows.order_by("room_id", "pk").values_list("room_id", "pk"):
            by_room.setdefault(room_id, []).append(pk)
        rows.update(state=MessageState.DELETED, body="")
        _forget_marks(user, by_room)
        for room_id, ids in sorted(by_room.items()):
            note_changes(room_id, ids)
    return sum(len(ids) for ids in by_room.values())


def _forget_marks(user: User, by_room: dict[int, list[int]]) -> None:
    """Their reactions go from the numbers beside other people's messages."""
    marks = ChatReaction.objects.filter(member__user=user)
    told = marks.filter(message__state=MessageState.SHOWN).order_by("message_id")
    for room_id, pk in told.values_list("message__room_id", "message_id").distinct():
        by_room.setdefault(room_id, []).append(pk)
    marks.delete()


def forget_chat(*, event: Event) -> int:
    """Everything that was said, and who said it. The rooms and their settings stay."""
    models = [
        (ChatReport, "message__room__track__event"),
        (ChatLog, "event"),
        (ChatMessage, "room__track__event"),
        (ChatSilence, "event"),
        (ChatMember, "event"),
    ]
    return sum(model._base_manager.filter(**{path: event}).delete()[0] for model, path in models)
