"""From a stranger to a registered person and back, on a phone."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from events.consent import CONSENT_VERSION
from tests.services.axe import axe
from tests.services.waiting import until

PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
TYPED = {
    "Family name": "田中",
    "Given name": "葵",
    "Family name in katakana": "たなか",
    "Given name in katakana": "ｱｵｲ",
    "Company or school": "Harbour Software",
    "Phone number": "03-1234-5678",
}
CHOSEN = {"Industry": "software", "Occupation": "sre", "Employees": "51_100"}


@pytest.fixture
def slug(site):
    slug = f"harbour-{uuid4().hex[:8]}"
    site.run("tests.journeys.registering", slug=slug, step="build")
    return slug


@pytest.fixture
def phone(browser, site, visitors, slug):
    """A stranger who wants to register and has just typed the code from the mail."""
    page = visitors.page(browser, site.url, **PHONE)
    page.goto(f"/{slug}/registration")
    sign_up(page, site, f"aoi-{uuid4().hex[:8]}@example.com")
    page.wait_for_url(f"**/{slug}/registration")
    return page


def sign_up(page: Page, site, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Mail me a code").click()
    said = re.compile(rf"Sign-in code for {re.escape(email)}: (\S+)")
    until(lambda: said.search(site.web.process.tail(400)), seconds=10, what="The code")
    page.get_by_label("Code from the mail").fill(said.search(site.web.process.tail(400))[1])
    page.keyboard.press("Enter")


def answer(page: Page) -> None:
    for label, text in TYPED.items():
        page.get_by_label(label, exact=True).fill(text)
    for label, value in CHOSEN.items():
        page.get_by_label(label, exact=True).select_option(value)
    page.get_by_label("Postal code").fill("150-0002")
    expect(page.get_by_label("City")).to_have_value("渋谷区")


def overhang(page: Page) -> int:
    return page.evaluate("() => document.scrollingElement.scrollWidth - window.innerWidth")


def test_stranger_registers_waits_gets_a_place_and_withdraws(site, slug, phone):
    assert axe(phone) == []
    answer(phone)
    expect(phone.get_by_label("Prefecture")).to_have_value("tokyo")
    phone.get_by_label("On site").check()
    phone.get_by_label("I agree to this.").check()
    phone.get_by_role("button", name="Register").dblclick()

    expect(phone.get_by_role("heading", name="Number 1 on the waiting list")).to_be_visible()
    assert axe(phone) == []
    assert overhang(phone) == 0
    [[name, attendance, number, version, answers]] = site.run(
        "tests.journeys.registering", slug=slug, step="read"
    )
    assert (name, attendance, number, version) == ("田中 葵", "online", 1, CONSENT_VERSION)
    assert (answers["family_name_kana"], answers["given_name_kana"]) == ("タナカ", "アオイ")
    assert (answers["postal_code"], answers["prefecture"], answers["street"]) == ("150-0002", "tokyo", "渋谷")

    site.run("tests.journeys.registering", slug=slug, step="leave")
    phone.reload()
    expect(phone.get_by_role("heading", name="You have a place on site")).to_be_visible()
    until(
        lambda: "You have a place on site: Harbour" in site.worker.process.tail(400),
        seconds=20,
        what="The mail about the place",
    )

    phone.get_by_label("Company or school", exact=True).fill("Lighthouse")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your registration has been changed.")).to_be_visible()
    expect(phone.get_by_label("Company or school", exact=True)).to_have_value("Lighthouse")

    phone.get_by_role("link", name="Withdraw from this event").click()
    assert axe(phone) == []
    phone.get_by_role("button", name="Withdraw and delete").click()
    expect(phone.get_by_text("You have withdrawn.")).to_be_visible()
    assert site.run("tests.journeys.registering", slug=slug, step="read") == []


def test_what_was_typed_outlives_a_reload_and_an_error(slug, phone):
    answer(phone)
    phone.reload()
    expect(phone.get_by_label("Company or school", exact=True)).to_have_value("Harbour Software")
    expect(phone.get_by_label("Occupation")).to_have_value("sre")
    phone.get_by_label("Family name in katakana").fill("田中")
    phone.get_by_label("I agree to this.").check()
    phone.get_by_role("button", name="Register").click()
    expect(phone.locator(".errorlist").get_by_text("Write it in katakana")).to_be_visible()
    expect(phone.get_by_label("Family name in katakana")).to_have_value("田中")
    expect(phone.get_by_label("Company or school", exact=True)).to_have_value("Harbour Software")
    assert axe(phone) == []


def test_what_was_typed_outlives_a_lost_session(slug, phone):
    answer(phone)
    phone.context.clear_cookies()
    phone.get_by_label("I agree to this.").check()
    phone.get_by_role("button", name="Register").click()
    expect(phone.get_by_role("heading", name="You are no longer signed in")).to_be_visible()
    phone.get_by_role("button", name="Back to the page").click()
    expect(phone.get_by_label("Company or school", exact=True)).to_have_value("Harbour Software")
    expect(phone.get_by_role("button", name="Register")).to_be_enabled()


def test_registered_person_finds_no_draft_of_the_form_later(slug, phone):
    answer(phone)
    phone.get_by_label("I agree to this.").check()
    phone.get_by_role("button", name="Register").click()
    expect(phone.get_by_role("heading", name="You take part online")).to_be_visible()
    # Sent, answered, and the new page has seen that it was taken.
    phone.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('draft:'))")
