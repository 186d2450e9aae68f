"""`/api/v1/events/<event>/agenda`: the visitor's own marks, so that the pages can be for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from events.api_auth import SignedIn
from events.models import Event
from events.rules import can_see_timetable
from events.views.scope import event_or_404
from talks.agenda import STRANGERS_AGENDA, agenda_of, chosen_talks, overlapping
from talks.models import Talk
from talks.services.agenda import (
    BookmarkRefused,
    NotATalk,
    SeatsOverlap,
    bookmark,
    keep_bookmarks,
    remove_bookmark,
)

router = Router(tags=["agenda"])
MOST_AT_ONCE = 500


class AgendaOut(Schema):
    signed_in: bool
    registered: bool
    attendance: str | None
    talks: list[int]
    seats: list[int]


class OtherTalkOut(Schema):
    id: int
    title: str
    lang: str


class ChosenOut(Schema):
    agenda: AgendaOut
    overlaps: list[OtherTalkOut]


class RefusedOut(Schema):
    code: str
    overlaps: list[OtherTalkOut] = []


class ChoiceIn(Schema):
    replace: list[int] = []
    without_seat: bool = False


class KeptIn(Schema):
    talks: list[int] = Field(max_length=MOST_AT_ONCE)


@router.get("/events/{event}/agenda", url_name="agenda", response=AgendaOut)
def agenda(request: HttpRequest, response: HttpResponse, event: str) -> Any:
    """What the visitor has chosen; a stranger has chosen nothing here."""
    scope = event_or_404(request, event)
    response["Cache-Control"] = "private, no-store"
    user = request.user
    return agenda_of(user, scope) if user.is_authenticated else STRANGERS_AGENDA


@router.post("/events/{event}/agenda", auth=SignedIn(), response=AgendaOut)
def keep_agenda(request: HttpRequest, event: str, kept: KeptIn) -> Any:
    """Add what was chosen before signing in. Sending it twice adds nothing."""
    scope = _programme_or_404(request, event)
    keep_bookmarks(event=scope, talk_ids=kept.talks, actor=request.user)
    return agenda_of(request.user, scope)


@router.put(
    "/events/{event}/agenda/{talk_id}",
    url_name="bookmark",
    auth=SignedIn(),
    response={200: ChosenOut, 404: RefusedOut, 409: RefusedOut},
)
def choose(request: HttpRequest, event: str, talk_id: int, choice: ChoiceIn | None = None) -> Any:
    """Bookmark a talk, and take a seat for somebody who comes. 409: overlaps, sold_out, cancelled."""
    scope, wish = _programme_or_404(request, event), choice or ChoiceIn()
    talk = _talk(scope, talk_id)
    try:
        if talk is None:
            raise NotATalk
        bookmark(talk=talk, replace=wish.replace, without_seat=wish.without_seat, actor=request.user)
    except BookmarkRefused as refused:
        return _refusal(refused)
    others = overlapping(talk, chosen_talks(request.user, scope))
    return ChosenOut(agenda=AgendaOut.from_orm(agenda_of(request.user, scope)), overlaps=_others(others))


@router.delete(
    "/events/{event}/agenda/{talk_id}", auth=SignedIn(), response={200: AgendaOut, 404: RefusedOut}
)
def give_up(request: HttpRequest, event: str, talk_id: int) -> Any:
    """Remove the bookmark, and free the seat."""
    scope = event_or_404(request, event)
    talk = _talk(scope, talk_id)
    if talk is None:
        return _refusal(NotATalk())
    remove_bookmark(talk=talk, actor=request.user)
    return agenda_of(request.user, scope)


def _programme_or_404(request: HttpRequest, slug: str) -> Event:
    scope = event_or_404(request, slug)
    if not can_see_timetable(request.user, scope):
        raise Http404
    return scope


def _talk(event: Event, talk_id: int) -> Talk | None:
    return Talk.objects.filter(event=event, pk=talk_id).with_people().first()


def _refusal(refused: BookmarkRefused) -> Status:
    talks = refused.talks if isinstance(refused, SeatsOverlap) else []
    status = 404 if isinstance(refused, NotATalk) else 409
    return Status(status, RefusedOut(code=refused.code, overlaps=_others(talks)))


def _others(talks: list[Talk]) -> list[OtherTalkOut]:
    return [OtherTalkOut(id=talk.pk, title=talk.title, lang=talk.lang) for talk in talks]
