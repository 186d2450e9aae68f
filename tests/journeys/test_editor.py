"""The timetable editor in a real browser: by mouse, keyboard, finger and form, and with a second editor."""

import re

import pytest
from playwright.sync_api import expect

from tests.services.axe import axe
from tests.services.visitors import sign_in
from tests.services.waiting import until

# Pixels of five minutes at the middle zoom.
TICK = 11
SOON = 10_000


class Editor:
    """An organizer's open timetable editor."""

    def __init__(self, page, event, role="organizer"):
        self.page, self.event = page, event
        sign_in(page, role)
        page.goto(self.path)
        expect(self.talk("Lanterns")).to_be_visible()

    @property
    def path(self):
        return f"/admin/talks/timetable/{self.event['slug']}/"

    def talk(self, title):
        return self.page.locator(f'[data-cells] [data-talk="{self.event["talks"][title]}"]')

    def waiting(self, title):
        return self.page.locator(f'[data-unscheduled] [data-talk="{self.event["talks"][title]}"]')

    def time_of(self, title):
        return self.talk(title).locator(".te-time")

    @property
    def notice(self):
        return self.page.locator("[data-notices]")

    @property
    def said(self):
        return self.page.locator("[data-speak]")

    def lift(self, cell):
        """Grip a talk five pixels below its upper edge and start to drag."""
        box = cell.bounding_box()
        x, y = box["x"] + 40, box["y"] + 5
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x, y + 6)
        return x, y

    def drag(self, title, *, minutes=0, onto=None):
        """Down by so many minutes, or onto the upper edge of another talk."""
        x, y = self.lift(self.talk(title))
        if onto:
            box = onto.bounding_box()
            x, y = box["x"] + 40, box["y"] + 5
        self.page.mouse.move(x, y + minutes / 5 * TICK, steps=4)

    def drop(self):
        self.page.mouse.up()

    def keys(self, cell, *names):
        cell.locator(".te-grab").focus()
        for name in names:
            self.page.keyboard.press(name)

    def expect_saved(self):
        expect(self.page.locator(".te-saving")).to_have_attribute("data-saving", "saved")


@pytest.fixture
def event(site):
    return site.run("tests.journeys.edited_event")


@pytest.fixture
def open_editor(site, browser, visitors, event):
    def open_editor(role="organizer", **options):
        page = visitors.page(browser, site.url, width=1440, height=900, reduced_motion="reduce", **options)
        return Editor(page, event, role)

    return open_editor


@pytest.fixture
def editor(open_editor):
    return open_editor()


def test_a_talk_is_dragged_to_another_time_and_stays_there(editor):
    editor.drag("Lanterns", minutes=10)
    expect(editor.page.locator(".te-ghost [data-at]")).to_have_text("10:10–10:50")
    editor.drop()
    expect(editor.time_of("Lanterns")).to_have_text("10:10–10:50")
    editor.expect_saved()
    editor.page.reload()
    expect(editor.time_of("Lanterns")).to_have_text("10:10–10:50")


def test_the_lower_edge_changes_the_length(editor):
    box = editor.talk("Ferries").bounding_box()
    x, y = box["x"] + 60, box["y"] + box["height"] - 3
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x, y + 2 * TICK, steps=4)
    editor.drop()
    expect(editor.time_of("Ferries")).to_have_text("11:00–11:50")
    editor.expect_saved()


def test_a_conflict_is_said_while_dragging_and_refused_on_the_drop(editor):
    editor.drag("Lanterns", onto=editor.talk("Ferries"))
    reason = "Overlaps with “Ferries” (11:00–11:40)."
    expect(editor.page.locator(".te-ghost li").first).to_have_text(reason)
    expect(editor.page.locator(".te-ghost li").nth(1)).to_contain_text("speaks in “Tides” at that time")
    editor.drop()
    expect(editor.notice).to_contain_text(reason)
    expect(editor.time_of("Lanterns")).to_have_text("10:00–10:40")
    expect(editor.page.locator("[data-change-count]")).to_have_text("No changes")


def test_a_talk_without_a_time_is_placed_and_taken_off_again(editor):
    editor.lift(editor.waiting("Anchors"))
    above = editor.talk("Tides").bounding_box()
    editor.page.mouse.move(above["x"] + 60, above["y"] + above["height"] + TICK + 2, steps=4)
    editor.drop()
    expect(editor.time_of("Anchors")).to_have_text("11:40–12:10")
    editor.lift(editor.talk("Anchors"))
    editor.page.mouse.move(100, 600, steps=4)
    editor.drop()
    expect(editor.waiting("Anchors")).to_be_visible()
    editor.expect_saved()


