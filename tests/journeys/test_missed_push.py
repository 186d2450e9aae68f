"""A flip comes by push, and when the push is lost it comes all the same."""

import json
import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.directing import document, flip, sign_in
from tests.services.tcp_proxy import TcpProxy


@pytest.fixture
def director(frail_site):
    with httpx.Client(base_url=frail_site.url, timeout=20) as client:
        sign_in(client, "broadcaster")
        yield client


@pytest.fixture
def line(frail_site):
    """The viewer's line to the server, which can be cut; the director has another one."""
    proxy = TcpProxy(frail_site.web.port)
    yield proxy
    proxy.close()


class Watched:
    """A viewer's page, the frames of its sockets and the documents that it asked for."""

    def __init__(self, page: Page) -> None:
        self.page, self.kinds, self.asked, self.sockets = page, [], [], 0
        page.on("websocket", self._open)
        page.on("request", self._ask)
        page.goto("/demo/ui?track=A")
        page.wait_for_function("() => performance.now() > 2500")
        page.evaluate("() => { window.stayed = true }")

    def _open(self, socket) -> None:
        self.sockets += 1
        socket.on("framereceived", lambda text: self.kinds.append(json.loads(text)["kind"]))

    def _ask(self, request) -> None:
        if re.search(r"/api/v1/events/demo/live$", request.url):
            self.asked.append(request.url)

    def shows(self, answer: httpx.Response, seconds: float) -> None:
        """The card or the talk of the answered command, in the page that was there all along."""
        track = answer.json()["track"]
        wanted = track["card"] or "playing|muted|loading"
        expect(self.page.locator("[data-player]")).to_have_attribute(
            "data-state", re.compile(wanted), timeout=seconds * 1000
        )
        assert self.page.evaluate("() => window.stayed") is True


def test_flip_comes_as_a_push_and_nobody_polls_meanwhile(frail_site, director, browser, visitors):
    viewer = Watched(visitors.page(browser, frail_site.url))
    viewer.kinds.clear()
    viewer.asked.clear()
    answer, _ = flip(director)
    viewer.shows(answer, 5)
    assert "on_air.changed" in viewer.kinds
    assert viewer.asked == []
    assert viewer.sockets == 1


def test_viewer_cut_off_during_a_flip_with_redis_dead_is_right_again(
    frail_site, director, line, browser, visitors
):
    viewer = Watched(visitors.page(browser, line.url))
    frail_site.redis.kill()
    try:
        line.cut()
        answer, _ = flip(director)
        assert answer.status_code == 200
        viewer.kinds.clear()
        line.open()
        viewer.shows(answer, 45)
        assert "on_air.changed" not in viewer.kinds
        assert document(director)["tracks"][0]["revision"] == answer.json()["track"]["revision"]
    finally:
        frail_site.redis.start()


def test_viewer_whose_socket_stays_learns_of_a_flip_with_redis_dead(frail_site, director, browser, visitors):
    viewer = Watched(visitors.page(browser, frail_site.url))
    frail_site.redis.kill()
    try:
        viewer.kinds.clear()
        answer, _ = flip(director)
        viewer.shows(answer, 15)
        assert "on_air.changed" not in viewer.kinds
        assert viewer.sockets == 1
    finally:
        frail_site.redis.start()
