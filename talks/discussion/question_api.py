"""`/api/v1/...`: the questions to a talk. The paths and keys below `/talks/<id>/session_questions` are the
original's, for the tools that use them; the list by event is the same document.
"""

import hashlib
import json
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from ninja import Router, Schema, Status
from ninja.errors import AuthenticationError

from accounts.rules import has_second_factor, require_own_sign_in, require_second_factor
from events.api_auth import SignedIn
from events.rules import can_see_event
from talks.discussion import rules, selectors
from talks.discussion.models import Answer, TalkQuestion
from talks.discussion.services import answering, asking, question_desk
from talks.models import Talk

router = Router(tags=["questions"])
OF_EVENT = "/events/{event}/talks/{int:talk_id}/questions"
OF_TALK = "/talks/{int:talk_id}/session_questions"
ONE = OF_TALK + "/{int:question_id}"


class QuestionIn(Schema):
    body: str
    client_key: UUID | None = None


class DeskIn(Schema):
    """What to change; what is left out stays."""

    state: Literal["open", "answered"] | None = None
    is_hidden: bool | None = None
    is_pinned: bool | None = None


class MergeIn(Schema):
    into: int


@router.get(OF_EVENT, url_name="questions", response={200: dict[str, Any], 304: None})
def questions(
    request: HttpRequest, event: str, talk_id: int, sort: Literal["votes", "time"] = "time"
) -> HttpResponse:
    """The questions with the reader's own part, and the talk's count of changes as `revision`."""
    return _list(request, _read_talk(request, talk_id, event), sort)


@router.get(OF_TALK, url_name="session_questions", response={200: dict[str, Any], 304: None})
def session_questions(
    request: HttpRequest, talk_id: int, sort: Literal["votes", "time"] = "time"
) -> HttpResponse:
    """The same list by the original's address."""
    return _list(request, _read_talk(request, talk_id), sort)


@router.post(OF_EVENT, auth=SignedIn(), url_name="ask", response={201: dict[str, Any]})
def ask(request: HttpRequest, event: str, talk_id: int, wanted: QuestionIn) -> Status:
    """Ask. The same `client_key` is the same question, so it is safe to send again."""
    return _ask(request, _read_talk(request, talk_id, event), wanted)


@router.post(OF_TALK, auth=SignedIn(), url_name="session_ask", response={201: dict[str, Any]})
def session_ask(request: HttpRequest, talk_id: int, wanted: QuestionIn) -> Status:
    return _ask(request, _read_talk(request, talk_id), wanted)


@router.delete(ONE, auth=SignedIn(), url_name="delete_question", response={204: None})
def delete_question(request: HttpRequest, talk_id: int, question_id: int) -> Status:
    """Take back one's own, or take away as staff."""
    question = _question(request, talk_id, question_id)
    if not rules.can_delete_question(request.user, question):
        raise PermissionDenied
    if not rules.is_asker(request.user, question):
        require_second_factor(request)
    asking.delete_question(question=question, actor=request.user)
    return Status(204, None)


@router.patch(ONE, auth=SignedIn(), url_name="desk", response=dict[str, Any])
def desk(request: HttpRequest, talk_id: int, question_id: int, wanted: DeskIn) -> dict[str, Any]:
    """Mark answered, hide, pin: for speakers of the talk, moderators, broadcasters and organizers."""
    question = _moderated(request, talk_id, question_id)
    for name, value in wanted.dict(exclude_none=True).items():
        question = VERBS[name, value](question=question, actor=request.user)
    return _own_view(request, question)


VERBS = {
    ("state", "answered"): question_desk.mark_answered,
    ("state", "open"): question_desk.reopen,
    ("is_hidden", True): question_desk.hide,
    ("is_hidden", False): question_desk.show,
    ("is_pinned", True): question_desk.pin,
    ("is_pinned", False): question_desk.unpin,
}


@router.post(ONE + "/merge", auth=SignedIn(), url_name="merge_questions", response=dict[str, Any])
def merge(request: HttpRequest, talk_id: int, question_id: int, wanted: MergeIn) -> dict[str, Any]:
    """Into another question to the same talk, which gets the votes of both."""
    question = _moderated(request, talk_id, question_id)
    into = _question(request, talk_id, wanted.into)
    return _own_view(request, question_desk.merge(question=question, into=into, actor=request.user))


@router.put(ONE + "/vote", auth=SignedIn(), url_name="vote", response=dict[str, Any])
def vote(request: HttpRequest, talk_id: int, question_id: int) -> dict[str, Any]:
    row = asking.vote(question=_voted(request, talk_id, question_id), actor=request.user)
    return {"votes_count": row.votes, "has_voted": True}


@router.delete(ONE + "/vote", auth=SignedIn(), url_name="unvote", response=dict[str, Any])
def unvote(request: HttpRequest, talk_id: int, question_id: int) -> dict[str, Any]:
    row = asking.unvote(question=_voted(request, talk_id, question_id), actor=request.user)
    return {"votes_count": row.votes, "has_voted": False}


@router.post(ONE + "/vote", auth=SignedIn(), url_name="toggle_vote", response=dict[str, Any])
def toggle_vote(request: HttpRequest, talk_id: int, question_id: int) -> dict[str, Any]:
    """The original's way. Sent twice it is undone: programs that repeat use PUT and DELETE."""
    question = _voted(request, talk_id, question_id)
    if selectors.has_voted(question, request.user):
        return unvote(request, talk_id, question_id)
    return vote(request, talk_id, question_id)


ANSWERS = ONE + "/session_question_answers"


