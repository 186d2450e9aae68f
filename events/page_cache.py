"""Public pages for strangers, kept ready per process for as long as the event's revision stands."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import urlencode

from events.models import LiveCounter

# How old a read revision may be, and a page whose words depend on the clock (seconds).
FRESH_SECONDS, PAGE_SECONDS = 1.0, 60.0
MOST_PAGES = 500
# Browsers ask again each time and mostly hear 304; a CDN in front asks once in a few seconds.
CACHE_CONTROL = "public, max-age=0, s-maxage=5, must-revalidate"

View = Callable[..., HttpResponse]


class KnownRevisions:
    """The revision of each event as this process last heard it."""

    def __init__(self) -> None:
        self._heard: dict[str, tuple[int, float]] = {}

    def note(self, slug: str, revision: int) -> None:
        """Somebody who asks anyway, such as the hub's round, says what it read."""
        self._heard[slug] = (revision, monotonic())

    def of(self, slug: str) -> int:
        """At most a second old; asked of the database when nobody said it lately."""
        revision, at = self._heard.get(slug, (0, -FRESH_SECONDS))
        if monotonic() - at < FRESH_SECONDS:
            return revision
        found = LiveCounter.objects.filter(event__slug=slug).values_list("revision", flat=True).first()
        if found is not None:
            self.note(slug, found)
        return found or 0

    def forget(self) -> None:
        self._heard.clear()


@dataclass(frozen=True)
class Page:
    body: bytes
    content_type: str
    etag: str
    revision: int
    made_at: float


class ReadyPages:
    """The newest few hundred pages; the one that was asked for longest ago goes first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, ...], Page] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[str, ...], revision: int) -> Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.revision < revision or monotonic() - page.made_at > PAGE_SECONDS:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(
        self, key: tuple[str, ...], body: bytes, revision: int, content_type: str = "text/html; charset=utf-8"
    ) -> Page:
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        page = Page(body, content_type, etag, revision, monotonic())
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return page

    def forget(self) -> None:
        with self._lock:
            self._pages.clear()


known_revisions = KnownRevisions()
ready_pages = ReadyPages()


def ready_for_strangers(*parameters: str) -> Callable[[View], View]:
    """Answer people without a cookie of ours from memory: no query, and 304 when they have it already.

    The view's second argument is the event's slug. Whatever changes its page must `touch` the event.
    `parameters` are all that the view reads of the query; it sees no others, so that an address with
    marks of a campaign is the same page. What the view forbids to store is not kept: addresses with
    words of their own would push out good pages.
    """
    return lambda view: _ready(view, parameters)


def _ready(view: View, parameters: tuple[str, ...]) -> View:
    @wraps(view)
    def answer(request: HttpRequest, event: str, *args: Any, **kwargs: Any) -> HttpResponse:
        leave_only(request, parameters)
        if not is_stranger(request):
            return _varying(view(request, event, *args, **kwargs))
        key = (request.get_host(), request.scheme or "", request.LANGUAGE_CODE, request.get_full_path())
        # Read before the page is made: what changes meanwhile makes it again.
        revision = known_revisions.of(event)
        page = ready_pages.find(key, revision)
        if page is None:
            response = view(request, event, *args, **kwargs)
            if response.status_code != 200 or "no-store" in response.get("Cache-Control", ""):
                return _varying(response)
            page = ready_pages.keep(key, response.content, revision, response["Content-Type"])
        return _answer(request, page)

    return answer


def leave_only(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Drop what the page does not know, so that no link in it passes it on either."""
    asked = {name: request.GET[name] for name in parameters if request.GET.get(name)}
    request.META["QUERY_STRING"] = urlencode(asked)
    request.GET = QueryDict(request.META["QUERY_STRING"])


def is_stranger(request: HttpRequest) -> bool:
    return not request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    fresh = _varying(HttpResponse(page.body, content_type=page.content_type))
    fresh["ETag"], fresh["Cache-Control"] = page.etag, CACHE_CONTROL
    return get_conditional_response(request, etag=page.etag, response=fresh) or fresh


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie", "Accept-Language"])
    return response
