"""Questions to a talk in real browsers: live for everybody who follows the talk, and never lost."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in

ASKED_AT = re.compile(r"/api/v1/events/demo/talks/\d+/questions$")


@pytest.fixture
def talk(site):
    """A talk of the demo conference that takes questions and to which nobody has asked anything yet."""
    return site.run("tests.journeys.asked_talk")


def open_as(visitors, browser, site, talk, role, **options):
    page = visitors.page(browser, site.url, **options)
    if role:
        sign_in(page, role)
    page.goto(f"/demo/talks/{talk}")
    return page


def ask(page, text):
    page.get_by_label("Ask the speakers").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()


def question(page, text):
    return page.locator("[data-list] .q", has_text=text)


def test_question_is_asked_voted_for_answered_and_hidden(site, browser, visitors, talk):
    text = f"Who was awake? {uuid4().hex[:6]}"
    asker = open_as(visitors, browser, site, talk, "attendee")
    staff = open_as(visitors, browser, site, talk, "organizer")
    reader = open_as(visitors, browser, site, talk, None)
    ask(asker, text)
    expect(question(asker, text)).to_contain_text("Your question")
    expect(asker.locator("[data-questions-say]")).to_have_text("Your question was sent.")

    question(asker, text).locator(".vote").dblclick()
    question(asker, text).locator(".vote").click()
    expect(question(asker, text).locator(".vote")).to_have_attribute("aria-pressed", "true")
    expect(question(asker, text).locator(".vote")).to_have_text("1")

    # It waits behind a button: nothing moves under a reader.
    staff.get_by_role("button", name="1 new question").click()
    expect(question(staff, text)).to_be_visible()
    expect(question(staff, text)).not_to_contain_text("Your question")
    question(staff, text).get_by_role("button", name="Answer", exact=True).click()
    staff.get_by_label("Your answer").fill("The lamp keeper.")
    staff.get_by_role("button", name="Send the answer").click()
    expect(question(staff, text).locator(".ans")).to_contain_text("Staff")

    expect(question(asker, text).locator(".ans")).to_contain_text("The lamp keeper.")
    expect(asker.locator("[data-questions-say]")).to_contain_text(
        "Your question was answered.", timeout=15_000
    )
    asker.reload()
    expect(question(asker, text).locator(".vote")).to_have_attribute("aria-pressed", "true")

    question(staff, text).get_by_role("button", name="More to do").click()
    staff.get_by_role("button", name="Hide", exact=True).click()
    expect(question(staff, text)).to_contain_text("Hidden from viewers")
    for page in (asker, reader):
        expect(question(page, text)).to_have_count(0)
    question(staff, text).get_by_role("button", name="More to do").click()
    staff.get_by_role("button", name="Show again").click()
    expect(question(staff, text)).not_to_contain_text("Hidden from viewers")
    expect(question(asker, text)).to_be_visible()

    question(asker, text).get_by_role("button", name="More to do").click()
    asker.get_by_role("button", name="Delete", exact=True).click()
    asker.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(question(asker, text)).to_have_count(0)
    expect(question(staff, text)).to_have_count(0)


def test_question_asked_offline_is_kept_over_a_reload_and_sent_once(site, browser, visitors, talk):
    text = f"Does it float? {uuid4().hex[:6]}"
    page = open_as(visitors, browser, site, talk, "attendee")
    page.get_by_label("Ask the speakers").fill("half a though")
    page.reload()
    expect(page.get_by_label("Ask the speakers")).to_have_value("half a though")

    page.route(ASKED_AT, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    ask(page, text)
    expect(page.locator("[data-letters]")).to_contain_text("Not sent yet")
    page.reload()
    expect(page.locator("[data-letters]")).to_contain_text(text)
    # The answer is lost on its way back: the question is asked, and the page does not know.
    page.unroute(ASKED_AT)
    page.route(ASKED_AT, lose_the_answer)
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("[data-letters]")).to_contain_text("Not sent yet")
    page.unroute(ASKED_AT)
    page.get_by_role("button", name="Send again").click()
    expect(page.locator("[data-letters]")).to_be_hidden()
    expect(question(page, text)).to_have_count(1)
    page.reload()
    expect(question(page, text)).to_have_count(1)


def lose_the_answer(route):
    if route.request.method == "POST":
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_empty_and_over_long_questions_are_refused_with_words_and_lose_nothing(site, browser, visitors, talk):
    page = open_as(visitors, browser, site, talk, "attendee")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-fault]")).to_have_text("Please write your question first.")
    page.get_by_label("Ask the speakers").fill("x" * 501)
    expect(page.locator("[data-left]")).to_have_text("501 / 500")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-fault]")).to_have_text("Please use at most 500 characters.")
    expect(page.get_by_label("Ask the speakers")).to_have_value("x" * 501)
    assert axe(page) == []


@pytest.mark.parametrize(
    ("locale", "theme", "width"), [("ja-JP", "light", 390), ("en-US", "dark", 390), ("ja-JP", "dark", 1440)]
)
def test_questions_fit_a_phone_and_every_rule_of_axe(site, browser, visitors, talk, locale, theme, width):
    text = f"灯台の番人は何人いましたか。{uuid4().hex[:6]}"
    asker = open_as(visitors, browser, site, talk, "attendee")
    ask(asker, text)
    expect(question(asker, text)).to_be_visible()
    page = open_as(visitors, browser, site, talk, "organizer", locale=locale, theme=theme, width=width)
    row = question(page, text)
    row.locator(".q-reply").click()
    row.locator(".q-more").click()
    expect(row.locator("[data-act=hide]")).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert axe(page) == []


def test_keyboard_alone_votes_answers_and_deletes(site, browser, visitors, talk):
    text = f"Keys only? {uuid4().hex[:6]}"
    page = open_as(visitors, browser, site, talk, "attendee")
    expect(page.get_by_label("Ask the speakers")).to_be_visible()
    page.get_by_label("Ask the speakers").focus()
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    vote = question(page, text).locator(".vote")
    vote.focus()
    page.keyboard.press("Space")
    expect(vote).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question(page, text).locator("[data-act=remove]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(question(page, text).locator("[data-act=remove]")).to_be_hidden()
    expect(question(page, text).locator(".q-more")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(question(page, text)).to_have_count(0)
    assert page.evaluate("() => document.activeElement !== document.body") is True
