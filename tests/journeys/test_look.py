"""What no page may have: an axe finding, a sideways scroll, an error in the console, a jump."""

import re

import pytest
from playwright.sync_api import expect

from tests.services.axe import NAME, axe
from tests.services.visitors import sign_in

WIDTHS = (320, 390, 768, 1440)
# Where axe looks, and in which theme: each language on phone and desktop, each theme on both.
LOOKS = {"ja-JP": {390: "dark", 1440: "light"}, "en-US": {390: "light", 768: "dark", 1440: "dark"}}
ADDRESS = "look@example.com"
PICTURE_MS = 45_000
JUMP_LIMIT = 0.1

PUBLIC = {
    "home": "/",
    "landing": "/demo/",
    "timetable": "/demo/timetables",
    "talk-list": "/demo/talks",
    "speakers": "/demo/speakers",
    "sponsors": "/demo/sponsors",
    "search": "/demo/talks?q=a",
    "no-match": "/demo/talks?q=nothing+has+these+words",
    "other-day": "/demo/timetables?day=2020-01-01",
    "conduct": "/demo/coc",
    "privacy-policy": "/demo/privacy",
    "access": "/demo/access",
    "links": "/demo/links",
    "team": "/demo/team",
    "sign-in": "/accounts/login/",
    "password-sign-in": "/accounts/login/password/",
    "forgotten-password": "/accounts/password/reset/",
    "new-password-late": "/accounts/password/reset/key/1-abc/",
}
OWN = {
    "account": "/accounts/",
    "addresses": "/accounts/email/",
    "password": "/accounts/password/set/",
    "elsewhere": "/accounts/3rdparty/",
    "devices": "/accounts/sessions/",
    "second-factor": "/accounts/2fa/",
    "authenticator": "/accounts/2fa/totp/activate/",
    "passkey": "/accounts/2fa/webauthn/add/",
    "privacy": "/accounts/privacy/",
    "erasure": "/accounts/privacy/erase/",
    "join-links": "/accounts/join-links/",
    "sign-out": "/accounts/logout/",
    "registration": "/demo/registration",
    "withdrawal": "/demo/registration?withdraw=1",
    "dashboard": "/demo/dashboard",
    "profile": "/demo/profile",
    "attendees": "/demo/attendees",
    "guest": "/accounts/guest/?next=/demo/dashboard",
}

ANSWERED_WITH_404 = ("/demo/timetables", "/messages")

OVERHANG = "() => document.scrollingElement.scrollWidth - window.innerWidth"
SETTLED = "() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))"
KEEP_JUMPS = """() => {
  window.jumps = [];
  new PerformanceObserver((list) => {
    for (const jump of list.getEntries()) {
      const parts = jump.sources.map(({node}) => node?.className ?? node?.nodeName);
      if (!jump.hadRecentInput) window.jumps.push([jump.value, String(parts)]);
    }
  }).observe({type: "layout-shift", buffered: true});
}"""


@pytest.fixture(params=LOOKS)
def visitor(request, site, playing_browser, visitors):
    """A page of somebody who reads this language; `errors` are the lines of its console."""
    # Without motion no colour is half way to that of the other theme when axe looks.
    still = {"reduced_motion": "reduce"}
    page = visitors.page(playing_browser, site.url, locale=request.param, width=390, **still)
    page.looks, page.errors = LOOKS[request.param], []
    page.on("console", lambda line: is_error(line) and page.errors.append(line.text))
    return page


def is_error(line):
    """A day without a programme and a chat that is off are answered with 404, which the console notes."""
    is_page = line.location["url"].split("?")[0].endswith(ANSWERED_WITH_404)
    return line.type == "error" and NAME not in line.location["url"] and not is_page


def faults(page):
    """All that is wrong at any width, as lines to read."""
    return [fault for width in WIDTHS for fault in faults_at(page, width)] + page.errors


def faults_at(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(SETTLED)
    overhang = page.evaluate(OVERHANG)
    return ([f"{overhang} px too wide at {width}"] if overhang > 0 else []) + findings_at(page, width)


def findings_at(page, width):
    if width not in page.looks:
        return []
    page.emulate_media(color_scheme=page.looks[width])
    return [f"{width}: {finding['rule']} {finding['where']}" for finding in axe(page)]


def watch(page):
    page.goto("/demo/ui")
    expect(page.locator("[data-player]")).to_have_attribute(
        "data-state", re.compile("playing|card"), timeout=PICTURE_MS
    )


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_public_page_is_sound(visitor, path):
    visitor.goto(path)
    assert faults(visitor) == []


def test_talk_is_sound(visitor):
    visitor.goto("/demo/talks")
    visitor.goto(visitor.locator("main a[href*='/talks/']").first.get_attribute("href"))
    assert faults(visitor) == []


@pytest.mark.parametrize("people", ["speakers", "sponsors"])
def test_page_of_one_is_sound(visitor, people):
    visitor.goto(f"/demo/{people}")
    visitor.goto(visitor.locator(f"main a[href*='/{people}/']").first.get_attribute("href"))
    assert faults(visitor) == []


def test_heads_of_tracks_stand_on_each_printed_page(visitor):
    """Browsers repeat the head of a table, and only of one."""
    visitor.goto("/demo/timetables")
    visitor.emulate_media(media="print")
    for part, shown_as in {"grid": "table", "tt-ths": "table-header-group", "slot": "table-row"}.items():
        expect(visitor.locator(f".tt .{part}").first).to_have_css("display", shown_as)
    expect(visitor.locator(".tt .slot").first).to_have_css("break-inside", "avoid")


def test_registration_with_faults_is_sound_and_leads_to_them(visitor):
    sign_in(visitor, "attendee")
    visitor.goto("/demo/registration")
    visitor.locator("main form.form input[name=name]").fill("")
    visitor.locator("main form.form button.primary").click()
    expect(visitor.locator(".faults")).to_be_focused()
    visitor.locator(".faults a").first.click()
    expect(visitor.locator("main form.form input[name=name]")).to_be_focused()
    assert faults(visitor) == []


def test_viewer_is_sound(on_air, visitor):
    watch(visitor)
    assert faults(visitor) == []


@pytest.mark.parametrize("path", OWN.values(), ids=OWN)
def test_own_page_is_sound(visitor, path):
    sign_in(visitor, "attendee")
    visitor.goto(path)
    assert faults(visitor) == []


def test_control_room_is_sound(visitor):
    sign_in(visitor, "broadcaster")
    visitor.goto("/demo/console")
    assert faults(visitor) == []


def test_question_for_the_code_is_sound(visitor):
    visitor.goto("/accounts/login/")
    visitor.locator("main input[type=email]").fill(ADDRESS)
    visitor.locator("main form").first.locator("button.primary").click()
    visitor.wait_for_url("**/confirm/")
    assert faults(visitor) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_viewer_does_not_jump(on_air, site, playing_browser, visitors, width):
    page = visitors.page(playing_browser, site.url, width=width)
    page.add_init_script(f"({KEEP_JUMPS})()")
    watch(page)
    # A count of viewers is sent every five seconds; what it changes must have its place already.
    page.wait_for_timeout(6000)
    jumps = page.evaluate("window.jumps")
    assert sum(value for value, _ in jumps) < JUMP_LIMIT, jumps
