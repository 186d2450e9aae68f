"""The first hour of a new organizer: from an empty database to a published event, in the browser only.

With TOUR_PICTURES set to a folder, each step leaves a picture there: `make tour` makes those of docs/.
"""

import os
import re
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.test_sign_in import app_code
from tests.journeys.tour_texts import ABOUT, CONDUCT, NAMES, PRIVACY, SLUG, talks
from tests.journeys.touring import Person
from tests.services.environment import ROOT, environment
from tests.services.site import MANAGE
from tests.services.waiting import until
from tests.services.web import WebServer

OWNER, GUEST = "owner@example.com", "guest@example.com"
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True, "reduced_motion": "reduce"}
DESK = {"width": 1280, "height": 800, "reduced_motion": "reduce"}
LOCALES = {"en": "en-US", "ja": "ja-JP"}
# The way is the same in both languages: the second is walked for its pictures.
LANGUAGES = list(LOCALES) if os.environ.get("TOUR_PICTURES") else ["en"]
# As docs/tour.md has it.
PRESSES, FIELDS = 128, 48
FIRST_DAY = (timezone.now() + timedelta(days=40)).date()


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
        """Subjects in Japanese are encoded on the way, so that the text of the mail is read."""

        def found():
            text = self.web.process.log.read_text(errors="replace").replace("\r", "")
            return re.findall(rf"To: {re.escape(email)}\n.*?\b(\d{{4}}-\d{{4}})\b", text, re.DOTALL)

        return until(found, seconds=10, what=f"A mail to {email}")[-1]


class Organizer(Person):
    """Somebody who has never seen the administration."""

    def come_in(self):
        self.open("/admin/")
        self.show("sign-in")
        sign_in(self, OWNER)
        self.press("Set up an app", "link")
        secret = self.page.get_by_label(self.word("Text for the app")).input_value()
        self.show("second-factor")
        self.fill("Code that the app shows", app_code(secret))
        self.press("Set it up")
        self.press("I have kept them, go on", "link")

    def make_event(self):
        self.click("a.button[href$='/events/event/add/']")
        for name, text in {"name_ja": NAMES[0], "name_en": NAMES[1], "slug": SLUG, "tracks": "3"}.items():
            self.field(name, text)
        self.field("first_day", FIRST_DAY.isoformat())
        self.field("last_day", (FIRST_DAY + timedelta(days=1)).isoformat())
        self.show("new-event")
        self.click("#content [type=submit]")
        expect(self.page.get_by_role("link", name=self.word("Status and switches"))).to_be_visible()
        self.show("event")

    def go_home(self):
        self.click(self.page.locator(".breadcrumbs a"))

    def do(self, todo):
        """From the first page of the administration, which says what needs doing."""
        self.go_home()
        self.click(self.page.locator(".ov-todo").get_by_text(self.word(todo)))

    def save(self):
        self.click("[name=_save]")
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def write_texts(self):
        self.go_home()
        expect(self.page.locator(".ov-todo")).to_be_visible()
        self.show("what-needs-doing")
        self.click(self.page.locator(".ov-todo").get_by_text(self.word("Write what the event is about.")))
        self.paste("#id_about_ja", ABOUT[0])
        self.paste("#id_about_en", ABOUT[1])
        self.save()
        for todo, texts in (("Write the privacy policy.", PRIVACY), ("Write the code of conduct.", CONDUCT)):
            self.do(todo)
            self.paste("#id_body_ja", texts[0])
            self.paste("#id_body_en", texts[1])
            self.show("text") if texts is CONDUCT else None
            self.save()

    def open_editor(self):
        self.go_home()
        self.click(self.page.locator(".ov-links").get_by_role("link", name=self.word("Timetable")))
        expect(self.page.locator("[data-timetable-editor]")).to_be_visible()

    def add_entry(self, talk):
        dialog = self.page.locator("#te-entry")
        self.click(".te-acts [data-entry]")
        self.type(dialog.locator("[name=title]"), talk.title)
        self.choose(dialog.locator("[name=kind]"), talk.kind)
        self.choose(dialog.locator("[name=lang]"), self.language)
        minutes = dialog.locator("[name=minutes]")
        if minutes.input_value() != str(talk.minutes):
            self.type(minutes, str(talk.minutes))
        self.tick(dialog.locator("[name=all]"), not talk.track)
        self.click(dialog.locator("[type=submit]"))
        expect(self.page.locator("[data-unscheduled]").get_by_text(talk.title)).to_be_visible()

    def place(self, talk):
        """By the form, which takes longer than to drag."""
        self.click(
            self.page.locator("[data-unscheduled] [data-talk]", has_text=talk.title).locator(".te-grab")
        )
        self.click("[data-links] [data-form]")
        self.choose(self.page.locator("#id_day"), (FIRST_DAY + timedelta(days=talk.day)).isoformat())
        self.field("start", talk.start)
        if talk.track:
            track = self.page.locator("#id_track")
            self.choose(track, track.get_by_text(talk.track, exact=True).get_attribute("value"))
        self.click("form.form .btn.primary")
        expect(self.page.locator("[data-timetable-editor]")).to_be_visible()

    def name_speaker(self, talk, is_shown=False):
        """From the list of talks: a new person, in the little window beside the talk."""
        self.click(self.page.locator("#result_list").get_by_role("link", name=talk.title, exact=True))
        self.click("#talk_speakers-group .add-row a")
        with self.page.expect_popup() as opened:
            self.click("#add_id_talk_speakers-0-speaker")
        person = opened.value
        self.field("name_ja", talk.speaker, person)
        with person.expect_event("close"):
            self.click(person.locator("[name=_save]"))
        expect(self.page.locator("#select2-id_talk_speakers-0-speaker-container")).to_contain_text(
            talk.speaker
        )
        if is_shown:
            self.page.locator("#talk_speakers-group").scroll_into_view_if_needed()
            self.show("speaker")
        self.save()

    def publish(self):
        self.click("button[data-changes]")
        expect(self.page.locator("#te-changes [data-ask]")).to_be_enabled()
        self.show("what-changes")
        self.click("#te-changes [data-ask]")
        self.click("#te-changes [data-publish]")

    def take_step(self, verb, is_shown=False):
        self.press(f"{verb}…", "link")
        if is_shown:
            self.show("step")
        self.click("input.default")

    def word(self, text):
        return super().word(text.removesuffix("…")) + ("…" if text.endswith("…") else "")


