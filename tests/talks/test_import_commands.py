"""The commands beside the pages: what they say, write and answer."""

import sys
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from events.models import Event
from talks.models import ProgrammeImport, Talk
from tests.calendar_lint import lint
from tests.factories.talks import TalkFactory
from tests.talks.drafted_day import DraftedDay, at
from tests.talks.programmes.schedules import as_json, festival

TABLE = "title,date,start,minutes,track\r\nTides,2026-11-26,13:00,40,A\r\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "programme.csv"
    path.write_text(TABLE)
    return path


def run(*words, **options):
    out, errors = StringIO(), StringIO()
    with translation.override("en"):
        call_command("import_programme", *words, stdout=out, stderr=errors, **options)
    return out.getvalue().splitlines(), errors.getvalue().splitlines()


def test_a_new_event_is_made_as_a_draft_in_the_zone_of_the_file(db, tmp_path):
    path = tmp_path / "schedule.json"
    path.write_bytes(as_json(festival()))
    lines, _notes = run("lanterns", str(path))
    assert lines[0] == "New event lanterns, a draft in Europe/Berlin."
    assert lines[-1] == "Imported: 320 added, 0 changed, 0 dropped."
    event = Event.objects.get()
    assert (event.slug, event.status, event.name_en) == ("lanterns", "draft", "Lanterns 2026")
    assert run("lanterns", str(path))[0] == [
        "0 to add, 0 to change, 320 the same, 0 not in the file.",
        "Imported: 0 added, 0 changed, 0 dropped.",
    ]


def test_a_dry_run_writes_nothing(db, table):
    lines, _notes = run("tides", str(table), dry_run=True)
    assert lines == [
        "New event tides, a draft in Asia/Tokyo.",
        "+ Tides",
        "1 to add, 0 to change, 0 the same, 0 not in the file.",
        "Nothing was written.",
    ]
    assert (Event.objects.count(), Talk.objects.count(), ProgrammeImport.objects.count()) == (0, 0, 0)


def test_what_is_missing_is_named_and_dropped_when_asked(table, db):
    day = DraftedDay()
    day.waiting("Old")
    assert "- Old (stays; --drop takes it away)" in run("ours", str(table))[0]
    assert "- Old" in run("ours", str(table), drop=True)[0]
    assert list(Talk.objects.values_list("title", flat=True)) == ["Tides"]


def test_faults_are_answered_line_by_line_and_nothing_is_imported(db, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(TABLE.replace("13:00", "soon"))
    errors = StringIO()
    with translation.override("en"), pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_programme", "ours", str(path), stdout=StringIO(), stderr=errors)
    assert errors.getvalue().startswith("wrong: line 2: ")
    assert (Event.objects.count(), ProgrammeImport.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("slug", "name", "words"),
    [
        ("ours", "missing.csv", "cannot be read"),
        ("admin", "programme.csv", "cannot be an event's address"),
        ("ours", "empty.csv", "The file is empty."),
    ],
)
def test_what_cannot_be_imported_ends_with_a_sentence(db, table, slug, name, words):
    (table.parent / "empty.csv").write_text("")
    with translation.override("en"), pytest.raises(CommandError, match=words):
        call_command("import_programme", slug, str(table.parent / name), stdout=StringIO())
    assert Event.objects.count() == 0


def export(slug, format_name, monkeypatch):
    out = TextIOWrapper(BytesIO())
    monkeypatch.setattr(sys, "stdout", out)
    call_command("export_programme", slug, format=format_name)
    return out.buffer.getvalue()


@pytest.mark.parametrize("format_name", ["schedule.json", "schedule.xml", "ics", "sessionize", "csv"])
def test_the_same_programme_gives_the_same_bytes_drafts_included(db, monkeypatch, format_name):
    day = DraftedDay()
    day.talk("Lanterns", at(10), at(10, 40))
    day.talk("Not yet", at(11), at(11, 40), is_published=False)
    content = export("ours", format_name, monkeypatch)
    assert b"Not yet" in content
    assert export("ours", format_name, monkeypatch) == content


def test_the_calendar_passes_the_linter(db, monkeypatch):
    day = DraftedDay()
    TalkFactory(event=day.event, track=day.a, title="長い題名、" * 20, starts_at=at(10), ends_at=at(11))
    assert lint(export("ours", "ics", monkeypatch)) == []


def test_an_unknown_event_is_said(db):
    with pytest.raises(CommandError, match="There is no event"):
        call_command("export_programme", "nowhere", format="csv")
