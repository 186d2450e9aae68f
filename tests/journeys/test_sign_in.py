"""The ways in, in a real browser, on a site without the demo's doors."""

import json
import re
import subprocess
import sys

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from tests.services.environment import ROOT, environment
from tests.services.oidc_provider import OidcProvider
from tests.services.site import CALL, MANAGE
from tests.services.waiting import until
from tests.services.web import WebServer

PERSON = {"sub": "7", "name": "Aoi Yamada", "email": "aoi@example.com", "email_verified": True}


class GuardedSite:
    """Web server and SQLite. Mail goes to the server's log; passkeys want a named host."""

    def __init__(self, folder, peer):
        self.env = environment(
            DJANGO_SETTINGS_MODULE="dreamkast.settings.local",
            DREAMKAST_DATA_DIR=str(folder / "data"),
            DREAMKAST_OIDC=json.dumps([peer.entry()]),
        )
        self.web = WebServer(folder, self.env)
        self.url = f"http://localhost:{self.web.port}"

    def start(self):
        self.call([*MANAGE, "migrate", "--verbosity", "0"])
        self.run(step="build")
        self.web.start()

    def run(self, **words):
        command = [sys.executable, "-c", CALL, "tests.journeys.guarded", json.dumps(words)]
        return json.loads(self.call(command))

    def call(self, command):
        done = subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def code_for(self, email):
        """The newest code that was mailed to the address."""
        mail = rf"Subject: .*?(\d{{4}}-\d{{4}}).*?\nTo: {re.escape(email)}\n"

        def found():
            text = self.web.process.log.read_text(errors="replace")
            return re.findall(mail, text.replace("\r", ""), flags=re.DOTALL)

        until(found, seconds=10, what=f"A mail to {email}")
        return re.findall(r"\d{4}-\d{4}", self.web.process.log.read_text().rpartition(f"To: {email}")[2])[0]


@pytest.fixture(scope="module")
def peer():
    provider = OidcProvider()
    provider.person = PERSON
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory, peer):
    site = GuardedSite(tmp_path_factory.mktemp("guarded"), peer)
    try:
        site.start()
        yield site
    finally:
        site.web.stop()


@pytest.fixture
def person(guarded, browser, visitors):
    return visitors.page(browser, guarded.url)


def come_in_by_code(page, site, email, after):
    page.goto(after)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code from the mail").fill(site.code_for(email))
    page.get_by_role("button", name="Sign in").click()


def with_authenticator(page):
    """A device that holds passkeys and confirms by itself, through the browser's debugger."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    confirming = {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": {**device, **confirming}})


def app_code(secret):
    *_, counter = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def sign_out(page):
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)


def test_organizer_sets_a_passkey_up_and_signs_in_with_it(guarded, person):
    guarded.run(step="organizer", email="key@example.com")
    with_authenticator(person)
    come_in_by_code(person, guarded, "key@example.com", "/admin/")
    expect(person.get_by_role("heading", level=1)).to_have_text("One more proof, please")
    person.get_by_role("link", name="Set up a passkey").click()
    person.get_by_role("button", name="Set up the passkey").click()
    expect(person.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    person.get_by_role("link", name="I have kept them, go on").click()
    person.wait_for_url("**/admin/")
    sign_out(person)
    person.goto("/accounts/login/?next=/harbour/console")
    person.get_by_role("button", name="Sign in with a passkey").click()
    person.wait_for_url("**/harbour/console")
    expect(person.locator("[data-console], main").first).to_be_visible()


def test_the_button_of_a_passkey_waits_for_its_script(guarded, person):
    waiting = []
    person.route("**/passkey*.js", lambda route: waiting.append(route))
    with person.expect_request("**/passkey*.js"):
        person.goto("/accounts/login/", wait_until="commit")
    button = person.get_by_role("button", name="Sign in with a passkey")
    expect(button).to_be_disabled()
    waiting[0].continue_()
    expect(button).to_be_enabled()


def test_organizer_sets_an_app_up_and_loses_it(guarded, person):
    guarded.run(step="organizer", email="app@example.com")
    come_in_by_code(person, guarded, "app@example.com", "/harbour/console")
    person.get_by_role("link", name="Set up an app").click()
    person.get_by_label("Code that the app shows").fill("000000")
    person.get_by_role("button", name="Set it up").click()
    expect(person.locator(".errorlist")).to_have_count(1)
    secret = person.get_by_label("Text for the app").input_value()
    person.get_by_label("Code that the app shows").fill(app_code(secret))
    person.get_by_role("button", name="Set it up").click()
    codes = person.get_by_label("codes are unused").input_value().split()
    person.get_by_role("link", name="I have kept them, go on").click()
    person.wait_for_url("**/harbour/console")
    sign_out(person)
    come_in_by_code(person, guarded, "app@example.com", "/admin/")
    person.get_by_label("recovery code").fill(codes[0])
    person.get_by_role("button", name="Sign in").click()
    person.wait_for_url("**/admin/")
    expect(person.get_by_role("heading", level=1)).to_be_visible()


def test_a_button_leads_to_the_provider_and_back_to_the_page(guarded, person):
    person.goto("/accounts/login/?next=/harbour/registration")
    person.get_by_role("button", name="Harbour ID").click()
    person.get_by_role("button", name="Go on as Aoi Yamada").click()
    person.wait_for_url("**/harbour/registration")
    expect(person.locator("main")).to_contain_text("aoi@example.com")


def test_a_join_link_opens_the_viewer_by_one_press(guarded, person):
    person.goto(guarded.run(step="link", email="ren@example.com"))
    person.get_by_role("button", name="Come in and watch").click()
    person.wait_for_url("**/harbour/ui")
    person.goto("/accounts/email/")
    expect(person.get_by_role("heading", level=1)).to_have_text("Is it you?")
