"""Our ES modules run where they belong: in a browser. Node is not needed anywhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Route, sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "static"
ORIGIN = "http://modules.test"
CHROMIUM = "/usr/bin/chromium"


def serve(route: Route) -> None:
    path = STATIC / route.request.url.removeprefix(ORIGIN).lstrip("/").partition("?")[0]
    if not path.is_file():
        route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")
        return
    kind = "text/javascript" if path.suffix in {".js", ".mjs"} else None
    route.fulfill(path=path, content_type=kind)


@pytest.fixture(scope="module")
def in_browser():
    """Run one JavaScript function over a list of cases.

    The browser is gone before a test reads the result: it keeps an event loop running, and Django's
    tests refuse to share a thread with one.
    """

    def run(script: str, cases: list) -> list:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.route("**/*", serve)
            page.goto(ORIGIN)
            results = page.evaluate(script, cases)
            browser.close()
        return results

    return run
