"""The first hour of a new organizer: from an empty database to a published event, in the browser only.

With TOUR_PICTURES set to a folder, each step leaves a picture there: `make tour` makes those of docs/.
"""

import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.test_sign_in import app_code
from tests.services.environment import ROOT, environment
from tests.services.site import MANAGE
from tests.services.waiting import until
from tests.services.web import WebServer

OWNER, GUEST = "owner@example.com", "guest@example.com"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
FIRST_DAY = (timezone.now() + timedelta(days=40)).date()
# Title, kind, minutes, track, day, start.
TALKS = [
    ("Opening keynote", "keynote", 40, "", 0, "10:00"),
    ("Lighthouses as code", "talk", 40, "A", 0, "11:00"),
    ("Tides in production", "talk", 40, "B", 0, "11:00"),
    ("A harbour without locks", "talk", 40, "C", 0, "11:00"),
    ("Pilots and pipelines", "talk", 40, "A", 0, "13:00"),
    ("Fog, traces and metrics", "talk", 40, "B", 0, "13:00"),
    ("Small boats, big data", "talk", 40, "A", 1, "10:00"),
    ("Anchors for your clusters", "talk", 40, "B", 1, "10:00"),
    ("What the gulls taught us", "sponsor", 20, "C", 1, "10:00"),
    ("Closing", "talk", 30, "", 1, "17:00"),
]