def test_escape_leaves_a_dragged_talk_where_it_was(editor):
    editor.drag("Buoys", minutes=30)
    editor.page.keyboard.press("Escape")
    editor.drop()
    expect(editor.page.locator(".te-ghost")).to_have_count(0)
    expect(editor.time_of("Buoys")).to_have_text("10:00–10:40")


def test_the_keyboard_moves_a_talk_and_hears_where_it_is(editor):
    editor.keys(editor.talk("Ferries"), "Enter", "ArrowRight")
    expect(editor.said).to_have_text("11:00 to 11:40, Track B. Overlaps with “Tides” (11:00–11:40).")
    editor.page.keyboard.press("Enter")
    expect(editor.notice).to_contain_text("Not moved: “Ferries” to 11:00–11:40 · Track B")
    for key in ("PageDown", "ArrowUp", "ArrowUp", "Shift+ArrowDown"):
        editor.page.keyboard.press(key)
    expect(editor.said).to_have_text("11:50 to 12:35, Track B")
    editor.page.keyboard.press("Enter")
    expect(editor.time_of("Ferries")).to_have_text("11:50–12:35")
    expect(editor.talk("Ferries").locator(".te-grab")).to_be_focused()
    editor.expect_saved()


def test_the_keyboard_walks_through_the_talks_places_one_and_takes_one_off(editor):
    editor.keys(editor.talk("Lanterns"), "ArrowDown")
    expect(editor.talk("Ferries").locator(".te-grab")).to_be_focused()
    editor.page.keyboard.press("ArrowRight")
    expect(editor.talk("Tides").locator(".te-grab")).to_be_focused()
    editor.page.keyboard.press("Delete")
    expect(editor.waiting("Tides").locator(".te-grab")).to_be_visible()
    editor.keys(editor.waiting("Anchors"), "Enter", "ArrowRight", "Escape")
    expect(editor.waiting("Anchors").locator(".te-grab")).to_be_focused()
    editor.keys(editor.waiting("Tides"), "Enter", "ArrowRight", "PageDown", "PageDown", "Enter")
    expect(editor.talk("Tides")).to_be_visible()
    editor.expect_saved()


def test_undo_names_what_it_undoes_and_brings_it_back(editor):
    editor.drag("Lanterns", minutes=10)
    editor.drop()
    undo = editor.page.locator("button[data-undo]")
    expect(undo).to_have_attribute("title", re.compile("^Undo: .*Lanterns"))
    undo.click()
    expect(editor.time_of("Lanterns")).to_have_text("10:00–10:40")
    expect(editor.page.locator("[data-change-count]")).to_have_text("No changes")


def test_what_changes_is_shown_published_and_seen_on_an_open_timetable(editor, site, browser, visitors):
    visitor = visitors.page(browser, site.url)
    visitor.goto(f"/{editor.event['slug']}/timetables?day={editor.event['day']}")
    shown = visitor.locator(".cell").filter(has_text="Lanterns").locator(".c-meta time")
    expect(shown).to_contain_text("10:00")
    editor.drag("Lanterns", minutes=10)
    editor.drop()
    editor.expect_saved()
    editor.page.locator("button[data-changes]").click()
    changes = editor.page.locator("#te-changes")
    expect(changes.locator(".te-way")).to_contain_text("10:00–10:40 · Track A")
    expect(changes.locator(".te-way")).to_contain_text("10:10–10:50 · Track A")
    assert axe(editor.page) == []
    changes.locator("[name=note]").fill("Ten minutes later")
    changes.locator("[data-ask]").click()
    changes.locator("[data-publish]").click()
    expect(editor.notice).to_contain_text("is published")
    expect(editor.page.locator("[data-change-count]")).to_have_text("No changes")
    expect(shown).to_contain_text("10:10", timeout=SOON)


def test_an_open_timetable_hears_of_a_publication_before_the_doors_too(editor, site, browser, visitors):
    site.run("tests.journeys.edited_event", step="announced", slug=editor.event["slug"])
    stranger = visitors.page(browser, site.url)
    stranger.clock.install()
    stranger.goto(f"/{editor.event['slug']}/timetables")
    first = stranger.locator(f'.cell[data-talk="{editor.event["talks"]["Buoys"]}"]')
    expect(first).to_have_attribute("data-talk", re.compile(r"\d+"))
    before = first.get_attribute("data-starts")
    editor.drag("Buoys", minutes=5)
    editor.drop()
    editor.expect_saved()
    editor.page.locator("button[data-changes]").click()
    editor.page.locator("#te-changes [data-ask]").click()
    editor.page.locator("#te-changes [data-publish]").click()
    expect(editor.notice).to_contain_text("is published")

    def moved():
        stranger.clock.fast_forward(50_000)
        stranger.wait_for_timeout(500)
        return first.get_attribute("data-starts") == str(int(before) + 300)

    until(moved, seconds=20, what="The move on the stranger's page")


