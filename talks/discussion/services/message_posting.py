"""Post a message. It may be sent twice: the same key is the same message."""

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from events.models import Event, Track
from events.rules import roles_of
from talks.discussion import chat_pace
from talks.discussion.chat_enums import Badge, MessageState
from talks.discussion.chat_errors import ChatOff, MessageGone, RoomClosed, Silenced, TooFast
from talks.discussion.chat_pace import pace_of
from talks.discussion.chat_rules import can_moderate_chat
from talks.discussion.chat_selectors import chat_is_on, room_of, running_silence
from talks.discussion.models import ChatMember, ChatMessage, ChatRoom
from talks.discussion.models.chat_message import LONGEST_MESSAGE
from talks.discussion.services.asking import clean
from talks.discussion.services.chat_counter import raise_counter
from talks.discussion.services.chat_members import join
from talks.models import Speaker


def post(
    *,
    track: Track,
    body: str,
    reply_to: int | None = None,
    client_key: uuid.UUID | None = None,
    name: str = "",
    actor: User,
) -> ChatMessage:
    """Post, or find what was posted with the same key. Raises DiscussionRefused."""
    text, key = clean(body, LONGEST_MESSAGE), client_key or uuid.uuid4()
    refuse_off(track.event)
    if known := _posted_before(track.event, key, actor):
        return known
    room, now, is_staff = room_of(track), timezone.now(), can_moderate_chat(actor, track.event)
    refuse_writing(track.event, room, actor, now, is_staff=is_staff)
    member = join(event=track.event, name=name, actor=actor)
    row = ChatMessage(author=member, body=text, client_key=key, badge=badge_of(actor, track.event))
    try:
        with transaction.atomic():
            # A message that cannot be written is not paid for.
            if not is_staff:
                take_pace(member, room, now)
            return _write(room, row, reply_to, waits=room.approve_first and not is_staff)
    except IntegrityError:
        # Sent twice at once: the other request has posted it.
        if known := _posted_before(track.event, key, actor):
            return known
        raise


def refuse_off(event: Event) -> None:
    if not chat_is_on(event):
        raise ChatOff


def refuse_writing(event: Event, room: ChatRoom, actor: User, now: datetime, *, is_staff: bool) -> None:
    """Staff may write into a closed room: somebody has to say why it is closed."""
    if silence := running_silence(actor, event, now):
        raise Silenced(event, silence.until, silence.reason)
    if not room.is_open and not is_staff:
        raise RoomClosed


def take_pace(member: ChatMember, room: ChatRoom, now: datetime) -> None:
    """Pay for one message. Raises TooFast with the seconds to wait.

    Of two at the same moment one changes the row, and the other waits.
    """
    pace = pace_of(room.slow_seconds)
    if left := chat_pace.wait(member.next_at, now, pace):
        raise TooFast(left)
    paid = chat_pace.after_one(member.next_at, now, pace)
    rows = ChatMember.objects.filter(pk=member.pk, next_at=member.next_at)
    if not rows.update(next_at=paid):
        raise TooFast(pace.interval.total_seconds())


def _posted_before(event: Event, key: uuid.UUID, actor: User) -> ChatMessage | None:
    rows = ChatMessage.objects.select_related("author", "room")
    return rows.filter(author__event=event, author__user=actor, client_key=key).first()


def _write(room: ChatRoom, row: ChatMessage, reply_to: int | None, *, waits: bool) -> ChatMessage:
    """Inside the transaction of whoever calls."""
    row.room_id, row.state = room.pk, MessageState.WAITING if waits else MessageState.SHOWN
    row.reply_to = _parent(room, reply_to)
    if waits:
        ChatRoom.objects.get_or_create(pk=room.pk)
    else:
        row.number = row.changed = raise_counter(room.pk)
    row.save()
    return row


def _parent(room: ChatRoom, reply_to: int | None) -> ChatMessage | None:
    """One level: an answer to an answer hangs on the message that both are about."""
    if reply_to is None:
        return None
    parent = ChatMessage.objects.shown().select_related("reply_to").filter(room=room.pk, pk=reply_to).first()
    if parent is None:
        raise MessageGone
    return parent.reply_to or parent


def badge_of(actor: User, event: Event) -> Badge:
    if Speaker.objects.filter(event=event, user=actor).exists():
        return Badge.SPEAKER
    return Badge.STAFF if roles_of(actor, event) else Badge.NONE
