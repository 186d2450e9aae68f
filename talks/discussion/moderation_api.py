"""`/api/v1/...`: what moderators do in the chat. A role and its second factor are asked at each door."""

from collections.abc import Callable
from typing import Any, Literal

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja import Field, Router, Schema, Status

from accounts.rules import require_second_factor
from events.api_auth import SignedIn
from events.models import Event, Track
from events.rules import Person
from talks.discussion import chat_rules, chat_selectors, moderation_selectors
from talks.discussion.chat_api import ONE
from talks.discussion.models import ChatMember, ChatMessage, ChatSilence
from talks.discussion.models.chat_room import SLOWEST
from talks.discussion.services import chat_rooms, moderation_desk, moderation_people

router = Router(tags=["chat"], auth=SignedIn())
CHAT = "/events/{event}/chat"
ROOM = "/events/{event}/tracks/{int:track_id}/chat"
MOST_MINUTES = 7 * 24 * 60


class StepIn(Schema):
    step: Literal["approve", "hide", "show", "remove", "dismiss"]


class SwitchIn(Schema):
    is_on: bool


class RoomIn(Schema):
    """What to change; what is left out stays."""

    is_open: bool | None = None
    slow_seconds: int | None = Field(None, ge=0, le=SLOWEST)
    approve_first: bool | None = None


class SilenceIn(Schema):
    """Without minutes it is a ban: for the whole event, and what the person has written vanishes."""

    member: int
    minutes: int | None = Field(None, ge=1, le=MOST_MINUTES)
    reason: str


STEPS: dict[str, Callable[..., ChatMessage]] = {
    "approve": moderation_desk.approve,
    "hide": moderation_desk.hide,
    "show": moderation_desk.show,
    "remove": moderation_desk.remove,
    "dismiss": moderation_desk.dismiss,
}


@router.get(CHAT, url_name="chat_desk", response=dict[str, Any])
def desk(request: HttpRequest, event: str) -> dict[str, Any]:
    """Everything that the moderators' page shows."""
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    may_switch = chat_rules.can_switch_chat(request.user, conference)
    return moderation_selectors.desk(conference) | {"may_switch": may_switch}


@router.patch(CHAT, url_name="switch_chat", response=dict[str, Any])
def switch(request: HttpRequest, event: str, wanted: SwitchIn) -> dict[str, Any]:
    conference = moderated_event(request, event, chat_rules.can_switch_chat)
    chat_rooms.switch_chat(event=conference, is_on=wanted.is_on, actor=request.user)
    return {"is_on": wanted.is_on}


@router.patch(ROOM, url_name="change_chat_room", response=dict[str, Any])
def change_room(request: HttpRequest, event: str, track_id: int, wanted: RoomIn) -> dict[str, Any]:
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    track = _track(conference, track_id)
    values = wanted.dict(exclude_none=True)
    return moderation_selectors.room_row(chat_rooms.change_room(track=track, actor=request.user, **values))


@router.post(ONE + "/moderation", url_name="moderate_message", response=dict[str, Any])
def moderate(
    request: HttpRequest, event: str, track_id: int, message_id: int, wanted: StepIn
) -> dict[str, Any]:
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    rows = ChatMessage.objects.filter(room=_track(conference, track_id).pk, pk=message_id)
    row = STEPS[wanted.step](message=rows.first() or _missing(), actor=request.user)
    return {"id": row.pk, "state": row.state}


@router.post(CHAT + "/silences", url_name="silence", response={201: dict[str, Any]})
def silence(request: HttpRequest, event: str, wanted: SilenceIn) -> Status:
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    found = ChatMember.objects.filter(event=conference, pk=wanted.member).select_related("user", "event")
    member = found.first() or _missing()
    _refuse_staff(member)
    words = {"member": member, "reason": wanted.reason, "actor": request.user}
    if wanted.minutes is None:
        row = moderation_people.ban(**words)
    else:
        row = moderation_people.silence(minutes=wanted.minutes, **words)
    return Status(201, {"id": row.pk, "until": row.until, "reason": row.reason})


@router.delete(CHAT + "/silences/{int:silence_id}", url_name="lift_silence", response={204: None})
def lift(request: HttpRequest, event: str, silence_id: int) -> Status:
    conference = moderated_event(request, event, chat_rules.can_moderate_chat)
    row = ChatSilence.objects.filter(event=conference, pk=silence_id).first() or _missing()
    moderation_people.lift(silence=row, actor=request.user)
    return Status(204, None)


def moderated_event(request: HttpRequest, slug: str, may: Callable[[Person, Event], bool]) -> Event:
    event = Event.objects.select_related("chat_settings").filter(slug=slug).first() or _missing()
    if not may(request.user, event):
        raise PermissionDenied
    require_second_factor(request)
    return event


def _track(event: Event, track_id: int) -> Track:
    return chat_selectors.tracks_with_chat().filter(event=event, pk=track_id).first() or _missing()


def _refuse_staff(member: ChatMember) -> None:
    """Colleagues talk to each other; a role is taken away in the administration."""
    if chat_rules.can_moderate_chat(member.user, member.event):
        raise PermissionDenied


def _missing() -> Any:
    raise Http404