def test_a_published_mistake_is_taken_back(editor):
    for minutes in (10, 20):
        editor.drag("Lanterns", minutes=10)
        editor.drop()
        expect(editor.time_of("Lanterns")).to_contain_text(f"10:{minutes}–")
        editor.expect_saved()
        editor.page.locator("button[data-changes]").click()
        editor.page.locator("#te-changes [data-ask]").click()
        editor.page.locator("#te-changes [data-publish]").click()
        expect(editor.page.locator("[data-change-count]")).to_have_text("No changes")
    editor.page.locator("button[data-versions]").click()
    versions = editor.page.locator("#te-versions")
    versions.locator("li button").first.click()
    versions.locator("button[type=submit]").click()
    expect(editor.time_of("Lanterns")).to_have_text("10:10–10:50")
    expect(editor.page.locator("[data-change-count]")).to_have_text("No changes")


def test_the_other_editors_move_appears_by_itself(editor, open_editor):
    other = open_editor("broadcaster")
    editor.drag("Buoys", minutes=10)
    editor.drop()
    expect(other.time_of("Buoys")).to_have_text("10:10–10:50", timeout=SOON)
    expect(other.notice).to_contain_text("“Buoys” to 10:10–10:50 · Track B")


def test_of_two_who_move_one_talk_the_second_is_told_and_may_insist(editor, open_editor):
    other = open_editor("broadcaster")
    # The second editor's page hears nothing meanwhile.
    other.page.route("**/draft", lambda route: route.fulfill(status=304))
    editor.drag("Buoys", minutes=10)
    editor.drop()
    editor.expect_saved()
    other.drag("Buoys", minutes=15)
    other.drop()
    expect(other.notice).to_contain_text("“Buoys” meanwhile: 10:10–10:50 · Track B")
    expect(other.time_of("Buoys")).to_have_text("10:10–10:50")
    other.page.get_by_role("button", name="Move it all the same").click()
    expect(other.time_of("Buoys")).to_have_text("10:15–10:55")
    other.expect_saved()


def test_without_a_connection_a_move_stays_unsaved_until_it_can_be_sent(editor):
    editor.page.context.set_offline(True)
    editor.drag("Buoys", minutes=10)
    editor.drop()
    expect(editor.page.locator("[data-unsaved]")).to_contain_text("1 move is not saved")
    expect(editor.talk("Buoys")).to_contain_text("Not saved")
    editor.page.context.set_offline(False)
    expect(editor.page.locator("[data-unsaved]")).to_be_hidden()
    editor.page.reload()
    expect(editor.time_of("Buoys")).to_have_text("10:10–10:50")


def test_an_unsaved_move_can_be_given_up(editor):
    editor.page.context.set_offline(True)
    editor.drag("Buoys", minutes=10)
    editor.drop()
    editor.page.locator("[data-take-back]").click()
    expect(editor.time_of("Buoys")).to_have_text("10:00–10:40")
    editor.page.context.set_offline(False)


def publish(editor):
    editor.page.locator("button[data-changes]").click()
    editor.page.locator("#te-changes [data-ask]").click()
    editor.page.locator("#te-changes [data-publish]").click()


def test_undo_is_not_stuck_behind_a_talk_that_somebody_else_moved(editor, open_editor):
    other = open_editor("broadcaster")
    for title in ("Tides", "Buoys"):
        editor.drag(title, minutes=10)
        editor.drop()
        editor.expect_saved()
    expect(other.time_of("Buoys")).to_have_text("10:10–10:50", timeout=SOON)
    editor.page.route("**/draft", lambda route: route.fulfill(status=304))
    other.drag("Buoys", minutes=-10)
    other.drop()
    other.expect_saved()
    undo = editor.page.locator("button[data-undo]")
    undo.click()
    expect(editor.notice).to_contain_text("has changed “Buoys” since. It stays: 10:00–10:40 · Track B")
    expect(undo).to_contain_text("Tides")
    undo.click()
    expect(editor.time_of("Tides")).to_have_text("11:00–11:40")


def test_publishing_a_hidden_timetable_leads_to_showing_it(editor, site):
    site.run("tests.journeys.edited_event", step="hidden", slug=editor.event["slug"])
    editor.page.reload()
    editor.drag("Buoys", minutes=10)
    editor.drop()
    editor.expect_saved()
    publish(editor)
    expect(editor.notice).to_contain_text("visitors do not see the timetable yet")
    editor.page.get_by_role("link", name="Show the timetable…").click()
    editor.page.locator("input.default").click()
    expect(editor.page.locator(".messagelist")).to_contain_text("Show the timetable")


