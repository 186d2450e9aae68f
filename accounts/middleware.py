"""Where a session that has not proved enough is led to."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.rules import OwnSignInNeeded, SecondFactorNeeded, came_by_link_only

ACCOUNT = "/accounts/"
MISSING: dict[type[Exception], str] = {SecondFactorNeeded: "second_factor", OwnSignInNeeded: "guest"}
OPEN_TO_GUESTS = ("/accounts/logout/", "/accounts/login/", "/accounts/guest/", "/accounts/2fa/authenticate/")


class SignInMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _touches_account(request) and request.user.is_authenticated and came_by_link_only(request):
            return _led(request, "accounts:guest")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A person in front of a page is led to what is missing and back; a script is told."""
        if not isinstance(error, tuple(MISSING)):
            return None
        name = MISSING[type(error)]
        if "text/html" in request.headers.get("Accept", ""):
            return _led(request, f"accounts:{name}")
        return JsonResponse({"code": name}, status=403)


def _touches_account(request: HttpRequest) -> bool:
    return request.path.startswith(ACCOUNT) and not request.path.startswith(OPEN_TO_GUESTS)


def _led(request: HttpRequest, name: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({'next': _page(request)})}")


def _page(request: HttpRequest) -> str:
    """The page to come back to; what a form sent is not sent again, so that leads back to the form."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return urlsplit(request.headers.get("Referer", ""))._replace(scheme="", netloc="").geturl()
