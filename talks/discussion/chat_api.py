"""`/api/v1/...`: the chat of a track. Reading asks `can_watch`; writing asks for a registration."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema, Status
from ninja.errors import AuthenticationError

from accounts.rules import has_second_factor
from events.api_auth import SignedIn
from events.models import Track
from events.rules import can_see_event
from talks.discussion import chat_rules, chat_selectors
from talks.discussion.chat_enums import MessageState, Reaction
from talks.discussion.chat_errors import ChatOff, MessageGone, TooFast
from talks.discussion.chat_live import message_state, room_state
from talks.discussion.chat_refusals import known_refusals
from talks.discussion.models import ChatMember, ChatMessage
from talks.discussion.services import message_own, message_posting
from talks.discussion.services.chat_members import known_name

router = Router(tags=["chat"])
ROOM = "/events/{event}/tracks/{int:track_id}/messages"
# What the databases can compare.
MOST_COUNT = 2**53
ONE = ROOM + "/{int:message_id}"


class MessageIn(Schema):
    body: str
    reply_to: int | None = None
    client_key: UUID | None = None
    name: str = ""


class EditIn(Schema):
    body: str


class ReactionIn(Schema):
    name: str = ""


class ReportIn(Schema):
    reason: str = ""


@router.get(ROOM, url_name="messages", response=dict[str, Any])
def messages(
    request: HttpRequest,
    event: str,
    track_id: int,
    before: int | None = Query(None, ge=0, le=MOST_COUNT),
    after: int | None = Query(None, ge=0, le=MOST_COUNT),
) -> dict[str, Any]:
    """The newest page, the one before a message's `number`, or with `after` what changed since that count."""
    track = read_track(request, event, track_id)
    member = chat_selectors.member_of(request.user, track.event)
    answer = _changes(track, member, after) if after is not None else _page(track, member, before)
    return answer | {"track_id": track.pk, "room": _room(track), "me": _standing(request, track, member)}


@router.post(ROOM, auth=SignedIn(), url_name="post_message", response={201: dict[str, Any]})
def post(request: HttpRequest, event: str, track_id: int, wanted: MessageIn) -> Status:
    """Post. The same `client_key` is the same message, so it is safe to send again."""
    refuse_known(request, track_id)
    track = written_track(request, event, track_id)
    try:
        row = message_posting.post(track=track, actor=request.user, **wanted.dict())
    except TooFast as refused:
        known_refusals.note(request.user.pk, track_id, refused.retry_after)
        raise
    return Status(201, own_message(row, is_new=True))


@router.patch(ONE, auth=SignedIn(), url_name="edit_message", response=dict[str, Any])
def edit(request: HttpRequest, event: str, track_id: int, message_id: int, wanted: EditIn) -> dict[str, Any]:
    row = _own(request, event, track_id, message_id)
    return own_message(message_own.edit(message=row, body=wanted.body, actor=request.user))


@router.delete(ONE, auth=SignedIn(), url_name="delete_message", response={204: None})
def delete(request: HttpRequest, event: str, track_id: int, message_id: int) -> Status:
    row = _own(request, event, track_id, message_id)
    message_own.delete(message=row, actor=request.user)
    return Status(204, None)


@router.put(ONE + "/reactions/{kind}", auth=SignedIn(), url_name="react", response=dict[str, Any])
def react(
    request: HttpRequest, event: str, track_id: int, message_id: int, kind: Reaction, wanted: ReactionIn
) -> dict[str, Any]:
    row = _seen(request, event, track_id, message_id)
    return own_message(message_own.react(message=row, kind=kind, name=wanted.name, actor=request.user))


@router.delete(ONE + "/reactions/{kind}", auth=SignedIn(), url_name="unreact", response=dict[str, Any])
def unreact(
    request: HttpRequest, event: str, track_id: int, message_id: int, kind: Reaction
) -> dict[str, Any]:
    row = _seen(request, event, track_id, message_id)
    return own_message(message_own.unreact(message=row, kind=kind, actor=request.user))


@router.post(ONE + "/report", auth=SignedIn(), url_name="report_message", response={204: None})
def report(request: HttpRequest, event: str, track_id: int, message_id: int, wanted: ReportIn) -> Status:
    """Ask the moderators to look. Nobody else learns of it."""
    row = _seen(request, event, track_id, message_id)
    message_own.report(message=row, reason=wanted.reason, actor=request.user)
    return Status(204, None)


