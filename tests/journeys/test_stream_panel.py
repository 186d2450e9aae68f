"""Broadcasters make, start, stop and delete a track's stream in a browser, and believe what they see."""

import re

import pytest
from playwright.sync_api import expect

from tests.services.aws.peer import AwsPeer
from tests.services.axe import axe
from tests.services.redis_server import RedisServer
from tests.services.site import Site
from tests.services.visitors import sign_in

# A site of its own is begun within the first test's time.
pytestmark = pytest.mark.timeout(400)
HOLD_MS = 1_900
KEY = re.compile(r"^[0-9a-f]{40}$")
MADE = {"picture": 1, "key": 1, "package": 1, "endpoint": 2, "input": 1, "encoder": 1}


@pytest.fixture(scope="module")
def peer():
    peer = AwsPeer()
    peer.cloud.seconds = 0.7
    peer.start()
    yield peer
    peer.stop()
    assert peer.faults == []


@pytest.fixture(scope="module")
def cloud_site(tmp_path_factory, postgres, logs, peer):
    """A site whose tracks have their pictures made by MediaLive, with nothing made yet."""
    redis = RedisServer(logs)
    redis.start()
    site = Site(
        tmp_path_factory.mktemp("cloud"),
        postgres.create_database("panel"),
        redis,
        AWS_ENDPOINT_URL=peer.url,
        DREAMKAST_STREAM_GATEWAY="medialive",
        DREAMKAST_ENCODER_ADDRESSES="203.0.113.7/32",
        DREAMKAST_AWS_MEDIALIVE_ROLE_ARN="arn:aws:iam::123456789012:role/dreamkast",
    )
    site.manage("migrate", "--verbosity", "0")
    site.manage("seed_demo")
    site.run("tests.journeys.cloud_streams")
    site.worker.start()
    site.beat.start()
    site.web.start()
    site.worker.wait_until_ready()
    yield site
    site.stop()
    redis.stop()


class Panel:
    """The stream of one track in somebody's control room."""

    def __init__(self, page, track):
        self.page, self.root = page, page.locator("[data-stream]")
        sign_in(page, "broadcaster")
        page.goto(f"/demo/console?track={track}")
        expect(self.line).not_to_have_text("")

    @property
    def line(self):
        return self.root.locator("[data-stream-line]")

    def press(self, step):
        self.root.locator(f'[data-stream-step="{step}"]').click()

    def open(self, part):
        self.root.locator(f"[data-{part}] > summary").click()

    def hold(self, name, milliseconds=HOLD_MS):
        button = self.root.locator(f'[data-stream-hold="{name}"]')
        button.hover()
        self.page.mouse.down()
        self.page.wait_for_timeout(milliseconds)
        self.page.mouse.up()

    def hold_by_key(self, selector):
        self.root.locator(selector).focus()
        self.page.keyboard.down("Enter")
        self.page.wait_for_timeout(HOLD_MS)
        self.page.keyboard.up("Enter")

    def expect_seen(self, state, seconds=60):
        expect(self.line).to_contain_text(f"Seen: {state},", timeout=seconds * 1000)


@pytest.fixture
def panel(cloud_site, browser, visitors):
    def open_panel(track, **options):
        return Panel(visitors.page(browser, cloud_site.url, **options), track)

    return open_panel


def made(peer, kinds=MADE):
    there = peer.there()
    return {kind: there.get(kind, 0) for kind in kinds}


