"""What other programs ask of a schedule: each fact that they need, no other, and each in its form."""

import json
import re
import uuid
from datetime import date, datetime

import pytest
from defusedxml.ElementTree import fromstring

from talks.exchange.formats import read_programme
from talks.exports.formats import export_programme
from talks.import_plan import plan_import
from talks.models import Talk
from talks.services.importing import import_plan
from tests.factories.events import DayFactory, EventFactory, TrackFactory
from tests.talks.programmes.schedules import as_json, festival

CONFERENCE = {"acronym", "title", "start", "end", "daysCount", "timeslot_duration", "time_zone_name"}
NEEDED = {
    *("abstract", "date", "duration", "guid", "id", "language", "links", "persons"),
    *("room", "slug", "start", "subtitle", "title", "track", "type", "url"),
}
MORE = {"description", "do_not_record", "attachments"}
MAY_BE_NULL = {"subtitle", "track", "abstract", "description", "do_not_record"}
LISTS = {"links", "persons", "attachments"}
MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})"
GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ATTRIBUTES = {
    "generator": {"name", "version"},
    "day": {"index", "date", "start", "end"},
    "day/room": {"name"},
    "day/room/event": {"id", "guid"},
    "day/room/event/persons/person": {"id"},
    "day/room/event/links/link": {"href"},
}
XML_ONCE = {"room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug", "track"}


@pytest.fixture
def event(db):
    event = EventFactory(slug="lan-26", time_zone="Europe/Berlin")
    programme = read_programme(as_json(festival()), "schedule.json", event.zone)
    import_plan(plan=plan_import(event, programme), drop_missing=False, actor=None)
    return event


@pytest.fixture
def schedule(event):
    return json.loads(export_programme(event, "schedule.json", drafts=True))["schedule"]


@pytest.fixture
def root(event):
    return fromstring(export_programme(event, "schedule.xml", drafts=True))


def rows_of(schedule):
    days = schedule["conference"]["days"]
    return [row for day in days for rows in day["rooms"].values() for row in rows]


def test_the_conference_says_what_and_when(schedule):
    facts = schedule["conference"]
    assert facts.keys() == CONFERENCE | {"url", "rooms", "days"}
    assert re.fullmatch(r"[a-z0-9_-][a-z0-9_]{3,}", facts["acronym"])
    assert date.fromisoformat(facts["start"]) <= date.fromisoformat(facts["end"])
    assert (facts["daysCount"], isinstance(schedule["version"], str)) == (len(facts["days"]), True)
    assert all(uuid.UUID(room["guid"]) and isinstance(room["name"], str) for room in facts["rooms"])


def test_days_are_numbered_and_hold_their_talks(schedule):
    days = schedule["conference"]["days"]
    assert [day["index"] for day in days] == [1, 2, 3, 4]
    for day in days:
        starts, ends = (datetime.fromisoformat(day[name]) for name in ("day_start", "day_end"))
        rows = [row for rows in day["rooms"].values() for row in rows]
        assert all(starts <= datetime.fromisoformat(row["date"]) < ends for row in rows)


def test_each_entry_has_all_facts_and_no_unknown_one(schedule):
    rows = rows_of(schedule)
    assert len(rows) == 320
    for row in rows:
        assert row.keys() == NEEDED | MORE
        assert {name for name in LISTS if not isinstance(row[name], list)} == set()
        words = row.keys() - LISTS - {"id"}
        assert {name for name in words if row[name] is None} <= MAY_BE_NULL
        assert all(isinstance(row[name], str) for name in words if row[name] is not None)


def test_ids_slugs_and_lengths_have_their_form_and_are_unique(schedule):
    rows = rows_of(schedule)
    for name in ("id", "guid", "slug"):
        assert len({row[name] for row in rows}) == len(rows)
    assert all(isinstance(row["id"], int) and row["id"] > 0 and uuid.UUID(row["guid"]) for row in rows)
    assert all(re.fullmatch(r"[a-z0-9_-]+[a-z0-9]", row["slug"]) for row in rows)
    assert all(re.fullmatch(r"[0-9]+:[0-9]{2}", row["duration"]) for row in rows)
    assert all(row["url"].startswith(("https://", "http://")) for row in rows)


def test_persons_have_a_name_and_an_id(schedule):
    people = [person for row in rows_of(schedule) for person in row["persons"]]
    assert people
    for person in people:
        assert person.keys() == {"id", "guid", "name", "biography"}
        assert (type(person["id"]), bool(person["name"]), bool(uuid.UUID(person["guid"]))) == (
            int,
            True,
            True,
        )


def test_the_xml_stands_in_the_order_that_is_asked_for(root):
    assert [part.tag for part in root] == ["generator", "version", "conference", *["day"] * 4]
    assert {part.tag for part in root.find("conference")} == {
        *("title", "acronym", "start", "end", "days", "timeslot_duration", "base_url", "time_zone_name"),
    }
    assert [day.get("index") for day in root.findall("day")] == ["1", "2", "3", "4"]


