"""A day in the control room: two directors, the automation, what runs late, and a dead Redis."""

import csv
import io
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.directing import track
from tests.journeys.test_control_room import COMMANDS, Desk
from tests.services.axe import axe
from tests.services.visitors import sign_in


@pytest.fixture
def desk(site, browser, visitors):
    def open_desk(name="A", on=site, **options):
        return Desk(visitors.page(browser, on.url, **options), name)

    return open_desk


def moved(site, **wish):
    return site.run("tests.journeys.console_times", **wish)


def test_of_two_directors_at_once_one_wins_and_the_other_reads_who_and_what(site, desk, browser, visitors):
    other = visitors.page(browser, site.url)
    sign_in(other, "organizer")
    other.goto("/demo/console?track=B")
    room = desk("B")
    mine = room.choose_other()
    theirs = int(other.locator(".bigtake").get_attribute("data-talk"))
    held = []
    room.page.route(COMMANDS, lambda route: held.append(route))
    room.take.click()
    expect(room.take).to_have_attribute("data-phase", "sending")
    other.locator(".bigtake").click()
    expect(other.locator("[data-undo-what]")).to_have_text(f"Now: #{theirs}")
    held[0].continue_()
    expect(room.page.locator("[data-refusal]")).to_contain_text(re.compile(rf"was faster: took #{theirs}"))
    assert track(site, "B")["on_air"]["talk_id"] == theirs

    log = room.page.locator("[data-log]")
    room.page.locator("[name=kind]").select_option("refused")
    expect(log.locator("tr")).to_have_count(1)
    expect(log).to_contain_text(re.compile(rf"refused: take #{mine}\. Somebody changed this track"))
    with room.page.expect_download() as download:
        room.page.locator("[data-log-file]").click()
    [line] = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig")))
    assert (line["track"], line["command"], line["result"]) == ("B", "take", "stale")
    room.page.locator("[name=kind]").select_option("")
    room.page.locator("[data-log-form] [name=talk]").fill(f"#{theirs}")
    expect(log.locator("tr").first).to_contain_text(f"took #{theirs}")
    room.page.unroute(COMMANDS)


def test_automation_is_held_in_the_last_second(site, desk):
    room = desk("C")
    talk = moved(site, track="C", next_in=9)
    room.page.reload()
    line = room.page.locator("[data-automation-line]")
    room.page.get_by_role("button", name="Arm", exact=True).click()
    expect(line).to_contain_text("Will switch to")
    before = track(site, "C")["revision"]
    expect(line).to_contain_text("in 0:01.", timeout=12_000)
    room.page.keyboard.press("h")
    expect(line).to_contain_text("Held: would switch to")
    room.page.wait_for_timeout(3_000)
    after = track(site, "C")
    assert (after["revision"], (after["on_air"] or {}).get("talk_id") == talk) == (before, False)
    expect(room.page.locator("[data-log] tr").first).to_contain_text("held the automation")
    room.page.get_by_role("button", name="Disarm", exact=True).click()
    expect(room.page.locator("[data-said]")).to_have_text("The automation is disarmed.")


def test_undo_goes_within_thirty_seconds_and_not_after(site, desk):
    """To the second it is tried without a browser: tests/streaming/test_on_air.py."""
    room = desk("A")
    before = track(site, "A")
    for aged, said in ((15, "undid"), (31, None)):
        wanted = room.choose_other()
        expect(room.take).not_to_have_attribute("aria-disabled", "true")
        room.take.click()
        room.expect_taken(wanted)
        moved(site, track="A", aged=aged)
        room.page.keyboard.press("u")
        if said:
            expect(room.page.locator("[data-log] tr").first).to_contain_text(said)
            assert track(site, "A")["on_air"]["talk_id"] == before["on_air"]["talk_id"]
    expect(room.page.locator("[data-refusal]")).to_contain_text("older than 30 seconds")
    assert track(site, "A")["on_air"]["talk_id"] == wanted


def test_timetable_is_shifted_by_keyboard_and_taken_back(site, desk, browser, visitors):
    room = desk("A")
    viewer = visitors.page(browser, site.url)
    viewer.goto("/demo/ui?track=A")
    before = track(site, "A")["on_air"]
    room.page.keyboard.press("+")
    dialog = room.page.locator("[data-shift]")
    expect(dialog.get_by_label("Until the next break")).to_be_checked()
    room.page.keyboard.press("+")
    expect(dialog.locator("[data-shift-minutes]")).to_have_text("+2 min")
    expect(dialog.locator("[data-shift-moves] li").first).to_be_visible()
    assert axe(room.page) == []
    send = dialog.locator("[data-shift-apply]")
    expect(send).not_to_have_attribute("aria-disabled", "true")
    send.press("Enter")
    expect(dialog).to_be_hidden()
    expect(room.page.locator("[data-said]")).to_contain_text("Viewers see the new times.")
    expect(room.page.locator("[data-log] tr").first).to_contain_text("by +2 min")
    after = track(site, "A")["on_air"]
    assert (after["starts_at"], after["ends_at"] > before["ends_at"]) == (before["starts_at"], True)
    room.page.get_by_role("button", name="Take it back").click()
    expect(room.page.locator("[data-shift-last]")).to_be_hidden()
    assert track(site, "A")["on_air"] == before