class EmptySite:
    """A web server over an empty database; mails go to its log."""

    def __init__(self, folder):
        self.env = environment(
            DJANGO_SETTINGS_MODULE="dreamkast.settings.local", DREAMKAST_DATA_DIR=str(folder / "data")
        )
        self.web = WebServer(folder, self.env)

    def start(self):
        self.command("migrate", "--verbosity", "0")
        self.command("createsuperuser", "--noinput", "--email", OWNER)
        self.web.start()

    def command(self, *words):
        done = subprocess.run(
            [*MANAGE, *words], env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr

    def code_for(self, email):
        mail = re.compile(
            rf"Subject: .*?(\d{{4}}-\d{{4}})[^\n]*\n(?:[A-Z][^\n]*\n)*?To: {re.escape(email)}\n"
        )

        def found():
            text = self.web.process.log.read_text(errors="replace").replace("\r", "")
            return mail.findall(text)

        return until(found, seconds=10, what=f"A mail to {email}")[-1]


class Tour:
    """One person in one browser, who leaves a picture of each step where somebody asked for it."""

    def __init__(self, page, site, number=0):
        self.page, self.site, self.number = page, site, number
        self.pictures = os.environ.get("TOUR_PICTURES")

    def show(self, name):
        self.number += 1
        if self.pictures:
            self.page.screenshot(path=Path(self.pictures) / f"{self.number:02}-{name}.png")

    def press(self, name, role="button"):
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def fill(self, label, text):
        self.page.get_by_label(label).first.fill(text)

    def field(self, name, text):
        self.page.locator(f"#id_{name}").fill(text)

    def come_in(self, email):
        self.fill("E-mail address", email)
        self.press("Mail me a code")
        self.fill("Code from the mail", self.site.code_for(email))
        self.page.keyboard.press("Enter")

    def set_an_app_up(self):
        self.press("Set up an app", "link")
        secret = self.page.get_by_label("Text for the app").input_value()
        self.show("second-factor")
        self.fill("Code that the app shows", app_code(secret))
        self.press("Set it up")
        self.press("I have kept them, go on", "link")

    def make_event(self):
        self.page.goto("/admin/")
        self.page.get_by_role("link", name="Add").and_(
            self.page.locator("[href$='/events/event/add/']")
        ).first.click()
        self.field("name_ja", "みなとカンファレンス2027")
        self.field("name_en", "Harbour Conf 2027")
        self.field("slug", "harbour2027")
        self.field("first_day", FIRST_DAY.isoformat())
        self.field("last_day", (FIRST_DAY + timedelta(days=1)).isoformat())
        self.field("tracks", "3")
        self.show("new-event")
        self.page.locator("#content [type=submit]").first.click()
        expect(self.page.get_by_role("link", name="Status and switches")).to_be_visible()
        self.show("event")

    def open_editor(self):
        self.press("Timetable", "link")
        expect(self.page.locator("[data-timetable-editor]")).to_be_visible()

    def add_entry(self, title, kind, minutes, track):
        page, dialog = self.page, self.page.locator("#te-entry")
        page.locator("[data-entry]").click()
        dialog.get_by_label("Title").fill(title)
        dialog.get_by_label("Kind").select_option(kind)
        dialog.get_by_label("Length in minutes").fill(str(minutes))
        dialog.get_by_label("Language").select_option("en")
        dialog.get_by_label("On all tracks").set_checked(not track)
        dialog.get_by_role("button", name="Add").click()
        expect(page.locator("[data-unscheduled]").get_by_text(title)).to_be_visible()

    def place(self, title, track, day, start):
        page = self.page
        page.locator("[data-unscheduled] [data-talk]", has_text=title).locator(".te-grab").click()
        page.locator("[data-links] [data-form]").click()
        page.get_by_label("Day").select_option((FIRST_DAY + timedelta(days=day)).isoformat())
        page.get_by_label("Starts").fill(start)
        if track:
            page.get_by_label("Track").select_option(label=track)
        page.locator("form.form [type=submit], form.form .btn.primary").first.click()
        expect(page.locator("[data-timetable-editor]")).to_be_visible()

    def publish(self):
        self.page.locator("button[data-changes]").click()
        expect(self.page.locator("#te-changes [data-ask]")).to_be_enabled()
        self.show("what-changes")
        self.page.locator("#te-changes [data-ask]").click()
        self.page.locator("#te-changes [data-publish]").click()
        expect(self.page.locator("[data-change-count]")).to_have_text("No changes")

    def take_step(self, verb):
        self.press(f"{verb}…", "link")
        self.show(verb.lower().replace(" ", "-"))
        self.page.locator("input.default").click()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = EmptySite(tmp_path_factory.mktemp("empty"))
    try:
        site.start()
        yield site
    finally:
        site.web.stop()


def test_from_an_empty_database_to_a_published_event(site, browser, visitors):
    tour = Tour(visitors.page(browser, site.web.url, width=1280, height=800), site)
    tour.page.goto("/admin/")
    tour.show("sign-in")
    tour.come_in(OWNER)
    tour.set_an_app_up()
    tour.make_event()
    event_page = tour.page.url
    tour.open_editor()
    for title, kind, minutes, track, _, _ in TALKS:
        tour.add_entry(title, kind, minutes, track)
    tour.show("unscheduled")
    for title, _, _, track, day, start in TALKS:
        tour.place(title, track, day, start)
    tour.show("timetable")
    tour.publish()
    tour.page.goto(event_page)
    tour.press("Status and switches", "link")
    tour.show("status")
    for verb in ("Announce the event", "Show the timetable", "Open registration"):
        tour.take_step(verb)
    tour.show("announced")
    guest_comes(Tour(visitors.page(browser, site.web.url, **PHONE), site, tour.number))


def guest_comes(guest):
    page = guest.page
    page.goto("/harbour2027/")
    guest.show("landing")
    page.goto("/harbour2027/timetables")
    expect(page.get_by_text("Opening keynote").first).to_be_visible()
    guest.show("public-timetable")
    page.goto("/harbour2027/registration")
    guest.come_in(GUEST)
    page.wait_for_url("**/harbour2027/registration")
    guest.show("registration")
    page.get_by_label("Name").fill("Aoi Yamada")
    page.get_by_label("I agree to this.").check()
    guest.press("Register")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your registration")
    guest.show("registered")
