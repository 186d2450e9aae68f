"""The control room in a real browser: what one press does, and what it does not do."""

import json
import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in

COMMANDS = re.compile(r"/tracks/\d+/commands$")


class Desk:
    """A broadcaster's open control room."""

    def __init__(self, page, track="A"):
        self.page = page
        self.sent = []
        page.on("request", self._note)
        sign_in(page, "broadcaster")
        page.goto(f"/demo/console?track={track}")
        expect(page.locator("[data-log] tr").first).to_be_visible(timeout=15_000)

    def _note(self, request):
        if COMMANDS.search(request.url):
            self.sent.append(json.loads(request.post_data))

    @property
    def take(self):
        return self.page.locator(".bigtake")

    @property
    def named(self):
        """The talk that the take button names."""
        return int(self.take.get_attribute("data-talk"))

    def expect_taken(self, talk_id):
        """Its own undo is offered: not the one of an earlier change, which may still be in sight."""
        expect(self.page.locator("[data-undo-what]")).to_have_text(f"Now: #{talk_id}", timeout=10_000)
        expect(self.take).not_to_have_attribute("data-phase", re.compile("sending|unanswered"))

    def choose_other(self):
        """Name a talk on the button that is neither on air nor the next."""
        choices = self.page.locator("[data-playlist] li:not(.cur):not(.tgt) [data-choose]")
        choices.last.click()
        expect(self.page.locator("[data-playlist] .chosen")).to_have_count(1)
        return self.named


@pytest.fixture
def desk(site, browser, visitors):
    def open_desk(track="A", url=None, **options):
        return Desk(visitors.page(browser, url or site.url, **options), track)

    return open_desk


def track(site, name):
    document = httpx.get(f"{site.url}/api/v1/events/demo/live").json()
    return next(found for found in document["tracks"] if found["name"] == name)


def test_a_double_click_flips_once(site, desk):
    room = desk("A")
    wanted = room.choose_other()
    before = track(site, "A")["revision"]
    room.take.dblclick()
    room.expect_taken(wanted)
    room.page.wait_for_timeout(1500)
    after = track(site, "A")
    assert (after["on_air"]["talk_id"], after["revision"]) == (wanted, before + 1)
    assert len(room.sent) == 1


def test_another_track_stays_as_it_is(site, desk):
    room = desk("A")
    before = track(site, "B")
    wanted = room.choose_other()
    room.take.click()
    room.expect_taken(wanted)
    assert track(site, "B") == before


def test_a_flip_changes_the_viewers_page(site, desk, browser, visitors):
    viewer = visitors.page(browser, site.url)
    viewer.goto("/demo/ui?track=A")
    room = desk("A")
    room.choose_other()
    title = room.take.locator("[data-take-target]").inner_text()
    room.take.click()
    expect(viewer.locator("h1").filter(has_text=title)).to_be_visible(timeout=5000)


def test_undo_brings_back_what_was_there(site, desk):
    room = desk("B")
    before = track(site, "B")
    wanted = room.choose_other()
    room.take.click()
    room.expect_taken(wanted)
    room.page.keyboard.press("u")
    expect(room.page.locator("[data-undo]")).to_be_hidden()
    after = track(site, "B")
    assert after["on_air"]["talk_id"] == before["on_air"]["talk_id"]
    assert after["revision"] == before["revision"] + 2


def test_of_two_directors_the_slower_one_is_told_and_sees_the_present_state(site, desk, visitors, browser):
    organizer = visitors.page(browser, site.url)
    sign_in(organizer, "organizer")
    room = desk("C")
    mine = room.choose_other()
    before = track(site, "C")
    theirs = before["next"]["talk_id"]

    def be_slower(route):
        """The organizer's command arrives first, on the same revision."""
        body = {"command": "take", "talk_id": theirs, "expected_revision": before["revision"]}
        assert command(organizer, before["id"], body, "faster").status == 200
        route.continue_()

    room.page.route(COMMANDS, be_slower)
    room.take.click()
    refusal = room.page.locator("[data-refusal]")
    expect(refusal).to_contain_text(re.compile(rf"was faster: took #{theirs} .*Now on this track: #{theirs}"))
    expect(room.take).to_have_class(re.compile("stale"))
    expect(room.take).to_contain_text(f"Again: Take #{mine}")
    assert track(site, "C")["on_air"]["talk_id"] == theirs

    room.page.unroute(COMMANDS)
    expect(room.take).not_to_have_attribute("aria-disabled", "true")
    room.take.click()
    expect(refusal).to_be_hidden()
    room.expect_taken(mine)
    assert track(site, "C")["on_air"]["talk_id"] == mine
    assert room.sent[0]["idempotency_key"] != room.sent[1]["idempotency_key"]


