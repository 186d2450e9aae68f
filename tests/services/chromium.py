"""Debian's Chromium, driven by Playwright."""

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Timers of a page that is not in front would run once a second, and a test has many pages.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
]
AUTOPLAY = "--autoplay-policy=no-user-gesture-required"


def launch(playwright: Playwright, *, autoplay: bool) -> Browser:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: run tests/provision"
    return playwright.chromium.launch(
        executable_path=chromium, args=[*FLAGS, *([AUTOPLAY] if autoplay else [])]
    )
