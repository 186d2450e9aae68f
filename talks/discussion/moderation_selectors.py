"""The desk of the chat's moderators: what waits, what was reported, who is silenced, what was done."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from events.live import moment
from events.models import Event, Track
from talks.discussion.chat_enums import MessageState
from talks.discussion.chat_selectors import chat_is_on, room_of
from talks.discussion.models import ChatLog, ChatMember, ChatMessage, ChatReport, ChatRoom, ChatSilence

MOST = 100


def desk(event: Event) -> dict[str, Any]:
    """A fixed number of queries, whatever there is."""
    return {
        "is_on": chat_is_on(event),
        "rooms": [room_row(room_of(track)) for track in _tracks(event)],
        "waiting": [_message(row) for row in _waiting(event)],
        "reported": [_message(row) for row in _reported(event)],
        "hidden": [_message(row) for row in _hidden(event)],
        "silences": _silences(event),
        "log": [_log_line(row) for row in _log(event)],
    }


def room_row(room: ChatRoom) -> dict[str, Any]:
    return {
        "track_id": room.pk,
        "name": room.track.name,
        "is_open": room.is_open,
        "slow_seconds": room.slow_seconds,
        "approve_first": room.approve_first,
    }


def _tracks(event: Event) -> QuerySet[Track]:
    return Track.objects.filter(event=event).select_related("chat_room").order_by("position", "pk")


def _messages(event: Event) -> QuerySet[ChatMessage]:
    open_reports = Prefetch("reports", ChatReport.objects.filter(settled_at=None), to_attr="open_reports")
    rows = ChatMessage.objects.filter(room__track__event=event).select_related("author", "room__track")
    return rows.prefetch_related(open_reports)


def _waiting(event: Event) -> QuerySet[ChatMessage]:
    return _messages(event).waiting().order_by("pk")[:MOST]  # type: ignore[attr-defined]


def _reported(event: Event) -> QuerySet[ChatMessage]:
    """Whatever became of them meanwhile: the report has kept the text."""
    reported = ChatReport.objects.filter(settled_at=None, message__room__track__event=event)
    return _messages(event).filter(pk__in=reported.values("message")).order_by("pk")[:MOST]


def _hidden(event: Event) -> QuerySet[ChatMessage]:
    return _messages(event).filter(state=MessageState.HIDDEN).order_by("-updated_at", "-pk")[:MOST]


def _message(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "track_id": row.room_id,
        "track": row.room.track.name,
        "member": row.author_id,
        "name": row.author.name if row.author else "",
        "badge": row.badge,
        "body": row.body,
        "state": row.state,
        "created_at": moment(row.created_at),
        "reports": [{"reason": report.reason, "text": report.text} for report in row.open_reports],
    }


def _silences(event: Event) -> list[dict[str, Any]]:
    still = Q(until=None) | Q(until__gt=timezone.now())
    rows = ChatSilence.objects.filter(still, event=event, lifted_at=None).select_related("by")[:MOST]
    members = ChatMember.objects.filter(event=event, user__in=[row.user_id for row in rows])
    names = dict(members.values_list("user_id", "name"))
    return [_silence(row, names.get(row.user_id, "")) for row in rows]


def _silence(row: ChatSilence, name: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": name,
        "until": moment(row.until) if row.until else None,
        "reason": row.reason,
        "by": str(row.by.display_name) if row.by else "",
    }


def _log(event: Event) -> QuerySet[ChatLog]:
    return ChatLog.objects.filter(event=event).select_related("actor", "member", "room__track")[:MOST]


def _log_line(row: ChatLog) -> dict[str, Any]:
    return {
        "at": moment(row.at),
        "verb": row.verb,
        "words": str(row.get_verb_display()),
        "name": row.member.name if row.member else "",
        "track": row.room.track.name if row.room else "",
        "text": row.text,
        "note": row.note,
        "by": str(row.actor.display_name) if row.actor else "",
    }
