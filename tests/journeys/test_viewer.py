"""Watching: a real browser, a real picture, and what somebody sees when the line breaks."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.directing import track
from tests.services.axe import axe
from tests.services.waiting import until

PLAYING = ("playing", "muted")
PICTURE_MS = 45_000

MARK = "() => { window.stayed = true; document.querySelector('video').dataset.stayed = 'yes' }"
FRAMES = "() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"
PIXELS = """() => {
  const video = document.querySelector("video");
  const canvas = Object.assign(document.createElement("canvas"), {width: 64, height: 36});
  canvas.getContext("2d").drawImage(video, 0, 0, 64, 36);
  return canvas.toDataURL();
}"""


def flip(site, name="A"):
    """Put another talk of the track on air and return its title."""
    other = track(site, name)["next"]
    site.manage("take", "demo", name, str(other["talk_id"]))
    return other["title"]


def player(page):
    return page.locator("[data-player]")


def title(page):
    return page.locator("h1")


def wait_for_picture(page, *states):
    pattern = re.compile("|".join(states or PLAYING))
    expect(player(page)).to_have_attribute("data-state", pattern, timeout=PICTURE_MS)


def wait_without_a_gesture(page, state):
    """Playwright's own questions count as presses of a person, and with one the browser allows the sound."""
    debugger = page.context.new_cdp_session(page)
    question = {"expression": "document.querySelector('[data-player]')?.dataset.state", "userGesture": False}

    def found():
        return debugger.send("Runtime.evaluate", question)["result"].get("value") == state

    until(found, seconds=PICTURE_MS / 1000, what=f"The state {state}")


def open_viewer(visitors, browser, url, path="/demo/ui", **options):
    page = visitors.page(browser, url, **options)
    page.goto(path)
    return page


