"""`/api/v1/events/<event>/...`: the live document, the visitor's own part, and the control command."""

import json
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.errors import ValidationError
from pydantic import ValidationError as SchemaError

from events.api_auth import SignedIn, TokenBearer, may_control
from events.models import Event, Track
from events.rules import can_see_event, can_watch, is_registered, is_staff_of
from events.selectors import EventFacts, event_facts
from streaming.enums import Source
from streaming.errors import OnAirRefused
from streaming.live import track_state
from streaming.report_limit import report_limit
from streaming.rules import can_direct
from streaming.schemas import CommandIn, CommandOut, MeOut, RefusalOut, SeenIn
from streaming.services.on_air import run_command
from streaming.services.sightings import note_sighting
from streaming.snapshots import ReadyDocument, public_documents, ready_document
from streaming.tickets import issue_ticket
from talks.models import Talk

router = Router(tags=["live"])
Sent = TypeVar("Sent", bound=Schema)


@router.get("/events/{event}/live", url_name="live", response={200: dict[str, Any], 304: None})
def live(request: HttpRequest, event: str) -> HttpResponse:
    """The live document. Weak ETag from the event's revision alone."""
    facts = _facts_or_404(request, event)
    if not facts.is_for_everybody:
        _require_watcher(request, facts)
    if facts.phase == "before" and _is_staff(request, facts):
        document = ready_document(Event.objects.get(pk=facts.id), with_playback=True)
        return _document_response(document, "private, no-store", etag=False)
    etag = f'W/"{facts.revision}"'
    caching = "public, max-age=1" if facts.is_for_everybody else "private, no-cache"
    if etag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": caching})
    return _document_response(public_documents.get(facts.id, facts.revision), caching)


def _document_response(document: ReadyDocument, caching: str, *, etag: bool = True) -> HttpResponse:
    headers = {"Cache-Control": caching} | ({"ETag": f'W/"{document.revision}"'} if etag else {})
    return HttpResponse(document.text(), content_type="application/json", headers=headers)


@router.get("/events/{event}/me", url_name="me", response=MeOut)
def me(request: HttpRequest, response: HttpResponse, event: str) -> MeOut:
    """Who is asking, what they may do in this event, and the ticket for its socket."""
    facts = _facts_or_404(request, event)
    row, user = Event.objects.get(pk=facts.id), request.user
    response["Cache-Control"] = "private, no-store"
    return MeOut(
        signed_in=user.is_authenticated,
        name=user.display_name if user.is_authenticated else None,
        registered=is_registered(user, row),
        can_watch=can_watch(user, row),
        can_direct=can_direct(user, row),
        ticket=issue_ticket(user_id=user.pk, event=row, access=facts.access) if can_watch(user, row) else "",
    )


def body_of(schema: type[Schema]) -> dict[str, Any]:
    """For the documentation: the body is read by hand, after it is known who asks."""
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema.json_schema()}}}
    }


@router.post(
    "/events/{event}/tracks/{track_id}/commands",
    url_name="commands",
    auth=[TokenBearer(), SignedIn()],
    response={200: CommandOut, 409: RefusalOut},
    openapi_extra=body_of(CommandIn),
)
def command(request: HttpRequest, response: HttpResponse, event: str, track_id: int) -> Any:
    """Put a talk on air, show or clear a card, undo. 401, 403 and 404 come before 422, and 422 before 409."""
    return run_on(request, response, _directed_track(request, event, track_id))


def run_on(request: HttpRequest, response: HttpResponse, track: Track) -> Any:
    """The rest of a command, once it is known that whoever asks may command the track."""
    requested_at = timezone.now()
    wanted = _body(request, CommandIn)
    talk = _talk(wanted.talk_id) if wanted.talk_id is not None else None
    try:
        outcome = run_command(
            track=track,
            command=wanted.command,
            talk=talk,
            card=wanted.card or "",
            expected_revision=wanted.expected_revision,
            idempotency_key=wanted.idempotency_key,
            source=Source.API if getattr(request, "api_token", None) else Source.CONSOLE,
            actor=request.user,
            requested_at=requested_at,
        )
    except OnAirRefused as refused:
        return Status(409, RefusalOut(code=refused.code, track=track_state(refused.on_air)))
    if outcome.replayed:
        response["Idempotent-Replay"] = "true"
    return CommandOut(track=track_state(outcome.on_air))


@router.post(
    "/events/{event}/tracks/{track_id}/seen",
    url_name="seen",
    response={204: None},
    openapi_extra=body_of(SeenIn),
)
def seen(request: HttpRequest, response: HttpResponse, event: str, track_id: int) -> Any:
    """Some viewers say how long ago they saw a switch, for the control room. Whatever comes of it, it is 204.

    Nothing of a person is read or kept, and what is too much is dropped before the database is asked.
    """
    received_at = timezone.now()
    response["Cache-Control"] = "no-store"
    if not report_limit.lets_through():
        return Status(204, None)
    facts = _facts_or_404(request, event)
    if not facts.is_for_everybody:
        _require_watcher(request, facts)
    report = _body(request, SeenIn)
    if facts.phase == "open":
        note_sighting(event_id=facts.id, track_id=track_id, received_at=received_at, **report.dict())
    return Status(204, None)


def _facts_or_404(request: HttpRequest, slug: str) -> EventFacts:
    """For those who do not work on it a draft does not exist."""
    found = event_facts(slug=slug)
    if not found or (found[0].is_private and not _is_staff(request, found[0])):
        raise Http404
    return found[0]


def _require_watcher(request: HttpRequest, facts: EventFacts) -> None:
    if not request.user.is_authenticated:
        raise NotSignedIn
    if not can_watch(request.user, Event.objects.get(pk=facts.id)):
        raise PermissionDenied


def _is_staff(request: HttpRequest, facts: EventFacts) -> bool:
    # Without a cookie the session is not touched, so that the answer stays cacheable for all.
    return bool(request.COOKIES) and is_staff_of(request.user, Event.objects.get(pk=facts.id))


def _directed_track(request: HttpRequest, slug: str, track_id: int) -> Track:
    event = Event.objects.filter(slug=slug).first()
    if event is None or not can_see_event(request.user, event):
        raise Http404
    if not can_direct(request.user, event) or not may_control(request, event):
        raise PermissionDenied
    track = event.tracks.select_related("event").filter(pk=track_id).first()
    if track is None:
        raise Http404
    if not may_control(request, event, track):
        raise PermissionDenied
    return track


def _body(request: HttpRequest, schema: type[Sent]) -> Sent:
    try:
        return schema.model_validate(json.loads(request.body or b"null"))
    except SchemaError as error:
        raise ValidationError(error.errors(include_context=False, include_url=False)) from error
    except ValueError as error:
        raise ValidationError(
            [{"type": "json_invalid", "loc": ["body"], "msg": "The body is not JSON."}]
        ) from error


def _talk(talk_id: int) -> Talk:
    """A talk that exists; whether it belongs on the track is for the service to say."""
    talk = Talk.objects.filter(pk=talk_id).first()
    if talk is None:
        raise ValidationError([{"type": "unknown_talk", "loc": ["body", "talk_id"], "msg": "No such talk."}])
    return talk


class NotSignedIn(Exception):
    """Answered with 401 by dreamkast.api."""