def test_next_talk_is_ready_when_its_speakers_were_seen(site, desk):
    room = desk("B")
    part = room.page.locator("[data-preflight]")
    seen = part.locator("[data-check=speakers]")
    expect(seen).to_have_text(re.compile("Nobody has seen the speakers yet"))
    expect(part.locator("[data-verdict-word]")).to_have_text("Not ready")
    part.get_by_role("checkbox").check()
    expect(seen).to_have_text(re.compile(r"Speakers seen by .+ at \d\d:\d\d"))
    expect(room.page.locator("[data-log] tr").first).to_contain_text("saw the speakers")
    part.get_by_role("checkbox").uncheck()
    expect(seen).to_have_text(re.compile("Nobody has seen"))


def test_every_listed_key_works_and_single_keys_can_be_switched_off(desk):
    room = desk("A")
    room.page.keyboard.press("?")
    keys = room.page.locator("[data-keys]")
    listed = set(keys.locator("kbd").all_inner_texts())
    assert listed == {"1", "9", "Space", "Enter", "W", "B", "P", "U", "H", "+", "-", "Esc", "?"}
    keys.get_by_role("checkbox").uncheck()
    keys.get_by_role("button", name="Close").click()
    for key in ("2", "Space", "p", "h", "+", "?"):
        room.page.keyboard.press(key)
    expect(room.page.locator(".cr.sel")).to_have_attribute("aria-label", "Track A")
    expect(room.page.locator(".armed, dialog[open]")).to_have_count(0)
    room.page.locator("[data-open-keys]").click()
    keys.get_by_role("checkbox").check()
    keys.get_by_role("button", name="Close").click()
    room.page.keyboard.press("2")
    expect(room.page.locator(".cr.sel")).to_have_attribute("aria-label", "Track B")
    room.page.keyboard.press("p")
    expect(room.page.locator("[data-card=technical]")).to_have_class(re.compile("armed"))
    room.page.keyboard.press("Escape")
    room.page.keyboard.press("h")
    expect(room.page.locator("[data-said]")).to_have_text("Nothing is armed on this track.")
    assert room.sent == []


def test_redis_dies_and_everything_that_matters_works_on(frail_site, desk, browser, visitors):
    viewer = visitors.page(browser, frail_site.url)
    viewer.goto("/demo/ui?track=A")
    room = desk("A", on=frail_site)
    frail_site.redis.kill()
    try:
        wanted = room.choose_other()
        title = room.take.locator("[data-take-target]").inner_text()
        room.take.click()
        room.expect_taken(wanted)
        expect(viewer.locator("h1").filter(has_text=title)).to_be_visible(timeout=15_000)
        room.page.locator("[data-duty=lock]").click()
        expect(room.page.locator("[data-duty-line]")).to_contain_text("locked for another")
        room.page.keyboard.press("+")
        expect(room.page.locator("[data-shift-moves] li").first).to_be_visible()
        room.page.keyboard.press("Escape")
        room.page.reload()
        expect(room.page.locator("[data-log] tr", has_text=f"took #{wanted}")).to_be_visible()
        room.page.locator("[data-duty=off_duty]").click()
        expect(room.page.locator("[data-duty-line]")).to_contain_text("Nobody")
    finally:
        frail_site.redis.start()


def test_one_hand_on_a_phone_needs_three_taps(site, desk):
    """In Japanese: choose the track, take, done."""
    phone = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True, "locale": "ja-JP"}
    room = desk("A", **phone)
    before = track(site, "C")
    room.page.locator(".cr").nth(2).locator("[data-select]").tap()
    dock = room.page.locator(".dtake")
    expect(dock).to_have_attribute("data-talk", str(before["next"]["talk_id"]))
    dock.tap()
    expect(dock).not_to_have_attribute("data-talk", str(before["next"]["talk_id"]), timeout=10_000)
    assert track(site, "C")["on_air"]["talk_id"] == before["next"]["talk_id"]
    assert room.page.evaluate("document.documentElement.scrollWidth") == 390
    assert axe(room.page) == []
