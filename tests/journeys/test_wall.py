"""The monitor wall on a venue's screen: opened by a link, without an account, until the link is ended."""

from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in

PATIENCE = 30_000
MOVES = """() => [...document.querySelectorAll("[data-video]")].every((video) => video.currentTime > 1)"""
LOUD = """() => [...document.querySelectorAll("[data-levels]")].every((box) => Number(box.dataset.on) > 0)"""


def made_link(page):
    """A director's way: the dialog on the wall."""
    sign_in(page, "broadcaster")
    page.goto("/demo/console")
    page.get_by_role("link", name="Wall").click()
    expect(page.locator("[data-wall] [data-lamp]").first).to_have_text("ON AIR", timeout=PATIENCE)
    page.get_by_role("button", name="Links for screens").click()
    page.get_by_label("Name of the screen").fill("Hall A")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("The link. It is shown only now.")).to_be_visible()
    return page.get_by_label("The link. It is shown only now.").input_value()


def test_screen_of_the_venue_by_a_link(on_air, site, browser, visitors):
    director = visitors.page(browser, site.url, width=1440)
    url = made_link(director)
    found = axe(director)

    screen = visitors.page(browser, site.url, width=1440)
    screen.goto(url)
    assert screen.url == f"{site.url}/demo/console/wall"
    screen.wait_for_function(MOVES, timeout=PATIENCE)
    screen.get_by_role("button", name="Press for level meters").click()
    screen.wait_for_function(LOUD, timeout=PATIENCE)
    first = screen.locator("[data-track]").first
    expect(first.locator("[data-lamp]")).to_have_text("ON AIR")
    assert (found, axe(screen)) == ([], [])

    site.manage("take", "demo", "A", "--card", "break")
    expect(first.locator("[data-lamp]")).to_have_text("CARD", timeout=PATIENCE)
    expect(first.locator("[data-title]")).to_have_text("Break card is shown")

    director.get_by_role("button", name="End it: Hall A").first.click()
    expect(screen.get_by_text("This wall was closed")).to_be_visible(timeout=PATIENCE)
    expect(screen.locator("[data-wall]")).to_have_count(0)
    screen.goto("/demo/console/wall")
    assert "/accounts/login/" in screen.url
