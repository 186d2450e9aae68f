"""An organizer takes the programme out, changes the file on the way, and brings it in again."""

import json

import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in


@pytest.fixture
def event(site):
    return site.run("tests.journeys.edited_event")


@pytest.fixture
def path(event):
    return f"/admin/talks/exchange/{event['slug']}/"


def taken_out(page, name):
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return json.loads(download.value.path().read_bytes())


def choose(page, document):
    content = json.dumps(document).encode()
    page.locator("input[type=file]").set_input_files(
        {"name": "schedule.json", "mimeType": "application/json", "buffer": content}
    )
    page.get_by_role("button", name="Look at the file").click()


def rows_of(document, track):
    return document["schedule"]["conference"]["days"][0]["rooms"][track]


def test_a_file_goes_out_and_comes_in_after_a_look(site, browser, visitors, event, path):
    page = visitors.page(browser, site.url, width=390)
    sign_in(page, "organizer")
    page.goto(path)
    assert axe(page) == []
    document = taken_out(page, f"{event['slug']}-schedule.json")
    rows_of(document, "A")[0]["title"] = "Lanterns at sea"
    choose(page, document)
    expect(page.get_by_text("Lanterns at sea")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Imported: 0 added, 1 changed, 0 taken away.")).to_be_visible()
    page.goto(path)
    choose(page, document)
    expect(page.get_by_text("0 to add, 0 to change")).to_be_visible()


def test_a_bad_file_is_answered_line_by_line(site, browser, visitors, event, path):
    page = visitors.page(browser, site.url)
    sign_in(page, "organizer")
    page.goto(path)
    document = taken_out(page, f"{event['slug']}-schedule.json")
    rows_of(document, "A")[0]["title"] = ""
    choose(page, document)
    expect(page.get_by_role("alert")).to_contain_text("It has no title.")
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)
