"""The chat of a track in two browsers: live, moderated, offline, on a phone and by the keyboard."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.chatting import more, open_chat, row, say
from tests.journeys.directing import sign_in as sign_in_client
from tests.journeys.directing import track
from tests.services.axe import axe
from tests.services.visitors import sign_in

ROWS, SCROLLER = "[data-chat-list] > li", "[data-chat-scroll]"
DISTANCE = """(scroller) => {
  const row = [...scroller.querySelectorAll("li")].find((one) => one.textContent.includes("Message 71"));
  return Math.round(row.getBoundingClientRect().top - scroller.getBoundingClientRect().top);
}"""


@pytest.fixture
def desk(site):
    """An organizer's line to the API; the chat is on for as long as the test runs."""
    with httpx.Client(base_url=site.url, timeout=20) as client:
        sign_in_client(client, "organizer")
        client.patch("/api/v1/events/demo/chat", json={"is_on": True}).raise_for_status()
        yield client
        client.patch("/api/v1/events/demo/chat", json={"is_on": False}).raise_for_status()


def change_room(desk, site, name, **values):
    url = f"/api/v1/events/demo/tracks/{track(site, name)['id']}/chat"
    desk.patch(url, json=values).raise_for_status()


def test_talk_between_two_people_is_live_on_both_screens(site, desk, browser, visitors):
    phone = open_chat(visitors, browser, site.url, "attendee", width=390, height=844, locale="ja-JP")
    other = open_chat(visitors, browser, site.url, "organizer")
    say(phone, "こんにちは https://example.com/slides", name="波")
    link = row(other, "こんにちは").locator("a")
    expect(link).to_have_attribute("rel", "noopener nofollow ugc")
    # By the keyboard alone: the button, the reply, the answer.
    row(other, "こんにちは").locator("[data-more]").press("Enter")
    expect(other.locator("[data-act=edit]")).to_have_count(0)
    other.locator("[data-act=reply]").press("Enter")
    expect(other.locator("#chat-body")).to_be_focused()
    say(other, "Welcome to", name="Sato")
    expect(row(phone, "Welcome to").locator(".chat-to")).to_contain_text("こんにちは")
    expect(row(phone, "Welcome to").locator(".role")).to_be_visible()
    more(phone, "Welcome to")
    phone.locator("[data-acts] [data-react=clap]").click()
    expect(row(other, "Welcome to").locator("[data-react=clap]").first).to_contain_text("1")
    more(other, "Welcome to")
    other.locator("[data-act=edit]").click()
    other.locator(".chat-ask textarea").fill("Welcome to everybody")
    other.locator(".chat-ask .primary").click()
    expect(row(phone, "Welcome to everybody")).to_be_visible()
    assert [axe(phone), axe(other)] == [[], []]
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    more(other, "Welcome to everybody")
    other.locator("[data-act=delete]").click()
    expect(row(phone, "Welcome to everybody")).to_have_count(0)


def test_moderation_reaches_every_screen_and_the_person_gets_the_reason(site, desk, browser, visitors):
    person = open_chat(visitors, browser, site.url, "attendee", track="B")
    moderator = open_chat(visitors, browser, site.url, "organizer", track="B")
    page = visitors.page(browser, site.url, width=390, height=844)
    sign_in(page, "organizer")
    page.goto("/demo/console/chat")
    say(person, "Buy my boat")
    more(moderator, "Buy my boat")
    moderator.locator("[data-act=report]").click()
    moderator.locator(".chat-ask textarea").fill("Advertising")
    moderator.locator(".chat-ask .primary").click()
    reported = page.locator("[data-list=reported] > li", has_text="Buy my boat")
    expect(reported).to_contain_text("Advertising")
    assert axe(page) == []
    reported.locator("[data-do=hide]").click()
    expect(row(person, "Buy my boat")).to_have_count(0)
    expect(row(moderator, "Buy my boat")).to_have_count(0)
    change_room(desk, site, "B", approve_first=True)
    expect(person.locator("[data-chat-note]").first).to_contain_text("approved")
    say(person, "May I say this?")
    expect(row(person, "May I say this?")).to_contain_text("awaiting approval")
    expect(row(moderator, "May I say this?")).to_have_count(0)
    page.locator("[data-list=waiting] [data-do=approve]").click()
    expect(row(moderator, "May I say this?")).to_be_visible()
    expect(row(person, "May I say this?")).not_to_contain_text("awaiting approval")
    change_room(desk, site, "B", approve_first=False, slow_seconds=60)
    expect(person.locator("[data-chat-note]").first).to_contain_text("60 seconds")
    more(moderator, "May I say this?")
    moderator.locator("[data-act=silence]").click()
    moderator.locator(".chat-ask textarea").fill("Please calm down")
    moderator.locator(".chat-ask .primary").click()
    expect(page.locator("[data-list=silences] > li")).to_contain_text("Please calm down")
    say(person, "But why?")
    expect(person.locator("[data-chat-status]")).to_contain_text("Please calm down")
    page.locator("[data-do=lift]").click()
    expect(page.locator("[data-do=lift]")).to_have_count(0)
    page.locator("[data-desk-switch]").uncheck()
    expect(person.locator("#tab-chat")).to_be_hidden()
    page.locator("[data-desk-switch]").check()
    expect(person.locator("#tab-chat")).to_be_visible()


def test_message_of_a_tunnel_is_kept_and_arrives_once(site, desk, browser, visitors):
    person = open_chat(visitors, browser, site.url, "attendee", track="C", width=390, height=844)
    say(person, "Before the tunnel")
    expect(row(person, "Before the tunnel")).to_be_visible()
    person.context.set_offline(True)
    say(person, "From the tunnel")
    expect(person.locator("[data-pending]")).to_contain_text("Not sent yet")
    person.locator("#chat-body").fill("Half a thought")
    person.context.set_offline(False)
    expect(row(person, "From the tunnel")).to_have_count(1, timeout=40_000)
    expect(person.locator("[data-pending]")).to_have_count(0)
    expect(person.locator("#chat-body")).to_have_value("Half a thought")


def test_older_messages_come_above_without_a_jump(site, desk, browser, visitors):
    site.run("tests.journeys.chat_history", track="C", count=120)
    page = open_chat(visitors, browser, site.url, "attendee", track="C")
    expect(page.locator(ROWS)).to_have_count(50)
    scroller = page.locator(SCROLLER)
    before = scroller.evaluate(
        f"(scroller) => {{ scroller.scrollTop = 200; return ({DISTANCE})(scroller); }}"
    )
    page.locator("[data-chat-older]").dispatch_event("click")
    expect(page.locator(ROWS)).to_have_count(100)
    assert abs(scroller.evaluate(DISTANCE) - before) <= 2
    say(page, "At the end")
    expect(row(page, "At the end")).to_be_in_viewport()
