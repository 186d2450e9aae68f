"""People in front of a browser: each has a context (cookies, language, theme) of their own."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.services.axe import NAME

POLICY = re.compile("Content Security Policy", re.IGNORECASE)


class Visitors:
    """Makes pages and remembers what went wrong in them: an uncaught error or a breach of the policy."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []

    def page(
        self,
        browser: Browser,
        base_url: str,
        *,
        locale: str = "en-US",
        theme: str = "light",
        width: int = 1280,
        height: int = 800,
        **options: Any,
    ) -> Page:
        """A page of a new visitor; paths in `goto` are below `base_url`."""
        context = browser.new_context(
            base_url=base_url,
            locale=locale,
            color_scheme=theme,
            viewport={"width": width, "height": height},
            **{"timezone_id": "Asia/Tokyo", **options},
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        context.on("weberror", lambda error: self.faults.append(str(error.error)))
        context.on("console", self._listen)
        return context.new_page()

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        if NAME in message.location["url"]:
            return
        if message.type == "error" and POLICY.search(message.text):
            self.faults.append(message.text)


def sign_in(page: Page, role: str) -> None:
    """Press the demo's button for a role."""
    page.goto("/accounts/login/")
    page.locator(f'button[name=role][value="{role}"]').click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)