def test_a_stream_from_nothing_to_nothing_is_seen_step_by_step(panel, peer):
    room = panel("A")
    expect(room.line).to_have_text("Nothing was asked for yet.")
    room.press("prepare")
    room.open("stream-parts")
    parts = room.root.locator("[data-parts] li")
    expect(parts).to_have_count(10)
    expect(parts.filter(has=room.page.locator(".mk.making"))).to_have_count(1, timeout=30_000)
    room.expect_seen("stopped")
    expect(parts.filter(has=room.page.locator(".mk.done"))).to_have_count(10)
    expect(room.root.locator("[data-steps]")).to_contain_text("made: encoder in the cloud")
    assert made(peer) == MADE
    room.press("start")
    room.expect_seen("running")
    expect(room.page.locator('[data-stat="cost"]')).to_contain_text("US$")
    room.hold("stop", milliseconds=300)
    expect(room.line).to_contain_text("Wanted: running.")
    room.hold("stop")
    room.expect_seen("stopped")
    room.hold_by_key('[data-stream-hold="delete"]')
    room.expect_seen("not made")
    assert made(peer) == dict.fromkeys(MADE, 0)


def test_the_key_is_shown_on_request_to_one_track_only_and_turned_by_a_hold(panel):
    room = panel("B")
    room.press("prepare")
    room.expect_seen("stopped")
    room.open("stream-key")
    assert "live/" not in room.page.content()
    room.root.locator("[data-key-show]").click()
    key = room.root.locator(".strm-key code").nth(1)
    expect(key).to_have_text(KEY)
    former = key.text_content()
    room.open("stream-parts")
    expect(room.root.locator("[data-steps]")).to_contain_text("had the key shown")
    room.page.locator("[data-select]").first.click()
    expect(room.root.locator(".strm-key")).to_have_count(0)
    assert former not in room.page.content()
    room.page.locator("[data-select]").nth(1).click()
    room.hold_by_key("[data-key-renew]")
    expect(room.root.locator("[data-steps]")).to_contain_text("asked for a new key")
    expect(room.root.locator("[data-key-sum]")).to_have_text("", timeout=30_000)
    room.expect_seen("stopped")
    room.root.locator("[data-key-show]").click()
    expect(key).to_have_text(KEY)
    assert key.text_content() != former


def test_what_a_person_can_change_is_said_and_trying_again_goes_on(panel, peer):
    room = panel("C")
    peer.refuse("CreateInput", "ForbiddenException")
    room.press("prepare")
    fault = room.root.locator("[data-stream-fault]")
    expect(fault).to_contain_text("The permission medialive:CreateInput is missing.", timeout=30_000)
    expect(fault).to_contain_text("RequestId request-")
    room.press("look")
    room.expect_seen("stopped")
    expect(fault).to_be_hidden()
    room.hold("delete")
    room.expect_seen("not made")


def test_a_bad_address_is_said_and_stays_in_the_field(panel):
    room = panel("C")
    room.open("stream-way")
    room.root.locator("#gateway").select_option("embed")
    address = room.root.locator("#source-url")
    address.fill("https://example.com/no-picture")
    room.root.locator("[data-gateway-form] button").first.click()
    expect(room.root.locator("[data-gateway-refusal]")).to_contain_text("none of YouTube, Vimeo or an HLS")
    expect(address).to_have_value("https://example.com/no-picture")
    address.fill("https://www.youtube.com/watch?v=abc")
    room.root.locator("[data-gateway-form] button").first.click()
    expect(room.root.locator("[data-way-sum]")).to_have_text("an address elsewhere")
    room.press("start")
    room.expect_seen("running")


def test_three_taps_start_a_stream_on_a_phone(panel):
    room = panel("B", width=390, height=844, has_touch=True, is_mobile=True)
    room.page.locator("[data-select]").first.tap()
    room.root.locator('[data-stream-step="start"]').tap()
    expect(room.line).to_contain_text("Wanted: running.")
    room.expect_seen("running")
    width = room.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-US", "ja-JP"])
def test_nobody_is_kept_out_of_it(panel, locale, theme):
    room = panel("B", locale=locale, theme=theme)
    for part in ("stream-parts", "stream-key", "stream-way", "all-streams"):
        room.open(part)
    room.root.locator("[data-key-show]").click()
    expect(room.root.locator(".strm-key")).to_have_count(2)
    assert axe(room.page) == []
