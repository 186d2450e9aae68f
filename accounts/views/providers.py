"""The way to an account elsewhere and back. A provider that does not answer costs nobody a broken page."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.statekit import get_states
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.github import views as github
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

from accounts.provider_adapter import back_to_sign_in


def to_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The issuer is asked where its sign-in page is, on every press."""
    return _if_it_answers(openid_connect.login, request, provider_id, request.GET.get("next", ""))


def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    stashed = get_states(request).get(request.GET.get("state", ""))
    after = stashed[0].get("next") if stashed else ""
    return _if_it_answers(openid_connect.callback, request, provider_id, after or "")


def to_github(request: HttpRequest) -> HttpResponse:
    return _if_set_up(github.oauth2_login, request)


def from_github(request: HttpRequest) -> HttpResponse:
    return _if_set_up(github.oauth2_callback, request)


def _if_it_answers(view: Any, request: HttpRequest, provider_id: str, after: str) -> HttpResponse:
    try:
        response: HttpResponse = view(request, provider_id)
    except (RequestException, KeyError):
        name = get_adapter().get_provider(request, provider_id).name
        return back_to_sign_in(request, name, None, after)
    return response


def _if_set_up(view: Any, request: HttpRequest) -> HttpResponse:
    try:
        response: HttpResponse = view(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return response