def command(page, track_id, body, key):
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
    return page.request.post(
        f"/api/v1/events/demo/tracks/{track_id}/commands",
        data=body | {"idempotency_key": key},
        headers={"X-CSRFToken": token},
    )


def test_space_arms_and_enter_fires(site, desk):
    room = desk("A")
    wanted = room.choose_other()
    room.page.keyboard.press("1")
    room.page.keyboard.press("Space")
    expect(room.take).to_have_class(re.compile("armed"))
    assert room.sent == []
    room.page.keyboard.press("Enter")
    room.expect_taken(wanted)
    assert track(site, "A")["on_air"]["talk_id"] == wanted


def test_enter_alone_fires_nothing(desk):
    room = desk("A")
    room.choose_other()
    room.take.focus()
    room.page.keyboard.press("Enter")
    expect(room.take).to_have_class(re.compile("armed"))
    room.page.keyboard.press("Escape")
    expect(room.take).not_to_have_class(re.compile("armed"))
    assert room.sent == []


def test_an_armed_button_rests_after_five_seconds(desk):
    room = desk("A")
    room.choose_other()
    room.page.keyboard.press("1")
    room.page.keyboard.press("Space")
    expect(room.take).to_have_class(re.compile("armed"))
    expect(room.take).not_to_have_class(re.compile("armed"), timeout=7000)
    room.page.keyboard.press("Enter")
    assert room.sent == []


def test_keys_are_letters_while_somebody_types(desk):
    room = desk("A")
    note = room.page.locator("#note")
    note.click()
    room.page.keyboard.type("u 2 p b w?")
    expect(note).to_have_value("u 2 p b w?")
    room.page.keyboard.press("Space")
    expect(room.page.locator(".cr.sel")).to_have_attribute("aria-label", "Track A")
    expect(room.page.locator(".armed")).to_have_count(0)
    assert room.sent == []


def test_a_lost_answer_is_asked_for_again_with_the_same_key(site, desk, proxied):
    """The command arrives, its answer does not: the line breaks between the two."""
    room = desk("B", url=proxied.url)
    wanted = room.choose_other()
    before = track(site, "B")

    def lose_the_answer(route):
        body = json.loads(route.request.post_data)
        key = body.pop("idempotency_key")
        assert command(room.page, before["id"], body, key).status == 200
        proxied.cut()
        route.abort()

    room.page.route(COMMANDS, lose_the_answer, times=1)
    room.take.click()
    expect(room.take).to_contain_text("Sent, no answer")
    proxied.open()
    expect(room.take).not_to_contain_text("Sent, no answer", timeout=15_000)
    expect(room.page.locator("[data-refusal]")).to_be_hidden()
    assert {body["idempotency_key"] for body in room.sent} == {room.sent[0]["idempotency_key"]}
    assert len(room.sent) >= 2
    after = track(site, "B")
    assert (after["on_air"]["talk_id"], after["revision"]) == (wanted, before["revision"] + 1)


def test_a_silent_line_looks_unknown_and_the_buttons_work_on(site, desk):
    room = desk("C")
    room.page.route_web_socket("**/console", lambda socket: None)
    room.page.reload()
    expect(room.page.locator("[data-line]")).to_be_visible(timeout=14_000)
    expect(room.page.locator(".cr.sel")).to_have_class(re.compile("unk"))
    expect(room.page.locator(".cr.sel [data-lamp]")).to_contain_text("?")
    wanted = room.choose_other()
    room.take.click()
    room.expect_taken(wanted)
    assert track(site, "C")["on_air"]["talk_id"] == wanted


