"""Importing again, and on top of what people have seen: ids stay, nothing public moves by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from streaming.enums import Source
from streaming.services.on_air import run_command
from talks.exchange.formats import read_programme
from talks.exports.formats import export_programme
from talks.import_plan import plan_import
from talks.models import Placement, ProgrammeChange, ProgrammeImport, Talk
from talks.services.cancelling import cancel_talk
from talks.services.importing import (
    FileRefused,
    ImportedAlready,
    forget_files,
    import_kept,
    import_plan,
    keep_file,
)
from tests.admin_pages import counters
from tests.factories.accounts import UserFactory
from tests.talks.drafted_day import DraftedDay, at
from tests.talks.programmes.schedules import as_json

WORDS = {"type": "talk", "language": "en", "abstract": "", "duration": "00:40", "persons": [], "track": None}


@pytest.fixture
def day(db):
    return DraftedDay()


@pytest.fixture
def lanterns(day):
    return day.talk("Lanterns", at(10), at(10, 40), lang="en")


def schedule(*rows):
    day = {"index": 1, "date": "2026-11-26", "rooms": {"A": [{**WORDS, **row} for row in rows]}}
    conference = {"acronym": "ours", "title": "Ours", "time_zone_name": "Asia/Tokyo", "days": [day]}
    return as_json({"schedule": {"conference": conference}})


def of(talk, **changes):
    return {"guid": str(talk.guid), "title": talk.title, "start": "10:00", **changes}


def bring(event, content, *, drop=False, actor=None):
    with translation.override("en"):
        plan = plan_import(event, read_programme(content, "file", event.zone))
    return import_plan(plan=plan, drop_missing=drop, actor=actor)


def test_words_of_a_published_talk_change_at_once_and_are_logged(day, lanterns):
    actor = UserFactory()
    bring(day.event, schedule(of(lanterns, title="Lanterns at sea")), actor=actor)
    lanterns.refresh_from_db()
    assert lanterns.title == "Lanterns at sea"
    changes = ProgrammeChange.objects.values_list("field", "before", "after", "actor")
    assert list(changes) == [("title", "Lanterns", "Lanterns at sea", actor.pk)]
    assert counters(day.event)[0] > 0


def test_a_new_time_goes_to_the_draft_only(day, lanterns):
    bring(day.event, schedule(of(lanterns, start="15:00")))
    lanterns.refresh_from_db()
    assert (lanterns.starts_at, Placement.objects.get(talk=lanterns).starts_at) == (at(10), at(15))


def test_an_id_stays_through_a_new_name_a_new_time_and_a_cancellation(day, lanterns):
    guid = lanterns.guid
    bring(day.event, schedule(of(lanterns, title="Renamed", start="16:00")))
    talk = Talk.objects.get()
    cancel_talk(talk=talk, actor=None)
    assert Talk.objects.get().guid == guid
    assert str(guid).encode() in export_programme(day.event, "schedule.json", drafts=True)


def test_what_is_missing_stays_unless_asked(day, lanterns):
    done = bring(day.event, schedule({"id": 1, "title": "Another", "start": "12:00"}))
    assert (done.added, done.dropped) == (1, 0)
    assert Talk.objects.get(pk=lanterns.pk).is_cancelled is False


def test_dropping_cancels_the_published_and_deletes_the_unseen(day, lanterns):
    unseen = day.waiting("Never seen")
    done = bring(day.event, schedule({"id": 1, "title": "Another", "start": "12:00"}), drop=True)
    assert done.dropped == 2
    assert Talk.objects.get(pk=lanterns.pk).is_cancelled is True
    assert not Talk.objects.filter(pk=unseen.pk).exists()


def test_what_was_on_air_is_kept_as_cancelled(day, lanterns):
    command = {"command": "take", "talk": lanterns, "expected_revision": 0, "idempotency_key": "one"}
    run_command(track=day.a, source=Source.CONSOLE, actor=None, **command)
    Talk.objects.filter(pk=lanterns.pk).update(is_published=False)
    bring(day.event, schedule({"id": 1, "title": "Another", "start": "12:00"}), drop=True)
    assert Talk.objects.get(pk=lanterns.pk).is_cancelled is True


def test_breaks_of_one_name_without_an_id_are_told_apart(day):
    rows = [
        {"title": "Tea", "start": "10:40", "type": "break"},
        {"title": "Tea", "start": "15:00", "type": "break"},
    ]
    content = schedule(*rows)
    assert bring(day.event, content).added == 2
    assert bring(day.event, content) == bring(day.event, content)
    assert Talk.objects.count() == 2


def test_a_file_that_names_one_talk_twice_is_refused_whole(day):
    row = {"id": 5, "title": "Twice", "start": "10:00"}
    with pytest.raises(FileRefused) as refusal:
        bring(
            day.event, schedule(row, {**row, "start": "12:00"}, {"id": 6, "title": "Once", "start": "14:00"})
        )
    assert len(refusal.value.faults) == 1
    assert Talk.objects.count() == 0


def test_each_fault_says_where_it_stands_and_nothing_is_written(day, lanterns):
    rows = [
        {"id": 1, "title": "", "start": "10:00"},
        {"id": 2, "title": "No time", "start": "soon"},
        {"id": 3, "title": "No length", "start": "11:00", "duration": "long"},
        {"id": 4, "title": "x" * 201, "start": "12:00"},
        {"id": 5, "title": "Fine", "start": "13:00"},
    ]
    before = counters(day.event)
    with pytest.raises(FileRefused) as refusal:
        bring(day.event, schedule(*rows), drop=True)
    positions = [fault.place.split("(")[0].strip()[-1] for fault in refusal.value.faults]
    assert positions == ["1", "2", "3", "4"]
    assert (Talk.objects.count(), counters(day.event)) == (1, before)


def test_a_kept_file_is_imported_only_once(day, lanterns):
    row = keep_file(event=day.event, name="a.json", content=schedule(of(lanterns, title="New")), actor=None)
    import_kept(row=row, drop_missing=False, actor=None)
    Talk.objects.filter(pk=lanterns.pk).update(title="Corrected since")
    with pytest.raises(ImportedAlready):
        import_kept(row=row, drop_missing=False, actor=None)
    assert Talk.objects.get().title == "Corrected since"


def test_files_that_were_only_looked_at_go_after_a_week(day, lanterns):
    names = ["unused", "fresh", "imported"]
    rows = [
        keep_file(event=day.event, name=name, content=schedule(of(lanterns)), actor=None) for name in names
    ]
    import_kept(row=rows[2], drop_missing=False, actor=None)
    old = timezone.now() - timedelta(days=8)
    ProgrammeImport.objects.filter(name__in=["unused", "imported"]).update(created_at=old)
    assert forget_files(timezone.now()) == 1
    assert forget_files(timezone.now()) == 0
    assert sorted(ProgrammeImport.objects.values_list("name", flat=True)) == ["fresh", "imported"]


def test_an_imported_file_loses_its_content_after_a_month_and_stays_as_the_record(day, lanterns):
    row = keep_file(event=day.event, name="a.json", content=schedule(of(lanterns, title="New")), actor=None)
    import_kept(row=row, drop_missing=False, actor=None)
    assert forget_files(timezone.now()) == 0
    month_later = timezone.now() + timedelta(days=31)
    assert [forget_files(month_later) for _ in range(2)] == [1, 0]
    row.refresh_from_db()
    assert (bytes(row.content), row.changed) == (b"", 1)


def test_public_files_tell_only_what_is_published(day, lanterns):
    day.talk("Secret", at(11), at(11, 40), is_published=False)
    cancelled = day.talk("Off", at(12), at(12, 40))
    cancel_talk(talk=cancelled, actor=None)
    bring(day.event, schedule(of(lanterns, start="15:00")))
    text = export_programme(day.event, "schedule.json", drafts=False).decode()
    assert ("Secret" in text, "Off" in text, '"start": "10:00"' in text) == (False, False, True)
    text = export_programme(day.event, "schedule.json", drafts=True).decode()
    assert ("Secret" in text, '"start": "15:00"' in text) == (True, True)
