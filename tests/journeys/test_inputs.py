"""Broadcasters give a track a backup and a slate, and switch between them in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.services.aws.peer import AwsPeer
from tests.services.axe import axe
from tests.services.redis_server import RedisServer
from tests.services.site import Site
from tests.services.visitors import sign_in

pytestmark = pytest.mark.timeout(400)
SLATE = "https://example.org/slates/soon.mp4"
CLOCK = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$")


@pytest.fixture(scope="module")
def peer():
    peer = AwsPeer()
    peer.cloud.seconds = 0.5
    peer.start()
    yield peer
    peer.stop()
    assert peer.faults == []


@pytest.fixture(scope="module")
def cloud_site(tmp_path_factory, postgres, logs, peer):
    redis = RedisServer(logs)
    redis.start()
    site = Site(
        tmp_path_factory.mktemp("inputs"),
        postgres.create_database("inputs"),
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


class Desk:
    """The inputs of one track in somebody's control room."""

    def __init__(self, page, track):
        self.page, self.root = page, page.locator("[data-inputs]")
        sign_in(page, "broadcaster")
        page.goto(f"/demo/console?track={track}")
        expect(self.root).to_be_visible()

    @property
    def log(self):
        return self.root.locator("[data-input-log] li")

    def button(self, name):
        return self.root.locator(f'[data-input="{name}"]')

    def open(self, form):
        self.root.locator(f"details:has({form}) > summary").click()

    def expect_active(self, name):
        expect(self.button(name)).to_have_attribute("aria-pressed", "true", timeout=30_000)

    def expect_refused(self, sentence, box="input-refusal"):
        expect(self.root.locator(f"[data-{box}]")).to_contain_text(sentence)

    def plan(self, at):
        self.root.locator("#input-at").fill(at)
        self.root.locator("[data-input-plan] button").click()


@pytest.fixture
def desk(cloud_site, browser, visitors):
    def open_desk(track="A", **options):
        return Desk(visitors.page(browser, cloud_site.url, **options), track)

    return open_desk


def choose(desk, slate):
    desk.root.locator("#slate-url").fill(slate)
    desk.root.locator("[data-input-choice] button").click()


def test_inputs_are_chosen_attached_and_switched(desk, peer):
    room = desk()
    expect(room.root.locator("[data-input-line]")).to_have_text("This track has one input, the studio.")
    room.open("[data-input-choice]")
    room.root.locator("[name=has_backup]").check()
    choose(room, "slate.mov")
    room.expect_refused("This is no MP4 file for MediaLive.", "input-choice-refusal")
    expect(room.root.locator("[name=has_backup]")).to_be_checked()
    choose(room, SLATE)
    expect(room.root.locator("[data-input-names]")).to_have_text("Studio, Backup, Slate")
    expect(room.button("slate")).to_have_attribute("aria-disabled", "true")

    room.page.locator('[data-stream-step="start"]').click()
    room.expect_active("studio")
    expect(room.root.locator("#slate-url")).to_be_disabled()
    with peer.cloud.lock:
        held = peer.cloud.listed("encoder")[0]["InputAttachments"]
    assert [one["InputAttachmentName"] for one in held] == ["studio", "backup", "slate"]

    room.button("slate").click()
    room.expect_active("slate")
    expect(room.log.first).to_contain_text("seen active +")

    second = desk()
    second.expect_active("slate")
    second.button("studio").focus()
    second.page.keyboard.press("Space")
    expect(second.button("studio")).to_contain_text("Enter switches")
    expect(second.button("slate")).to_have_attribute("aria-pressed", "true")
    second.page.keyboard.press("Enter")
    second.expect_active("studio")
    room.expect_active("studio")


def test_a_time_is_planned_and_taken_back(desk, peer):
    room = desk()
    room.expect_active("studio")
    room.open("[data-input-plan]")
    room.plan("2026-01-01T10:00:00")
    room.expect_refused("Too soon: MediaLive wants 15 seconds' notice.")
    expect(room.root.locator("#input-at")).to_have_value(CLOCK)
    room.root.locator("[data-input-plan] button").click()
    row = room.root.locator("[data-input-plans] li")
    expect(row).to_contain_text("MediaLive has it")
    row.get_by_role("button", name="Cancel").click()
    expect(row).to_have_count(0, timeout=15_000)
    expect(room.log.first).to_contain_text("cancelled")
    room.expect_active("studio")
    with peer.cloud.lock:
        names = [one["ActionName"] for one in peer.cloud.listed("encoder")[0]["_schedule"]]
    assert len(names) == 2


def test_the_inputs_on_a_phone(desk):
    room = desk(width=390, height=800)
    room.expect_active("studio")
    for form in ("[data-input-plan]", "[data-input-choice]"):
        room.open(form)
    assert room.page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(room.page) == []