def test_a_corrected_title_reaches_a_viewer_at_once(site, desk, browser, visitors):
    viewer = visitors.page(browser, site.url)
    viewer.goto("/demo/ui?track=B")
    room = desk("B")
    room.page.locator("[data-title-part] summary").click()
    field = room.page.locator("#title")
    former = field.input_value()
    field.fill("A title that was just corrected")
    room.page.locator("[data-title-send]").click()
    expect(viewer.locator("h1")).to_have_text("A title that was just corrected", timeout=5000)
    expect(room.page.locator("[data-log] tr").first).to_contain_text("corrected the title")
    field.fill(former)
    room.page.locator("[data-title-send]").click()
    expect(viewer.locator("h1")).to_have_text(former, timeout=5000)


def test_the_lock_of_another_refuses_the_take_until_it_is_held_and_taken_over(site, desk, browser, visitors):
    organizer = visitors.page(browser, site.url)
    sign_in(organizer, "organizer")
    organizer.goto("/demo/console?track=A")
    organizer.locator("[data-duty=lock]").click()
    expect(organizer.locator("[data-duty-line]")).to_contain_text("locked")
    room = desk("A")
    wanted = room.choose_other()
    room.take.click()
    expect(room.page.locator("[data-refusal]")).to_contain_text("has locked this track")
    hold = room.page.locator("[data-take-over]")
    hold.click(delay=300)
    expect(hold).to_be_visible()
    hold.click(delay=1800)
    expect(room.page.locator("#takeover-reason")).to_be_focused()
    room.page.get_by_role("button", name="No answer").click()
    hold.click(delay=1800)
    expect(organizer.locator("[data-lost-lock]")).to_contain_text("took over track A from youNo answer")
    expect(room.page.locator("[data-duty-line]")).to_contain_text("You")
    room.take.click()
    room.expect_taken(wanted)
    room.page.locator("[data-duty=off_duty]").click()
    expect(room.page.locator("[data-duty-line]")).to_contain_text("Nobody")


def test_the_dock_of_a_phone_takes(site, desk):
    room = desk("C", width=390, height=844, has_touch=True, is_mobile=True)
    dock = room.page.locator(".dtake")
    expect(dock).to_be_in_viewport()
    before = track(site, "C")
    wanted = int(dock.get_attribute("data-talk"))
    dock.tap()
    room.expect_taken(wanted)
    assert track(site, "C")["revision"] == before["revision"] + 1
    assert room.page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_last_resort_line_does_what_it_says(site, desk):
    room = desk("B")
    room.choose_other()
    line = room.page.locator("[data-resort]").inner_text()
    _python, _manage, *words = line.split()
    site.manage(*words)
    assert track(site, "B")["on_air"]["talk_id"] == int(words[-1])
    expect(room.page.locator("[data-log] tr").first).to_contain_text("command line")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_control_room_can_be_used_by_everybody(desk, width):
    room = desk("A", width=width, height=900)
    room.page.locator("[data-title-part] summary").click()
    assert axe(room.page) == []


def test_the_timetable_is_armed_and_a_press_by_hand_disarms_it(site, desk):
    room = desk("C")
    part = room.page.locator("[data-automation]")
    line = part.locator("[data-automation-line]")
    expect(line).to_contain_text("If armed, it will switch to")
    part.get_by_role("button", name="Arm", exact=True).click()
    expect(line).to_contain_text(re.compile(r"^Will switch to .+ at \d\d:\d\d:\d\d, in \d+:\d\d"))
    expect(room.page.locator("[data-rows] [data-track]", has_text="automatic")).to_have_count(1)
    wanted = room.choose_other()
    room.take.click()
    room.expect_taken(wanted)
    expect(line).to_contain_text("Disarmed, because somebody switched by hand.")
    expect(part.get_by_role("button", name="Arm", exact=True)).to_be_visible()
