"""The organizers' lists and forms: no axe finding, no sideways scroll, no error in the console."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_look import faults_at, is_error
from tests.services.visitors import sign_in

WIDTHS = (390, 1440)
LOOKS = {"ja-JP": {390: "dark", 1440: "light"}, "en-US": {390: "light", 1440: "dark"}}
MODELS = {
    "event": "/admin/events/event/",
    "registration": "/admin/events/registration/",
    "sponsor": "/admin/events/sponsor/",
    "announcement": "/admin/events/announcement/",
    "talk": "/admin/talks/talk/",
    "speaker": "/admin/talks/speaker/",
    "stream": "/admin/streaming/stream/",
}
FIRST_ROW = "#result_list tbody a[href*='/change/']"


@pytest.fixture(scope="module")
def filled(site):
    """The demo has a row of almost everything already."""
    site.run("tests.journeys.admin_rows")


@pytest.fixture(params=LOOKS)
def organizer(request, site, filled, browser, visitors):
    page = visitors.page(browser, site.url, locale=request.param, reduced_motion="reduce")
    sign_in(page, "organizer")
    page.looks, page.errors = LOOKS[request.param], []
    page.on("console", lambda line: is_error(line) and page.errors.append(line.text))
    return page


def faults(page):
    return [fault for width in WIDTHS for fault in faults_at(page, width)] + page.errors


def test_the_first_page_is_sound(organizer):
    organizer.goto("/admin/")
    assert faults(organizer) == []


@pytest.mark.parametrize("path", MODELS.values(), ids=MODELS)
def test_a_list_and_its_form_are_sound(organizer, path):
    organizer.goto(path)
    assert faults(organizer) == []
    organizer.goto(organizer.locator(FIRST_ROW).first.get_attribute("href"))
    expect(organizer.locator("#content form .submit-row")).to_be_visible()
    assert faults(organizer) == []
