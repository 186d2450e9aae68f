"""Choosing talks before and after signing in, sitting in one room at a time, and the calendar of it."""

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from tests.calendar_lint import lint
from tests.services.axe import axe
from tests.services.visitors import sign_in

KEPT = "() => localStorage.getItem('agenda:demo')"
OVERHANG = "() => document.scrollingElement.scrollWidth - window.innerWidth"


@pytest.fixture(params=[390, 1280])
def visitor(request, site, browser, visitors):
    page = visitors.page(browser, site.url, width=request.param, reduced_motion="reduce")
    yield page
    if page.url.startswith(site.url):
        empty_agenda(page)


def empty_agenda(page):
    """The demo's attendee serves other tests too."""
    page.goto("/demo/dashboard")
    while page.locator("[data-remove]").count():
        with page.expect_navigation():
            page.locator("[data-remove]").first.click()


def star(page, number):
    return page.locator("[data-bookmark]").nth(number)


def press(page, number):
    """Press a star of the list and wait until it is answered; the talk's id."""
    button = star(page, number)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    return button.get_attribute("data-bookmark")


def my_talks(page):
    page.goto("/demo/dashboard")
    return sorted(button.get_attribute("data-remove") for button in page.locator("[data-remove]").all())


def test_what_was_chosen_before_signing_in_is_found_after(visitor):
    visitor.goto("/demo/talks")
    chosen = sorted([press(visitor, 0), press(visitor, 2)])
    visitor.reload()
    expect(star(visitor, 0)).to_have_attribute("aria-pressed", "true")
    sign_in(visitor, "attendee")
    visitor.goto("/demo/talks")
    expect(star(visitor, 2)).to_have_attribute("aria-pressed", "true")
    assert (my_talks(visitor), visitor.evaluate(KEPT)) == (chosen, None)


def test_what_was_chosen_before_is_added_to_what_the_account_has(site, browser, visitors, visitor):
    other = visitors.page(browser, site.url)
    sign_in(other, "attendee")
    other.goto("/demo/talks")
    expect(star(other, 0)).to_have_attribute("aria-pressed", "false")
    first = press(other, 0)
    visitor.goto("/demo/talks")
    second = press(visitor, 1)
    sign_in(visitor, "attendee")
    visitor.goto("/demo/dashboard")
    visitor.wait_for_function("() => localStorage.getItem('agenda:demo') === null")
    assert my_talks(visitor) == sorted([first, second])


def test_removed_before_signing_in_stays_removed(visitor):
    visitor.goto("/demo/talks")
    press(visitor, 0)
    star(visitor, 0).click()
    expect(star(visitor, 0)).to_have_attribute("aria-pressed", "false")
    sign_in(visitor, "attendee")
    assert my_talks(visitor) == []


def test_double_click_leaves_the_star_as_it_says(visitor):
    sign_in(visitor, "attendee")
    visitor.goto("/demo/talks")
    star(visitor, 0).dblclick()
    expect(star(visitor, 0)).not_to_have_attribute("aria-busy", "true")
    is_pressed = star(visitor, 0).get_attribute("aria-pressed") == "true"
    assert (len(my_talks(visitor)) == 1) is is_pressed


def test_timetable_shows_only_my_talks(visitor):
    visitor.goto("/demo/timetables")
    button = visitor.locator(".cell.shown [data-bookmark]:visible, .cell [data-bookmark]:visible").first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    visitor.locator("[data-only-mine]").click()
    expect(visitor.locator(".cell:visible")).to_have_count(1)
    assert visitor.evaluate(OVERHANG) <= 0


def test_calendar_program_reads_what_was_chosen(site, visitor):
    sign_in(visitor, "attendee")
    visitor.goto("/demo/talks")
    press(visitor, 0)
    title = visitor.locator(".rows h3").first.inner_text()
    visitor.goto("/demo/dashboard")
    answer = httpx.get(visitor.locator("#calendar-address").input_value())
    entries = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (lint(answer.content), [str(entry["SUMMARY"]) for entry in entries]) == ([], [title])


def test_new_address_closes_the_old_one(visitor):
    sign_in(visitor, "attendee")
    visitor.goto("/demo/dashboard")
    old = visitor.locator("#calendar-address").input_value()
    visitor.locator(".renew button").click()
    visitor.wait_for_url("**/dashboard#calendar")
    new = visitor.locator("#calendar-address").input_value()
    assert [httpx.get(address).status_code for address in (old, new)] == [404, 200]


@pytest.mark.parametrize(("locale", "theme"), [("ja-JP", "dark"), ("en-US", "light")])
def test_marks_are_sound(site, browser, visitors, locale, theme):
    page = visitors.page(browser, site.url, locale=locale, theme=theme, width=390, reduced_motion="reduce")
    page.goto("/demo/talks")
    press(page, 0)
    press(page, 1)
    found = axe(page)
    sign_in(page, "attendee")
    page.goto("/demo/dashboard")
    expect(page.locator(".day-list li")).to_have_count(2)
    found += axe(page)
    is_wide = page.evaluate(OVERHANG) > 0
    empty_agenda(page)
    assert (found, is_wide) == ([], False)


# On site


@pytest.fixture
def guest(site, browser, visitors):
    """Somebody who comes to an event of three talks at one time; the last has no seats."""
    made = site.run("tests.journeys.seated_event")
    page = visitors.page(browser, site.url, width=390, reduced_motion="reduce")
    page.context.add_cookies([{"name": "sessionid", "value": made["session"], "url": site.url}])
    page.slug = made["slug"]
    page.goto(f"/{page.slug}/talks")
    return page


def star_of(page, title):
    return page.locator(f"[data-bookmark][data-title='{title}']")


def test_overlapping_talk_replaces_the_other_when_the_guest_says_so(guest):
    star_of(guest, "Lanterns").click()
    expect(star_of(guest, "Lanterns")).to_have_attribute("aria-pressed", "true")
    star_of(guest, "Ferries").click()
    expect(guest.locator("dialog h2")).to_have_text("Replace “Lanterns”?")
    assert axe(guest) == []
    guest.locator("dialog .primary").click()
    expect(star_of(guest, "Ferries")).to_have_attribute("aria-pressed", "true")
    expect(star_of(guest, "Lanterns")).to_have_attribute("aria-pressed", "false")
    guest.goto(f"/{guest.slug}/dashboard")
    expect(guest.locator(".day-list .seat")).to_have_count(1)


def test_overlapping_talk_is_left_when_the_guest_keeps_the_seat(guest):
    star_of(guest, "Lanterns").click()
    expect(star_of(guest, "Lanterns")).to_have_attribute("aria-pressed", "true")
    star_of(guest, "Ferries").click()
    guest.locator("dialog .btn:not(.primary)").click()
    expect(star_of(guest, "Ferries")).to_have_attribute("aria-pressed", "false")
    expect(star_of(guest, "Lanterns")).to_have_attribute("aria-pressed", "true")


def test_full_talk_is_bookmarked_without_a_seat(guest):
    star_of(guest, "Full house").click()
    expect(guest.locator("dialog h2")).to_contain_text("No seat is left")
    guest.locator("dialog .primary").click()
    expect(star_of(guest, "Full house")).to_have_attribute("aria-pressed", "true")
    guest.goto(f"/{guest.slug}/dashboard")
    expect(guest.locator(".day-list .where")).to_contain_text("No seat")
    guest.locator("[data-seat]").click()
    expect(guest.locator(".toastd")).to_contain_text("No seat is left")
