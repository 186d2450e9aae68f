"""A viewer with the chat of a track open in the panel."""

from playwright.sync_api import expect

from tests.services.visitors import sign_in


def open_chat(visitors, browser, url, role, track="A", **options):
    page = visitors.page(browser, url, **options)
    sign_in(page, role)
    page.goto(f"/demo/ui?track={track}")
    page.locator("#tab-chat").click()
    expect(page.locator("[data-chat-form]")).to_be_visible()
    return page


def say(page, text, name="Nami"):
    field = page.locator("[data-chat-name] input")
    if field.is_visible():
        field.fill(name)
    page.locator("#chat-body").fill(text)
    page.locator("#chat-body").press("Enter")


def row(page, text):
    return page.locator("[data-chat-list] > li", has_text=text)


def more(page, text):
    row(page, text).locator("[data-more]").click()
