"""What moderators do with messages. Each act is a row of the log; twice is once."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from talks.discussion.chat_enums import MessageState, ModerationVerb
from talks.discussion.models import ChatMessage, ChatReport
from talks.discussion.services.chat_counter import note_change
from talks.discussion.services.message_own import locked, log

ALIVE = [MessageState.WAITING, MessageState.SHOWN, MessageState.HIDDEN]


def approve(*, message: ChatMessage, actor: User) -> ChatMessage:
    """Now everybody reads it, at the end of the room."""
    return _move(message, [MessageState.WAITING], MessageState.SHOWN, ModerationVerb.APPROVED, actor)


def hide(*, message: ChatMessage, actor: User) -> ChatMessage:
    """Gone from every screen at once; it can be shown again."""
    wanted = [MessageState.WAITING, MessageState.SHOWN]
    return _move(message, wanted, MessageState.HIDDEN, ModerationVerb.HIDDEN, actor)


def show(*, message: ChatMessage, actor: User) -> ChatMessage:
    return _move(message, [MessageState.HIDDEN], MessageState.SHOWN, ModerationVerb.SHOWN, actor)


def remove(*, message: ChatMessage, actor: User) -> ChatMessage:
    """For good. The log keeps the text as evidence."""
    return _move(message, ALIVE, MessageState.DELETED, ModerationVerb.DELETED, actor)


def dismiss(*, message: ChatMessage, actor: User) -> ChatMessage:
    """The reports of a message need no act."""
    with transaction.atomic():
        row = locked(message, *MessageState)
        if _settle(row):
            log(row, ModerationVerb.DISMISSED, actor)
    return row


def _move(
    message: ChatMessage, wanted: list[MessageState], to: MessageState, verb: ModerationVerb, actor: User
) -> ChatMessage:
    with transaction.atomic():
        row = locked(message, *ALIVE)
        if row.state not in wanted:
            return row
        log(row, verb, actor)
        was_shown, row.state = row.is_shown, to
        if to == MessageState.DELETED:
            row.body = ""
        _settle(row)
        _save(row, is_told=was_shown or row.is_shown)
    return row


def _save(row: ChatMessage, *, is_told: bool) -> None:
    """A message gets its place before it is shown: the database holds shown ones to that."""
    if is_told:
        note_change(row)
    row.save(update_fields=["state", "body", "updated_at"])


def _settle(row: ChatMessage) -> int:
    return ChatReport.objects.filter(message=row, settled_at=None).update(settled_at=timezone.now())
