"""Journeys: a real browser against real server processes. Nothing here touches the database by itself."""

import signal

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys.directing import track
from tests.services.chromium import launch
from tests.services.redis_server import RedisServer
from tests.services.site import EmbeddedSite, Site
from tests.services.visitors import Visitors


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    """As people have it: sound needs a touch first."""
    browser = launch(playwright, autoplay=False)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def playing_browser(playwright):
    """Plays with sound at once, for tests that are about something else."""
    browser = launch(playwright, autoplay=True)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def embedded_site(tmp_path_factory):
    site = EmbeddedSite(tmp_path_factory.mktemp("embedded"))
    try:
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture(scope="session")
def frail_site(tmp_path_factory, postgres, logs):
    """A site whose Redis the tests may mistreat; no worker is needed to put talks on air."""
    redis = RedisServer(logs)
    redis.start()
    site = Site(tmp_path_factory.mktemp("frail"), postgres.create_database("frail"), redis)
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo")
    site.web.start()
    yield site
    site.web.stop()
    redis.process.signal(signal.SIGCONT)
    redis.stop()


@pytest.fixture
def on_air(site):
    """A talk is on air on every track, whatever the tests before have done."""
    for name in ("A", "B", "C"):
        state = track(site, name)
        if state["on_air"] is None or state["card"]:
            site.manage("take", "demo", name, str((state["on_air"] or state["next"])["talk_id"]))
    return site


@pytest.fixture
def visitors():
    """`visitors.page(browser, site.url, locale="ja-JP", theme="dark")`; a script error fails the test."""
    visitors = Visitors()
    yield visitors
    visitors.close()
    assert visitors.faults == []