@router.get(ANSWERS, url_name="answers", response=dict[str, Any])
def answers(request: HttpRequest, talk_id: int, question_id: int) -> dict[str, Any]:
    return {"answers": _own_view(request, _question(request, talk_id, question_id))["answers"]}


@router.post(ANSWERS, auth=SignedIn(), url_name="answer", response={201: dict[str, Any]})
def answer(request: HttpRequest, talk_id: int, question_id: int, wanted: QuestionIn) -> Status:
    """Answer as a speaker of the talk or as staff; the whole question comes back."""
    question = _question(request, talk_id, question_id)
    role = rules.answer_role(request.user, question.talk)
    if role is None:
        raise PermissionDenied
    _require_own_session(request, question.talk)
    row = answering.answer(
        question=question, body=wanted.body, role=role, client_key=wanted.client_key, actor=request.user
    )
    return Status(201, _own_view(request, row))


@router.delete(ANSWERS + "/{int:answer_id}", auth=SignedIn(), url_name="delete_answer", response={204: None})
def delete_answer(request: HttpRequest, talk_id: int, question_id: int, answer_id: int) -> Status:
    question = _question(request, talk_id, question_id)
    row = (
        Answer.objects.filter(question=question, pk=answer_id).select_related("question__talk__event").first()
    )
    if row is None:
        raise Http404
    if not rules.can_delete_answer(request.user, row):
        raise PermissionDenied
    _require_own_session(request, question.talk)
    answering.delete_answer(answer=row, actor=request.user)
    return Status(204, None)


def _read_talk(request: HttpRequest, talk_id: int, slug: str | None = None) -> Talk:
    talk = selectors.talks_with_questions().filter(pk=talk_id).first()
    if talk is None or (slug is not None and talk.event.slug != slug):
        raise Http404
    if not can_see_event(request.user, talk.event):
        raise Http404
    if not rules.can_read_questions(request.user, talk):
        raise _refusal(request, talk)
    return talk


def _refusal(request: HttpRequest, talk: Talk) -> Exception:
    """A talk that is not public does not exist; else the person signs in or registers first."""
    if not talk.is_published:
        return Http404()
    return PermissionDenied() if request.user.is_authenticated else AuthenticationError()


def _question(request: HttpRequest, talk_id: int, question_id: int) -> TalkQuestion:
    """Hidden ones exist for those who moderate and for their asker, who may take them back."""
    talk = _read_talk(request, talk_id)
    row = selectors.whole_questions().alive().filter(talk=talk, pk=question_id).first()
    if row is None:
        raise Http404
    row.talk = talk
    if row.is_hidden and not (rules.is_asker(request.user, row) or _moderates(request, talk)):
        raise Http404
    return row


def _voted(request: HttpRequest, talk_id: int, question_id: int) -> TalkQuestion:
    question = _question(request, talk_id, question_id)
    if not rules.can_vote(request.user, question.talk):
        raise PermissionDenied
    return question


def _moderated(request: HttpRequest, talk_id: int, question_id: int) -> TalkQuestion:
    question = _question(request, talk_id, question_id)
    if not rules.can_moderate_questions(request.user, question.talk):
        raise PermissionDenied
    _require_own_session(request, question.talk)
    return question


def _require_own_session(request: HttpRequest, talk: Talk) -> None:
    """Speakers have signed in themselves; whoever acts by a role has shown a second factor."""
    require_own_sign_in(request)
    if not rules.is_speaker_of(request.user, talk):
        require_second_factor(request)


def _moderates(request: HttpRequest, talk: Talk) -> bool:
    by_role = rules.moderates_by_role(request.user, talk) and has_second_factor(request)
    return by_role or rules.is_speaker_of(request.user, talk)


def _ask(request: HttpRequest, talk: Talk, wanted: QuestionIn) -> Status:
    if not rules.can_ask(request.user, talk):
        raise PermissionDenied
    row = asking.ask(talk=talk, body=wanted.body, client_key=wanted.client_key, actor=request.user)
    return Status(201, _own_view(request, row))


def _own_view(request: HttpRequest, row: TalkQuestion) -> dict[str, Any]:
    whole = selectors.whole_questions().get(pk=row.pk)
    voted = selectors.has_voted(whole, request.user)
    hidden_too = _moderates(request, whole.talk)
    return selectors.own_view(whole, request.user, has_voted=voted, hidden_too=hidden_too)


def _list(request: HttpRequest, talk: Talk, sort: str) -> HttpResponse:
    may_use_roles = request.user.is_authenticated and has_second_factor(request)
    standing = selectors.standing(talk, request.user, timezone.now(), may_use_roles=may_use_roles)
    named = {"talk_id": talk.pk, "title": talk.title, "lang": talk.lang}
    head = {**named, "revision": selectors.revision_of(talk), **standing}
    headers = {"ETag": _etag(head, request, sort), "Cache-Control": "private, no-cache"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    rows = selectors.listed_questions(talk, request.user, hidden_too=standing["can_moderate"])
    if sort == "votes":
        rows.sort(key=lambda row: row["votes_count"], reverse=True)
    text = json.dumps({**head, "questions": rows}, ensure_ascii=False)
    return HttpResponse(text, content_type="application/json", headers=headers)


def _etag(head: dict[str, Any], request: HttpRequest, sort: str) -> str:
    """Weak: each change of a question, of a vote or of what the person may do makes another."""
    known = json.dumps([head, request.user.pk, sort, translation.get_language()], default=str)
    return f'W/"{hashlib.sha256(known.encode()).hexdigest()[:20]}"'
