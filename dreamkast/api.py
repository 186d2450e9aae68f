"""The JSON API: one OpenAPI document, one way to say no."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from streaming.api import NotSignedIn
from streaming.api import router as live_router
from streaming.errors import KeyReused
from streaming.hook_api import router as hook_router
from streaming.machine_api import router as machine_router
from talks.api import router as agenda_router
from talks.discussion.chat_api import router as chat_router
from talks.discussion.chat_errors import TooFast
from talks.discussion.errors import DiscussionRefused
from talks.discussion.moderation_api import router as moderation_router
from talks.discussion.question_api import router as question_router

api = NinjaAPI(title="Dreamkast", version="1", urls_namespace="api")
api.add_router("/v1", live_router)
api.add_router("/v1", agenda_router)
api.add_router("/v1", hook_router)
api.add_router("/v1", machine_router)
api.add_router("/v1", question_router)
api.add_router("/v1", chat_router)
api.add_router("/v1", moderation_router)


def _refuse(request: HttpRequest, status: int, code: str) -> HttpResponse:
    return api.create_response(request, {"code": code}, status=status)


@api.exception_handler(NotSignedIn)
def not_signed_in(request: HttpRequest, error: Any) -> HttpResponse:
    return _refuse(request, 401, "not_signed_in")


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: Any) -> HttpResponse:
    return _refuse(request, 403, "forbidden")


@api.exception_handler(KeyReused)
def key_reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
    return _refuse(request, 422, error.code)


@api.exception_handler(DiscussionRefused)
def discussion_refused(request: HttpRequest, error: DiscussionRefused) -> HttpResponse:
    return api.create_response(request, {"code": error.code, "message": str(error)}, status=error.status)


@api.exception_handler(TooFast)
def too_fast(request: HttpRequest, error: TooFast) -> HttpResponse:
    answer = {"code": error.code, "message": str(error), "retry_after": error.retry_after}
    response = api.create_response(request, answer, status=error.status)
    response["Retry-After"] = str(error.retry_after)
    return response
