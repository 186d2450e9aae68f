"""A person looks at what is kept of them, takes it along and leaves."""

import json
import re
import zipfile

import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.waiting import until

ADDRESS = "leaving@example.com"
HERE = "/accounts/privacy/"


@pytest.fixture
def person(site, browser, visitors):
    """Somebody who came by a code, as everybody does."""
    page = visitors.page(browser, site.url, locale="en-US", width=390, height=844)
    come_in(page, site)
    return page


def come_in(page, site, visit=1):
    page.goto(f"/accounts/login/?next={HERE}")
    page.get_by_label("E-mail address").fill(ADDRESS)
    page.locator("main button.primary").first.click()
    said = re.compile(rf"Sign-in code for {re.escape(ADDRESS)}: (\S+)")
    until(lambda: len(said.findall(site.web.process.tail(400))) == visit, seconds=10, what="The code")
    page.locator("input.code").fill(said.findall(site.web.process.tail(400))[-1])
    page.locator("main button.primary").first.click()
    page.wait_for_url(f"**{HERE}")


def test_a_person_takes_all_along_and_erases_themselves(person, site):
    with person.expect_download() as download:
        person.get_by_role("link", name="Download my data").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        found = json.loads(archive.read("my-data.json"))
    assert [row["email"] for row in found["account"]] == [ADDRESS]

    person.get_by_role("link", name="Erase my account…").click()
    assert axe(person) == []
    confirmation = person.get_by_label("Your e-mail address")
    confirmation.fill("somebody@example.com")
    person.get_by_role("button", name="Erase my account for good").click()
    expect(person.locator(".fld.err")).to_contain_text("This is not the address of your account.")

    confirmation.fill(ADDRESS)
    person.get_by_role("button", name="Erase my account for good").dblclick()
    expect(person.locator("h1")).to_have_text("Your account is erased")
    person.goto(HERE)
    expect(person).to_have_url(f"{site.url}/accounts/login/?next={HERE}")

    come_in(person, site, visit=2)
    expect(person.locator("h1")).to_have_text("What is kept of you")
