"""Keep somebody from writing at an event for a while, or for good, and let them again."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from talks.discussion.chat_enums import MessageState, ModerationVerb
from talks.discussion.chat_errors import NoReason
from talks.discussion.models import ChatLog, ChatMember, ChatMessage, ChatSilence
from talks.discussion.services.chat_counter import note_changes
from talks.discussion.services.message_own import clean_note


def silence(*, member: ChatMember, minutes: int, reason: str, actor: User) -> ChatSilence:
    """The person reads the reason. A second one replaces the first. Raises NoReason."""
    until = timezone.now() + timedelta(minutes=minutes)
    return _silence(member, ModerationVerb.SILENCED, reason, actor, until=until)


def ban(*, member: ChatMember, reason: str, actor: User) -> ChatSilence:
    """For the whole event, and everything they have written vanishes from every screen. Raises NoReason."""
    with transaction.atomic():
        row = _silence(member, ModerationVerb.BANNED, reason, actor, until=None)
        _hide_all(member, actor)
    return row


def lift(*, silence: ChatSilence, actor: User) -> bool:
    """They may write again; what was hidden stays hidden. False when it was lifted already."""
    with transaction.atomic():
        now = timezone.now()
        if not ChatSilence.objects.filter(pk=silence.pk, lifted_at=None).update(lifted_at=now):
            return False
        member = ChatMember.objects.filter(event=silence.event_id, user=silence.user_id).first()
        _log(member, silence.event_id, ModerationVerb.LIFTED, silence.reason, actor)
    return True


def _silence(
    member: ChatMember, verb: ModerationVerb, reason: str, actor: User, *, until: datetime | None
) -> ChatSilence:
    words, now = clean_note(reason), timezone.now()
    if not words:
        raise NoReason
    with transaction.atomic():
        held = ChatSilence.objects.filter(event=member.event_id, user=member.user_id, lifted_at=None)
        held.update(lifted_at=now)
        row = ChatSilence.objects.create(
            event_id=member.event_id, user_id=member.user_id, until=until, reason=words, by=actor
        )
        _log(member, member.event_id, verb, words, actor)
    return row


def _log(member: ChatMember | None, event_id: int, verb: ModerationVerb, note: str, actor: User) -> None:
    ChatLog.objects.create(event_id=event_id, member=member, verb=verb, note=note, actor=actor)


def _hide_all(member: ChatMember, actor: User) -> None:
    """Always room by room in the same order, each told of once."""
    states = [MessageState.SHOWN, MessageState.WAITING]
    rows = ChatMessage.objects.filter(author=member, state__in=states)
    for room_id in rows.order_by("room_id").values_list("room_id", flat=True).distinct():
        ours = list(rows.filter(room=room_id).order_by("pk"))
        ChatLog.objects.bulk_create(_evidence(row, member, actor) for row in ours)
        ids = [row.pk for row in ours]
        ChatMessage.objects.filter(pk__in=ids).update(state=MessageState.HIDDEN)
        note_changes(room_id, [row.pk for row in ours if row.is_shown])


def _evidence(row: ChatMessage, member: ChatMember, actor: User) -> ChatLog:
    return ChatLog(
        event_id=member.event_id,
        room_id=row.room_id,
        message=row,
        member=member,
        verb=ModerationVerb.HIDDEN,
        text=row.body,
        actor=actor,
    )
