"""Large files with the oddities of real ones: brought in, taken out, brought in again."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from events.models import Day, Track
from talks.exchange.formats import read_programme
from talks.exports.formats import export_programme
from talks.import_plan import plan_import
from talks.models import Placement, Speaker, Talk
from talks.services.importing import import_kept, import_plan, keep_file
from tests.factories.events import EventFactory
from tests.talks.programmes.others import sessionize, spreadsheet
from tests.talks.programmes.schedules import as_json, as_xml, festival

FILES = {
    "pretalx.json": lambda: as_json(festival()),
    "frab.xml": lambda: as_xml(festival()),
    "odd-zone.json": lambda: as_json(festival(time_zone_name="Mars/Olympus")),
    "sessionize.json": lambda: as_json(sessionize()),
    "table.csv": spreadsheet,
}
ROUND = ["schedule.json", "schedule.xml", "sessionize", "csv"]


@pytest.fixture
def event(db):
    return EventFactory(slug="lanterns", time_zone="Europe/Berlin")


def plan(event, content, name="programme.csv"):
    return plan_import(event, read_programme(content, name, event.zone))


def bring(event, content, name="programme.csv", *, drop=False):
    return import_plan(plan=plan(event, content, name), drop_missing=drop, actor=None)


@pytest.mark.parametrize("name", FILES)
def test_a_large_file_comes_in_whole_and_again_changes_nothing(event, name):
    content = FILES[name]()
    done = bring(event, content, name)
    assert (done.added, done.changed, done.dropped) == (Talk.objects.count(), 0, 0)
    assert done.added >= 200
    again = plan(event, content, name)
    assert (again.added, again.changed, again.missing, again.faults) == ([], [], [], [])
    assert again.does_nothing


@pytest.mark.parametrize("format_name", ROUND)
@pytest.mark.parametrize("name", FILES)
def test_what_came_in_goes_out_and_comes_in_without_a_difference(event, name, format_name):
    bring(event, FILES[name](), name)
    content = export_programme(event, format_name, drafts=True)
    back = plan(event, content)
    assert (back.faults, [change.fields for change in back.changed], back.added) == ([], [], [])
    assert back.does_nothing
    assert export_programme(event, format_name, drafts=True) == content


@pytest.mark.parametrize("name", FILES)
def test_the_same_file_serves_a_second_event(event, name):
    bring(event, FILES[name](), name)
    other = EventFactory(slug="second", time_zone="Europe/Berlin")
    count = Talk.objects.count()
    assert bring(other, FILES[name](), name).added == count
    assert plan(other, FILES[name](), name).does_nothing
    assert plan(event, FILES[name](), name).does_nothing


def test_a_night_belongs_to_the_evening_before(event):
    bring(event, FILES["pretalx.json"](), "pretalx.json")
    assert [str(day.date) for day in Day.objects.order_by("date")] == [
        "2026-12-27",
        "2026-12-28",
        "2026-12-29",
        "2026-12-30",
    ]
    late = Placement.objects.select_related("talk").order_by("-starts_at")[0]
    assert late.starts_at == datetime(2026, 12, 31, 1, 30, tzinfo=ZoneInfo("Europe/Berlin"))


def test_rooms_that_nothing_uses_become_no_tracks(event):
    bring(event, FILES["pretalx.json"](), "pretalx.json")
    assert sorted(Track.objects.values_list("name", flat=True)) == [f"Hall {sign}" for sign in "ABCDEFGH"]


def test_people_come_once_and_the_nameless_are_told(event):
    with translation.override("en"):
        found = plan(event, FILES["pretalx.json"](), "pretalx.json")
    import_plan(plan=found, drop_missing=False, actor=None)
    names = ["Ewa Ślusarz", "Nadia Ferro", "Only A Name", "Ōta Reiko"]
    assert sorted(Speaker.objects.values_list("name_ja", flat=True)) == names
    assert Speaker.objects.get(name_ja="Ewa Ślusarz").bio_ja == "Builds **radios**."
    assert "A person without a name was left out." in {warning.text for warning in found.warnings}


def test_html_becomes_markdown_and_script_goes(event):
    bring(event, FILES["pretalx.json"](), "pretalx.json")
    abstract = Talk.objects.get(title="Talk 0 on 1 things").abstract
    assert abstract.startswith("From *scratch*:\n\n- one\n- two")
    assert "<" not in abstract.split("Plain words")[0]


def test_a_table_keeps_line_breaks_and_disarms_formulas(event):
    bring(event, spreadsheet())
    assert Talk.objects.get(title="表の講演1").abstract == '1行目、\n"引用"付き, と続く'
    assert Talk.objects.get(title="表の講演0").abstract == "=1+1"
    out = export_programme(event, "csv", drafts=True).decode("utf-8-sig")
    assert ",'=1+1\r\n" in out


def test_kinds_levels_and_languages_are_read_in_japanese(event):
    bring(event, as_json(sessionize()), "sessionize.json")
    talk = Talk.objects.get(title="潮汐 4話")
    assert (talk.difficulty, talk.lang, talk.category) == ("intermediate", "ja", "運用")
    assert Talk.objects.filter(kind="break").count() == 12
    assert Talk.objects.filter(is_for_all_tracks=True).count() == 12


def test_a_kept_file_is_imported_in_one_go(event):
    row = keep_file(event=event, name="pretalx.json", content=FILES["pretalx.json"](), actor=None)
    done = import_kept(row=row, drop_missing=False, actor=None)
    row.refresh_from_db()
    assert (row.added, row.changed, row.dropped) == (done.added, 0, 0) == (320, 0, 0)