def test_picture_is_decoded_and_moves(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    wait_for_picture(page, "playing")
    frames, pixels = page.evaluate(FRAMES), page.evaluate(PIXELS)
    page.wait_for_timeout(1500)
    assert page.evaluate(FRAMES) > frames + 10
    assert page.evaluate(PIXELS) != pixels


def test_browser_that_refuses_sound_shows_the_picture_and_one_press_gives_the_sound(
    on_air, browser, visitors
):
    page = open_viewer(visitors, browser, on_air.url)
    wait_without_a_gesture(page, "muted")
    assert page.evaluate("() => document.querySelector('video').muted") is True
    page.locator("[data-control=unmute]").click()
    wait_for_picture(page, "playing")
    assert page.evaluate("() => document.querySelector('video').muted") is False
    expect(page.locator("[data-control=unmute]")).to_be_hidden()


def test_other_track_comes_without_a_new_page_and_in_the_same_element(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    wait_for_picture(page, "playing")
    page.evaluate(MARK)
    page.locator(".ttab", has_text="B").first.click()
    expect(title(page)).to_have_text(track(on_air, "B")["on_air"]["title"])
    expect(page).to_have_url(re.compile(r"\?track=B$"))
    wait_for_picture(page, "playing")
    assert page.evaluate("() => document.querySelector('video').dataset.stayed") == "yes"
    page.go_back()
    expect(title(page)).to_have_text(track(on_air, "A")["on_air"]["title"])
    assert page.evaluate("() => window.stayed") is True


def test_number_key_changes_the_track_but_not_while_somebody_types(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    page.get_by_role("tab", name="Notes").click()
    page.locator("[data-notes-text]").press_sequentially("2m?")
    expect(page).to_have_url(re.compile(r"/demo/ui$"))
    assert page.locator("[data-notes-text]").input_value() == "2m?"
    page.locator("h1").click()
    page.keyboard.press("2")
    expect(page).to_have_url(re.compile(r"\?track=B$"))


def test_flip_reaches_its_own_track_without_a_reload_and_nobody_elses(on_air, playing_browser, visitors):
    watching_a = open_viewer(visitors, playing_browser, on_air.url)
    watching_b = open_viewer(visitors, playing_browser, on_air.url, "/demo/ui?track=B")
    for page in (watching_a, watching_b):
        wait_for_picture(page, "playing")
        page.evaluate(MARK)
    before = title(watching_b).text_content()
    moment = watching_a.evaluate("() => document.querySelector('video').currentTime")
    flipped = flip(on_air, "A")
    expect(title(watching_a)).to_have_text(flipped, timeout=3000)
    expect(watching_a.locator("[data-say]")).to_contain_text(flipped)
    expect(watching_b.locator(".ttab").first).to_contain_text(flipped)
    assert title(watching_b).text_content() == before
    assert watching_a.evaluate("() => window.stayed") is True
    assert watching_a.evaluate("() => document.querySelector('video').currentTime") > moment


def test_card_covers_the_picture_without_sound_and_lifts_again(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    wait_for_picture(page, "playing")
    on_air.manage("take", "demo", "A", "--card", "technical")
    expect(player(page)).to_have_attribute("data-state", "technical")
    assert page.evaluate("() => document.querySelector('video').muted") is True
    state = track(on_air, "A")
    on_air.manage("take", "demo", "A", str(state["on_air"]["talk_id"]))
    wait_for_picture(page, "playing")
    assert page.evaluate("() => document.querySelector('video').muted") is False


def test_lost_line_is_told_and_what_was_missed_comes_by_itself(on_air, proxied, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, proxied.url)
    expect(title(page)).to_have_text(track(on_air)["on_air"]["title"])
    page.wait_for_timeout(1500)
    page.evaluate(MARK)
    proxied.cut()
    expect(page.locator("[data-offline]")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-offline-title]")).to_have_text("There is no connection.")
    flipped = flip(on_air, "A")
    proxied.open()
    expect(title(page)).to_have_text(flipped, timeout=40_000)
    expect(page.locator("[data-offline]")).to_be_hidden(timeout=40_000)
    assert page.evaluate("() => window.stayed") is True


def test_stream_that_has_not_started_shows_a_card_and_starts_by_itself(on_air, playing_browser, visitors):
    page = visitors.page(playing_browser, on_air.url)
    page.route("**/master.m3u8", lambda route: route.fulfill(status=404))
    page.goto("/demo/ui")
    wait_for_picture(page, "not_started")
    expect(page.locator("[data-overlay=card] h2")).to_have_text("The picture has not arrived yet")
    page.unroute("**/master.m3u8")
    wait_for_picture(page, "playing")


def test_picture_that_stalls_comes_back_by_itself(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    wait_for_picture(page, "playing")
    page.route("**/*.ts", lambda route: route.fulfill(status=503))
    wait_for_picture(page, "stalled", "reconnecting")
    page.unroute("**/*.ts")
    wait_for_picture(page, "playing")


def test_sound_only_fetches_no_picture_and_is_remembered(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    wait_for_picture(page, "playing")
    player(page).hover()
    page.locator("[data-control=audio]").click()
    expect(page.locator("[data-overlay=listen]")).to_be_visible()
    page.wait_for_timeout(1000)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    expect(page.locator("[data-overlay=listen]")).to_be_visible(timeout=PICTURE_MS)
    wait_for_picture(page, "playing")
    assert [url for url in asked if re.search(r"/audio-\d+\.ts$", url)]
    assert [url for url in asked if re.search(r"/video-\d+\.ts$", url)] == []


def test_notes_stay_in_this_browser_and_with_their_talk(on_air, playing_browser, visitors):
    page = open_viewer(visitors, playing_browser, on_air.url)
    page.get_by_role("tab", name="Notes").click()
    page.locator("[data-notes-text]").fill("Ask about zone 2")
    page.reload()
    expect(page.locator("[data-notes-text]")).to_have_value("Ask about zone 2")
    page.keyboard.press("2")
    expect(page.locator("[data-notes-text]")).to_have_value("")


def test_one_socket_however_often_the_track_changes(on_air, playing_browser, visitors):
    page = visitors.page(playing_browser, on_air.url)
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket))
    page.goto("/demo/ui")
    expect(page.locator("[data-tab-viewers]").first).not_to_be_empty(timeout=15_000)
    for number in (2, 1, 2, 1, 3, 1):
        page.keyboard.press(str(number))
    assert [socket.is_closed() for socket in sockets] == [False]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "width"), [("en-US", 1280), ("ja-JP", 390)])
def test_viewer_has_no_serious_finding(on_air, playing_browser, visitors, theme, locale, width):
    page = open_viewer(visitors, playing_browser, on_air.url, locale=locale, theme=theme, width=width)
    wait_for_picture(page, "playing")
    player(page).hover()
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_viewer_never_scrolls_sideways(on_air, playing_browser, visitors, width):
    page = open_viewer(visitors, playing_browser, on_air.url, width=width)
    assert page.evaluate("() => document.documentElement.scrollWidth") == width


def test_waiting_page_enters_by_itself_when_the_doors_open(site, playing_browser, visitors):
    site.run("tests.journeys.doors", slug="soon", step="build")
    page = open_viewer(visitors, playing_browser, site.url, "/soon/ui")
    expect(player(page)).to_have_attribute("data-state", "before")
    expect(page.locator("[data-overlay] h2")).to_have_text("The doors are not open yet")
    page.evaluate(MARK)
    site.run("tests.journeys.doors", slug="soon", step="open")
    expect(player(page)).to_have_attribute("data-state", "preparing", timeout=15_000)
    assert page.evaluate("() => window.stayed") is True
