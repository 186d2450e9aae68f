"""What people do with messages besides writing them: change and take back their own, react, report."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.services.limits import Limit, take_turn
from talks.discussion.chat_enums import MessageState, ModerationVerb, Reaction
from talks.discussion.chat_errors import MessageGone, TooFast
from talks.discussion.chat_rules import can_moderate_chat
from talks.discussion.models import ChatLog, ChatMember, ChatMessage, ChatReaction, ChatReport
from talks.discussion.models.chat_message import LONGEST_MESSAGE
from talks.discussion.services.asking import clean
from talks.discussion.services.chat_counter import note_change
from talks.discussion.services.chat_members import join
from talks.discussion.services.message_posting import refuse_off, refuse_writing

# Each goes to everybody in the room.
REACTIONS_PER_PERSON = Limit("chat reactions per person", 30, timedelta(seconds=30))
CHANGES_PER_PERSON = Limit("chat changes per person", 10, timedelta(minutes=1))
REPORTS_PER_PERSON = Limit("chat reports per person", 20, timedelta(minutes=10))


def locked(message: ChatMessage, *states: MessageState) -> ChatMessage:
    """The row as it is now, and nobody else's until the commit. Raises MessageGone."""
    rows = ChatMessage.objects.select_for_update(of=["self"], no_key=True)
    rows = rows.select_related("author", "room__track__event__chat_settings")
    row = rows.filter(pk=message.pk, state__in=states or [MessageState.SHOWN]).first()
    if row is None:
        raise MessageGone
    return row


def edit(*, message: ChatMessage, body: str, actor: User) -> ChatMessage:
    """Change one's own words; the old ones stay in the log. In a room that approves first it waits again."""
    text = clean(body, LONGEST_MESSAGE)
    with transaction.atomic():
        row = locked(message, MessageState.SHOWN, MessageState.WAITING)
        event, room = row.room.track.event, row.room
        is_staff = can_moderate_chat(actor, event)
        refuse_off(event)
        refuse_writing(event, room, actor, timezone.now(), is_staff=is_staff)
        if row.body == text:
            return row
        _take_turn(CHANGES_PER_PERSON, actor)
        log(row, ModerationVerb.EDITED, actor)
        row.body, row.edited_at = text, timezone.now()
        return _rewrite(row, waits=room.approve_first and not is_staff)


def _rewrite(row: ChatMessage, *, waits: bool) -> ChatMessage:
    was_shown = row.is_shown
    row.state = MessageState.WAITING if waits else row.state
    row.save(update_fields=["body", "edited_at", "state", "updated_at"])
    if was_shown:
        note_change(row)
    return row


def delete(*, message: ChatMessage, actor: User) -> bool:
    """Take one's own back; its words are not kept. False when it was gone already."""
    with transaction.atomic():
        try:
            row = locked(message, *[state for state in MessageState if state != MessageState.DELETED])
        except MessageGone:
            return False
        was_shown, row.state, row.body = row.is_shown, MessageState.DELETED, ""
        row.save(update_fields=["state", "body", "updated_at"])
        if was_shown:
            note_change(row)
    return True


def react(*, message: ChatMessage, kind: Reaction, name: str = "", actor: User) -> ChatMessage:
    """Add one's mark; twice is once. Raises DiscussionRefused."""
    event = message.room.track.event
    refuse_off(event)
    refuse_writing(event, message.room, actor, timezone.now(), is_staff=can_moderate_chat(actor, event))
    _take_turn(REACTIONS_PER_PERSON, actor)
    member = join(event=event, name=name, actor=actor)
    with transaction.atomic():
        row = locked(message)
        _mark, is_new = ChatReaction.objects.get_or_create(message=row, member=member, kind=kind)
        if is_new:
            note_change(row)
    return row


def unreact(*, message: ChatMessage, kind: Reaction, actor: User) -> ChatMessage:
    """Take one's mark back, if there is one."""
    _take_turn(REACTIONS_PER_PERSON, actor)
    members = ChatMember.objects.filter(event=message.room.track.event_id, user=actor)
    with transaction.atomic():
        row = locked(message)
        if ChatReaction.objects.filter(message=row, member__in=members, kind=kind).delete()[0]:
            note_change(row)
    return row


def report(*, message: ChatMessage, reason: str, actor: User) -> ChatReport:
    """Ask the moderators to look; once per person and message. The text is kept as it is now."""
    _take_turn(REPORTS_PER_PERSON, actor)
    with transaction.atomic():
        row = locked(message)
        found, is_new = ChatReport.objects.get_or_create(
            message=row, reporter=actor, defaults={"reason": clean_note(reason), "text": row.body}
        )
        if is_new:
            log(row, ModerationVerb.REPORTED, None, note=found.reason)
    return found


def clean_note(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:200]


def log(row: ChatMessage, verb: ModerationVerb, actor: User | None, **values: Any) -> None:
    """With the text as it was before the act. Who reported is not in the log."""
    event_id = row.room.track.event_id
    ChatLog.objects.create(
        event_id=event_id,
        room=row.room,
        message=row,
        member=row.author,
        verb=verb,
        text=row.body,
        actor=actor,
        **values,
    )


def _take_turn(limit: Limit, actor: User) -> None:
    if not take_turn(limit, str(actor.pk)):
        raise TooFast(limit.span.total_seconds())
