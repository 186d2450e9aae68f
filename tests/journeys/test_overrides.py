"""Two people at two control rooms let a talk on air that must not be streamed."""

import re

import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in


@pytest.fixture
def event(site):
    return site.run("tests.journeys.kept_back")


@pytest.fixture
def desk(site, browser, visitors, event):
    def open_desk(role, track):
        page = visitors.page(browser, site.url, width=1440, height=900)
        sign_in(page, role)
        page.goto(f"/{event['slug']}/console?track={track}")
        expect(page.locator("[data-stat=on_air]")).to_have_text("0/2")
        return page

    return open_desk


def ask(page, reason="The speaker agreed"):
    page.locator("[data-override-talk]").click()
    page.keyboard.type(reason)
    page.keyboard.press("Enter")


def test_one_asks_the_other_confirms_and_the_talk_goes_on_air(site, desk, event):
    one, other = desk("broadcaster", "A"), desk("organizer", "B")
    expect(one.locator("[data-playlist]")).to_contain_text(f"#{event['talk']}, must not be streamed")
    expect(one.locator(f'[data-choose="{event["talk"]}"]')).to_have_count(0)
    ask(one)
    request = other.locator("[data-override-requests] .cban")
    expect(request).to_contain_text("asks to put “Off the record” on air, which must not be streamed.")
    expect(request).to_contain_text("Reason: The speaker agreed")
    expect(request).to_contain_text(re.compile(r"can be confirmed for another (29|30):\d\d"))
    expect(one.locator("[data-override-requests] .cban")).to_have_count(0)
    assert (axe(one), axe(other)) == ([], [])
    request.get_by_role("button", name="Confirm").click()
    expect(one.locator("[data-overrides-open] .valid")).to_contain_text("“Off the record” may go on air")
    expect(request).to_have_count(0)
    one.locator(f'[data-choose="{event["talk"]}"]').click()
    one.locator(".bigtake").click()
    expect(one.locator("[data-undo-what]")).to_have_text(f"Now: #{event['talk']}")
    expect(one.locator("[data-overrides-open]")).to_contain_text("It is on air: withdrawing does not take it")
    one.locator("[data-overrides-tried] summary").click()
    expect(one.locator("[data-overrides-log] b")).to_have_text(
        ["override used", "override confirmed", "override asked for"]
    )
    assert axe(one) == []
    assert site.run("tests.journeys.kept_back", slug=event["slug"]) == [
        ["asked", "console", "broadcaster@example.com"],
        ["confirmed", "console", "organizer@example.com"],
        ["used", "console", "broadcaster@example.com"],
    ]


def test_declined_it_stays_refused_and_can_be_asked_for_again(desk, event):
    one, other = desk("broadcaster", "A"), desk("organizer", "A")
    ask(one)
    other.locator("[data-override-requests]").get_by_role("button", name="Decline").click()
    expect(one.locator("[data-overrides-open] li")).to_have_count(0)
    one.locator("[data-overrides-tried] summary").click()
    expect(one.locator("[data-overrides-log] b").first).to_have_text("override declined")
    expect(one.locator(f'[data-choose="{event["talk"]}"]')).to_have_count(0)
    ask(one, "Once more")
    expect(other.locator("[data-override-requests]")).to_contain_text("Once more")


def test_whoever_asked_can_only_withdraw_even_at_a_second_desk(desk, event):
    one, second = desk("broadcaster", "A"), desk("broadcaster", "A")
    ask(one)
    own = second.locator("[data-overrides-open] li")
    expect(own).to_contain_text("Another person has to confirm it.")
    expect(second.locator("[data-answer=confirm]")).to_have_count(0)
    own.get_by_role("button", name="Withdraw").click()
    expect(one.locator("[data-overrides-open] li")).to_have_count(0)


def test_asking_twice_says_so_and_keeps_the_reason(desk, event):
    one = desk("broadcaster", "A")
    ask(one)
    expect(one.locator("[data-overrides-open] li")).to_have_count(1)
    ask(one, "And again")
    expect(one.locator("[data-override-refusal]")).to_have_text("This was asked for already.")
    expect(one.locator("#override-reason")).to_have_value("And again")


def test_an_answer_that_comes_too_late_is_told(desk, event):
    one, other = desk("broadcaster", "A"), desk("organizer", "B")
    ask(one)
    confirm = other.locator("[data-override-requests]").get_by_role("button", name="Confirm")
    expect(confirm).to_be_visible()

    def withdraw_first(route):
        one.locator("[data-overrides-open]").get_by_role("button", name="Withdraw").click()
        expect(one.locator("[data-overrides-open] li")).to_have_count(0)
        route.continue_()

    other.route(re.compile(r"/console/overrides/\d+$"), withdraw_first)
    confirm.click()
    told = other.locator("[data-override-requests] [role=alert]")
    expect(told).to_contain_text("It was answered already, or it is too old.")
    told.get_by_role("button", name="Close").click()
    expect(told).to_have_count(0)
