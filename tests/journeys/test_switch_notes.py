"""Picture and words together: a title changes when the picture tells of it, else at the announced time."""

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.directing import sign_in, track
from tests.journeys.noted_picture import NotedPicture
from tests.journeys.test_viewer import flip, title, wait_for_picture
from tests.services.waiting import until

NOW = "() => document.querySelector('video').currentTime"
WATCH_TITLE = """() => {
  window.turned = [];
  const video = document.querySelector("video");
  const title = document.querySelector("h1");
  const note = () => window.turned.push([title.textContent, video.currentTime]);
  new MutationObserver(note).observe(title, { childList: true, characterData: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    return NotedPicture(tmp_path_factory.mktemp("picture"))


def watch(on_air, browser, visitors, picture):
    """Somebody whose picture has already told of the present talk: from then on the words wait for it."""
    state = track(on_air)
    page = visitors.page(browser, on_air.url)
    picture.begin(page)
    number = picture.note(state["id"], state["revision"])
    page.goto("/demo/ui?track=A")
    wait_for_picture(page, "playing")
    until(lambda: page.evaluate(NOW) > picture.time_of(number) + 1, seconds=20, what="The first note")
    page.evaluate(WATCH_TITLE)
    return page


def somebody_without_a_picture(on_air, browser, visitors):
    page = visitors.page(browser, on_air.url)
    page.route("**/media/streams/**", lambda route: route.abort())
    page.goto("/demo/ui?track=A")
    return page


@pytest.fixture
def staff(on_air):
    with httpx.Client(base_url=on_air.url, follow_redirects=True) as client:
        sign_in(client, "broadcaster")
        yield client


def seen_by(staff):
    """Who saw the newest switch of the track and when, as staff read it."""
    [row] = [row for row in staff.get("/demo/console/state").json()["tracks"] if row["name"] == "A"]
    return row["switches"][0]["seen"]


def test_title_changes_with_the_note_in_the_picture(on_air, playing_browser, visitors, picture, staff):
    page = watch(on_air, playing_browser, visitors, picture)
    # As long as nobody has counted the viewers, few of them report.
    expect(page.locator("[data-viewers]").first).to_be_visible(timeout=20_000)
    old = title(page).text_content()
    flipped = flip(on_air)
    after = track(on_air)
    start = picture.time_of(picture.note(after["id"], after["revision"]))
    assert title(page).text_content() == old
    expect(title(page)).to_have_text(flipped, timeout=9_000)
    [[text, at]] = page.evaluate("window.turned")
    assert text == flipped != old
    assert start - 0.5 < at < start + 1
    seen = until(lambda: seen_by(staff), seconds=15, what="A viewer's report", every=0.5)
    assert seen["count"] >= 1


def test_without_a_note_it_changes_at_the_announced_time(on_air, playing_browser, visitors, picture):
    page = watch(on_air, playing_browser, visitors, picture)
    other = somebody_without_a_picture(on_air, playing_browser, visitors)
    old = title(page).text_content()
    expect(title(other)).to_have_text(old)
    before = page.evaluate(NOW)
    flipped = flip(on_air)
    expect(title(other)).to_have_text(flipped, timeout=3_000)
    assert title(page).text_content() == old
    expect(title(page)).to_have_text(flipped, timeout=12_000)
    [[_, at]] = page.evaluate("window.turned")
    assert at - before > 4


def test_a_card_covers_the_picture_at_once_also_while_a_title_waits(
    on_air, playing_browser, visitors, picture
):
    page = watch(on_air, playing_browser, visitors, picture)
    flipped = flip(on_air)
    on_air.manage("take", "demo", "A", "--card", "technical")
    expect(page.locator("[data-player]")).to_have_attribute("data-state", "technical", timeout=3_000)
    expect(title(page)).to_have_text(flipped, timeout=1_000)