def test_each_entry_of_the_xml_has_each_fact_once(root):
    rows = root.findall("day/room/event")
    assert len({row.get("guid") for row in rows}) == len(rows) == 320
    for row in rows:
        names = [part.tag for part in row]
        assert len(names) == len(set(names))
        assert set(names) >= XML_ONCE
        assert set(names) - XML_ONCE == {"language", "description", "url", "recording", "persons", "links"}
        assert re.fullmatch(r"[0-2][0-9]:[0-5][0-9]", row.findtext("start"))
        assert re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", row.findtext("duration"))
        assert datetime.fromisoformat(row.findtext("date")).tzinfo is not None
        assert [part.tag for part in row.find("recording")] == ["license", "optout"]
        assert row.findtext("recording/optout") in {"true", "false"}
        assert all(int(person.get("id")) > 0 for person in row.findall("persons/person"))


def test_the_file_says_nothing_beside_its_schedule(event):
    document = json.loads(export_programme(event, "schedule.json", drafts=True))
    assert document.keys() == {"$schema", "generator", "schedule"}
    assert document["generator"] == {"name": "dreamkast", "version": "1"}
    assert document["schedule"].keys() == {"version", "base_url", "conference"}


def test_rooms_and_days_have_their_facts_and_no_others(schedule):
    facts = schedule["conference"]
    assert all(room.keys() == {"guid", "name", "description", "capacity"} for room in facts["rooms"])
    assert all(isinstance(room["capacity"], int | None) for room in facts["rooms"])
    assert all(day.keys() == {"index", "date", "day_start", "day_end", "rooms"} for day in facts["days"])
    assert all(set(day["rooms"]) <= {room["name"] for room in facts["rooms"]} for day in facts["days"])


@pytest.mark.parametrize(
    "zone", ["Asia/Tokyo", "America/New_York", "America/Argentina/Buenos_Aires", "UTC", "Etc/UTC"]
)
def test_a_zone_by_its_place_is_named(db, zone):
    assert conference_of(zone)["time_zone_name"] == zone


@pytest.mark.parametrize("zone", ["Japan", "US/Eastern", "GMT", "Etc/GMT+9"])
def test_a_zone_that_readers_would_refuse_is_left_to_the_offsets(db, zone):
    assert "time_zone_name" not in conference_of(zone)


def conference_of(zone):
    event = EventFactory(time_zone=zone)
    return json.loads(export_programme(event, "schedule.json", drafts=False))["schedule"]["conference"]


def test_each_part_of_the_xml_has_its_attributes_and_no_others(event):
    Talk.objects.filter(event=event).update(slides_url="https://files.example/slides.pdf")
    root = fromstring(export_programme(event, "schedule.xml", drafts=True))
    for path, names in ATTRIBUTES.items():
        parts = root.findall(path)
        assert parts
        assert {frozenset(part.attrib) for part in parts} == {frozenset(names)}


def test_times_of_the_xml_say_their_offset(root):
    days, rows = root.findall("day"), root.findall("day/room/event")
    moments = [day.get(name) for day in days for name in ("start", "end")]
    assert all(re.fullmatch(MOMENT, text) for text in [*moments, *(row.findtext("date") for row in rows)])
    assert all(date.fromisoformat(day.get("date")) for day in days)


def test_addresses_and_guids_of_the_xml_have_their_form(root):
    rows = root.findall("day/room/event")
    addresses = [root.findtext("conference/base_url"), *(row.findtext("url") for row in rows)]
    assert all(address.startswith(("http://", "https://")) for address in addresses)
    assert all(re.fullmatch(GUID, row.get("guid")) for row in rows)
    for values in ([row.get("id") for row in rows], [row.findtext("slug") for row in rows]):
        assert len(set(values)) == len(rows)


def test_a_day_without_talks_stands_in_the_xml_with_its_tracks(db):
    event = TrackFactory(event=DayFactory().event).event
    root = fromstring(export_programme(event, "schedule.xml", drafts=True))
    assert [len(root.findall(path)) for path in ("day", "day/room", "day/room/event")] == [1, 1, 0]


def test_the_xml_of_an_event_without_days_names_no_date(db):
    root = fromstring(export_programme(EventFactory(), "schedule.xml", drafts=True))
    assert [root.find(f"conference/{name}") for name in ("start", "end")] == [None, None]


def test_signs_that_xml_does_not_take_are_left_out_of_names(db):
    track = TrackFactory(event=DayFactory().event, name="Hall\x07 <1>")
    root = fromstring(export_programme(track.event, "schedule.xml", drafts=True))
    assert root.find("day/room").get("name") == "Hall <1>"