def sign_in(person, email):
    person.fill("E-mail address", email)
    person.press("Mail me a code")
    person.fill("Code from the mail", person.site.code_for(email))
    person.page.keyboard.press("Enter")


@pytest.fixture
def site(tmp_path):
    site = EmptySite(tmp_path)
    try:
        site.start()
        yield site
    finally:
        site.web.stop()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_an_empty_database_to_a_published_event(site, browser, visitors, language):
    locale, programme = LOCALES[language], talks(language)
    tour = Organizer(visitors.page(browser, site.web.url, locale=locale, **DESK), site, language)
    tour.come_in()
    tour.make_event()
    tour.write_texts()
    fill_the_timetable(tour, programme)
    name_the_speakers(tour, programme)
    tour.open_editor()
    tour.publish()
    # The timetable is hidden still, and the editor leads to where it is shown.
    tour.click("[data-notices] a.btn")
    tour.show("status")
    tour.take_step("Announce the event", is_shown=True)
    for verb in ("Show the timetable", "Open registration"):
        tour.take_step(verb)
    guest = Person(
        visitors.page(browser, site.web.url, locale=locale, **PHONE), site, language, number=tour.number
    )
    guest_comes(guest, programme)
    # docs/tour.md says so, and how it is reckoned.
    assert (tour.effort.presses, tour.effort.fields) == (PRESSES, FIELDS)
    assert tour.effort.minutes < 15


def fill_the_timetable(tour, programme):
    tour.open_editor()
    for talk in programme:
        tour.add_entry(talk)
    tour.show("unscheduled")
    for talk in programme:
        tour.place(talk)
    tour.show("timetable")


def name_the_speakers(tour, programme):
    tour.click(tour.page.locator("[data-cells] .te-grab"))
    tour.click("[data-links] [data-edit]")
    # The crumb before the talk's own is the list of talks.
    tour.click(tour.page.locator(".breadcrumbs a").nth(2))
    spoken = [talk for talk in programme if talk.speaker]
    for talk in spoken:
        tour.name_speaker(talk, is_shown=talk is spoken[0])


def guest_comes(guest, programme):
    page = guest.page
    guest.open(f"/{SLUG}/")
    guest.show("landing")
    guest.click(page.locator(".hero-cta a[href$='/timetables']"))
    expect(page.get_by_text(programme[0].title).first).to_be_visible()
    guest.show("public-timetable")
    page.go_back()
    guest.click(page.locator(".hero-cta a[href$='/registration']"))
    sign_in(guest, GUEST)
    page.wait_for_url(f"**/{SLUG}/registration")
    guest.show("registration")
    guest.field("name", "Aoi Yamada" if guest.language == "en" else "山田 あおい")
    page.locator("[type=checkbox][name*=agree], [type=checkbox][name*=consent]").first.check()
    guest.press("Register")
    expect(page.get_by_role("heading", level=1)).to_have_text(guest.word("Your registration"))
    guest.show("registered")