def refuse_known(request: HttpRequest, track_id: int) -> None:
    if left := known_refusals.left(request.user.pk, track_id):
        raise TooFast(left)


def read_track(request: HttpRequest, slug: str, track_id: int) -> Track:
    track = chat_selectors.tracks_with_chat().filter(pk=track_id, event__slug=slug).first()
    if track is None or not can_see_event(request.user, track.event):
        raise Http404
    if not chat_rules.can_read_chat(request.user, track.event):
        raise PermissionDenied if request.user.is_authenticated else AuthenticationError()
    if not chat_selectors.chat_is_on(track.event):
        raise ChatOff
    return track


def written_track(request: HttpRequest, slug: str, track_id: int) -> Track:
    track = read_track(request, slug, track_id)
    if not chat_rules.can_chat(request.user, track.event):
        raise PermissionDenied
    return track


def _seen(request: HttpRequest, slug: str, track_id: int, message_id: int) -> ChatMessage:
    """What others see, by somebody who may write here."""
    row = chat_selectors.message_in(written_track(request, slug, track_id), message_id)
    if row is None or not row.is_shown:
        raise MessageGone
    return row


def _own(request: HttpRequest, slug: str, track_id: int, message_id: int) -> ChatMessage:
    row = chat_selectors.message_in(written_track(request, slug, track_id), message_id)
    if row is None or (row.state == MessageState.HIDDEN and not chat_rules.is_author(request.user, row)):
        raise MessageGone
    if not chat_rules.is_author(request.user, row):
        raise PermissionDenied if row.is_shown else MessageGone
    return row


def own_message(row: ChatMessage, *, is_new: bool = False) -> dict[str, Any]:
    """For its author: with the state, and with the numbers of its reactions, which a new one has none of."""
    shown, _gone = ([], []) if is_new else chat_selectors.told([row])
    return (shown[0] if shown else message_state(row, {})) | {"state": row.state}


def _room(track: Track) -> dict[str, Any]:
    return room_state(chat_selectors.room_of(track), is_on=True)


def _page(track: Track, member: ChatMember | None, before: int | None) -> dict[str, Any]:
    room = chat_selectors.room_of(track)
    rows = chat_selectors.newest_messages(room, before=before)
    answer = {"revision": room.counter, "has_older": len(rows) == chat_selectors.PAGE}
    waiting = chat_selectors.own_waiting(member, room) if before is None else []
    return answer | _told(rows, member) | {"waiting": [own_message(row) for row in waiting]}


def _changes(track: Track, member: ChatMember | None, after: int) -> dict[str, Any]:
    """Up to a bound; `revision` says how far it goes, and `has_more` that one asks again from there."""
    room = chat_selectors.room_of(track)
    rows = chat_selectors.changes_after(room, after, room.counter)
    has_more = len(rows) == chat_selectors.MOST_CHANGES
    revision = rows[-1].changed if has_more else room.counter
    return {"revision": revision, "has_more": has_more} | _told(rows, member)


def _told(rows: list[ChatMessage], member: ChatMember | None) -> dict[str, Any]:
    shown, gone = chat_selectors.told(rows)
    mine = chat_selectors.own_reactions(member, [row["id"] for row in shown])
    return {"messages": [row | {"my_reactions": mine[row["id"]]} for row in shown], "gone": gone}


def _standing(request: HttpRequest, track: Track, member: ChatMember | None) -> dict[str, Any]:
    """What this person may do here, and under which name. Roles open nothing before the second factor."""
    user, event = request.user, track.event
    if not user.is_authenticated:
        return {"signed_in": False, "can_write": False, "can_moderate": False, "member": None, "name": ""}
    silence = chat_selectors.running_silence(user, event, timezone.now())
    return {
        "signed_in": True,
        "can_write": chat_rules.can_chat(user, event),
        "can_moderate": chat_rules.can_moderate_chat(user, event) and has_second_factor(request),
        "member": member.pk if member else None,
        "name": member.name if member else known_name(event, user),
        "silence": {"until": silence.until, "reason": silence.reason} if silence else None,
    }