def test_an_empty_editor_opens_in_the_morning_and_says_how_talks_come_in(site, browser, visitors, event):
    site.run("tests.journeys.edited_event", step="emptied", slug=event["slug"])
    page = visitors.page(browser, site.url, width=1440, height=900, reduced_motion="reduce")
    sign_in(page, "organizer")
    page.goto(f"/admin/talks/timetable/{event['slug']}/")
    empty = page.locator("[data-no-talks]")
    expect(empty).to_contain_text("No talks yet")
    expect(empty.get_by_role("link", name="Import a programme")).to_be_visible()
    assert page.locator(".te-hour", has_text="09:00").evaluate(
        "hour => hour.getBoundingClientRect().top > 0 && hour.getBoundingClientRect().bottom < innerHeight"
    )
    empty.get_by_role("button", name="Add an entry").click()
    expect(page.locator("#te-entry")).to_be_visible()


def test_an_entry_begins_as_a_talk_and_then_as_what_was_added_last(editor):
    page, dialog = editor.page, editor.page.locator("#te-entry")
    page.locator("button[data-entry]").first.click()
    expect(dialog.locator("[name=kind]")).to_have_value("talk")
    expect(dialog.locator("[name=all]")).not_to_be_checked()
    dialog.locator("[name=kind]").select_option("break")
    expect(dialog.locator("[name=all]")).to_be_checked()
    dialog.locator("[name=title]").fill("Coffee")
    dialog.locator("button[type=submit]").click()
    expect(page.locator("[data-unscheduled]")).to_contain_text("Coffee")
    page.reload()
    page.locator("button[data-entry]").first.click()
    expect(dialog.locator("[name=kind]")).to_have_value("break")


def test_a_break_is_added_to_the_list(editor):
    editor.page.locator("button[data-entry]").first.click()
    dialog = editor.page.locator("#te-entry")
    dialog.locator("[name=title]").fill("Coffee")
    dialog.locator("[name=kind]").select_option("break")
    dialog.locator("[name=minutes]").fill("20")
    dialog.locator("button[type=submit]").click()
    expect(editor.page.locator("[data-unscheduled]")).to_contain_text("Coffee")
    expect(editor.page.locator("[data-waiting]")).to_have_text("2")


def test_a_finger_drags_after_a_long_press(open_editor):
    editor = open_editor(has_touch=True)
    box = editor.talk("Buoys").bounding_box()
    x, y = box["x"] + 40, box["y"] + 5
    fingers = editor.page.context.new_cdp_session(editor.page)

    def touch(kind, *points):
        touches = [{"x": left, "y": top} for left, top in points]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (x, y))
    expect(editor.page.locator(".te-ghost")).to_be_visible()
    touch("touchMove", (x, y + TICK))
    touch("touchMove", (x, y + 2 * TICK))
    expect(editor.page.locator(".te-ghost [data-at]")).to_have_text("10:10–10:50")
    touch("touchEnd")
    expect(editor.time_of("Buoys")).to_have_text("10:10–10:50")
    editor.expect_saved()


def test_a_phone_shows_one_track_and_places_by_the_form(editor):
    editor.page.set_viewport_size({"width": 390, "height": 844})
    expect(editor.talk("Buoys")).to_have_count(0)
    editor.page.locator("[data-track]").nth(1).click()
    editor.talk("Buoys").locator(".te-grab").click()
    editor.page.locator("[name=start]").fill("10:20")
    editor.page.get_by_role("button", name="Save the place").click()
    expect(editor.time_of("Buoys")).to_have_text("10:20–11:00")


def test_without_javascript_there_are_lists_and_forms(event, site, browser, visitors):
    page = visitors.page(browser, site.url, java_script_enabled=False)
    sign_in(page, "organizer")
    page.goto(f"/admin/talks/timetable/{event['slug']}/")
    page.get_by_role("link", name="Lanterns").click()
    page.locator("[name=start]").fill("10:30")
    page.get_by_role("button", name="Save the place").click()
    expect(page.locator(".faults")).to_contain_text("Ferries")
    expect(page.locator("[name=start]")).to_have_value("10:30")
    page.locator("[name=start]").fill("10:20")
    page.get_by_role("button", name="Save the place").click()
    expect(page.get_by_role("link", name="Lanterns")).to_contain_text("10:20–11:00")


@pytest.mark.parametrize(("locale", "theme", "width"), [("ja-JP", "dark", 1440), ("en-US", "light", 390)])
def test_axe_finds_nothing_and_nothing_is_too_wide(open_editor, locale, theme, width):
    editor = open_editor(locale=locale, theme=theme)
    editor.page.set_viewport_size({"width": width, "height": 900})
    assert axe(editor.page) == []
    assert editor.page.evaluate("document.scrollingElement.scrollWidth - innerWidth") == 0
