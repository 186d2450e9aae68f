import datetime as dt

import pytest
from icalendar import Calendar

from events.enums import EventStatus
from talks.models import CalendarLink
from talks.services.agenda import bookmark
from talks.services.calendar_links import calendar_link, renew_calendar_link
from tests.calendar_lint import lint
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, RoomFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

TEN = dt.datetime(2030, 5, 1, 1, tzinfo=dt.UTC)
LONG = "長い要旨、区切り；記号\\と改行。\r\n" * 20


@pytest.fixture
def event(db):
    return EventFactory(
        slug="harbour", name_ja="港会議", name_en="Harbour", venue_ja="横浜", venue_en="Yokohama"
    )


@pytest.fixture
def talk(event):
    track = TrackFactory(event=event, room=RoomFactory(event=event, name_ja="大広間", name_en="Hall"))
    talk = TalkFactory(
        event=event,
        track=track,
        title="止め方, 直し方; 学び方",
        abstract=LONG,
        starts_at=TEN,
        ends_at=TEN + dt.timedelta(minutes=40),
    )
    talk.talk_speakers.create(speaker=SpeakerFactory(event=event, name_ja="田中 葵"))
    return talk


@pytest.fixture
def link(event):
    return calendar_link(event=event, language="en", actor=UserFactory())


@pytest.fixture
def feed(link, talk, client):
    bookmark(talk=talk, actor=link.user)
    return lambda: client.get(f"/harbour/calendar/{link.token}.ics")


def entry(response):
    return Calendar.from_ical(response.content).walk("VEVENT")[0]


def test_feed_passes_the_linter(feed):
    assert lint(feed().content) == []


def test_linter_sees_what_is_wrong(feed):
    broken = feed().content.replace(b"\r\nUID", b"\nUID")
    assert lint(broken) != []


def test_feed_is_a_calendar_that_programs_ask_again(feed):
    response = feed()
    calendar = Calendar.from_ical(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert (str(calendar["NAME"]), str(calendar["X-WR-CALNAME"])) == ("Harbour", "Harbour")
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"PT1H"


def test_entry_says_what_when_and_where(feed, talk):
    found = entry(feed())
    assert str(found["UID"]) == str(talk.guid)
    assert str(found["SUMMARY"]) == "止め方, 直し方; 学び方"
    assert str(found["LOCATION"]) == "Hall, Yokohama"
    assert str(found["URL"]) == f"http://testserver/harbour/talks/{talk.pk}"
    assert str(found["STATUS"]) == "CONFIRMED"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (TEN, TEN + dt.timedelta(minutes=40))
    assert found["DTSTART"].params["TZID"] == "Asia/Tokyo"


def test_description_has_speakers_abstract_and_address(feed, talk):
    text = str(entry(feed())["DESCRIPTION"])
    assert text == f"田中 葵\n\n{LONG.replace(chr(13), '')}\n\nhttp://testserver/harbour/talks/{talk.pk}"


def test_feed_has_only_what_the_person_chose(feed, event):
    TalkFactory(event=event)
    bookmark(talk=TalkFactory(event=event), actor=UserFactory())
    assert len(Calendar.from_ical(feed().content).walk("VEVENT")) == 1


def test_moved_talk_keeps_its_uid_and_raises_its_sequence(feed, talk):
    before = entry(feed())
    type(talk).objects.filter(pk=talk.pk).update(updated_at=talk.updated_at + dt.timedelta(minutes=5))
    after = entry(feed())
    assert (after["UID"], after["SEQUENCE"] > before["SEQUENCE"]) == (before["UID"], True)


def test_cancelled_talk_stays_and_says_so(feed, talk):
    talk.cancelled_at = TEN
    talk.save()
    found = entry(feed())
    assert (str(found["STATUS"]), str(found["SUMMARY"])) == ("CANCELLED", f"Cancelled: {talk.title}")


def test_unpublished_talk_leaves_the_feed(feed, talk):
    talk.is_published = False
    talk.save()
    assert Calendar.from_ical(feed().content).walk("VEVENT") == []


def test_empty_agenda_is_a_calendar_too(link, client):
    response = client.get(f"/harbour/calendar/{link.token}.ics")
    assert (response.status_code, lint(response.content)) == (200, [])


def test_unchanged_feed_is_not_sent_again(feed, client, link):
    etag = feed()["ETag"]
    response = client.get(f"/harbour/calendar/{link.token}.ics", headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


def test_changed_feed_is_sent_again(feed, client, link, event):
    etag = feed()["ETag"]
    bookmark(talk=TalkFactory(event=event), actor=link.user)
    response = client.get(f"/harbour/calendar/{link.token}.ics", headers={"If-None-Match": etag})
    assert response.status_code == 200


@pytest.mark.parametrize("language", ["ja", "en"])
def test_feed_speaks_the_language_the_link_was_made_in(feed, link, language):
    CalendarLink.objects.filter(pk=link.pk).update(language=language)
    assert str(entry(feed())["LOCATION"]) == {"ja": "大広間, 横浜", "en": "Hall, Yokohama"}[language]


def test_wrong_token_is_not_found(link, client):
    assert client.get(f"/harbour/calendar/{link.token[:-1]}.ics").status_code == 404


def test_token_of_another_event_is_not_found(link, client):
    EventFactory(slug="hill")
    assert client.get(f"/hill/calendar/{link.token}.ics").status_code == 404


def test_link_of_somebody_who_was_blocked_is_not_found(link, client):
    link.user.is_active = False
    link.user.save()
    assert client.get(f"/harbour/calendar/{link.token}.ics").status_code == 404


def test_feed_of_a_draft_is_not_found(feed, event):
    event.status = EventStatus.DRAFT
    event.save()
    assert feed().status_code == 404


def test_programme_that_is_taken_back_leaves_an_empty_calendar(feed, event):
    event.shows_timetable = False
    event.save()
    assert Calendar.from_ical(feed().content).walk("VEVENT") == []


def test_link_stays_the_same(link):
    again = calendar_link(event=link.event, language="ja", actor=link.user)
    assert (again.token, again.language) == (link.token, "en")


def test_renewed_link_closes_the_old_one(link, client):
    new = renew_calendar_link(event=link.event, language="en", actor=link.user)
    answers = [client.get(f"/harbour/calendar/{token}.ics").status_code for token in (link.token, new.token)]
    assert answers == [404, 200]


def test_link_is_renewed_by_its_owner(client, event):
    row = RegistrationFactory(event=event)
    old = calendar_link(event=event, language="en", actor=row.user)
    client.force_login(row.user)
    response = client.post("/harbour/calendar")
    assert response["Location"] == "/harbour/dashboard#calendar"
    assert CalendarLink.objects.get(user=row.user).token != old.token


@pytest.mark.parametrize("count", [1, 3])
def test_feed_takes_four_queries(link, event, client, django_assert_num_queries, count):
    for _ in range(count):
        talk = TalkFactory(event=event)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
        bookmark(talk=talk, actor=link.user)
    with django_assert_num_queries(4):
        client.get(f"/harbour/calendar/{link.token}.ics")


# One talk


def test_file_of_one_talk_passes_the_linter(client, talk):
    response = client.get(f"/harbour/talks/{talk.pk}.ics")
    assert (lint(response.content), str(entry(response)["UID"])) == ([], str(talk.guid))
    assert response["Content-Disposition"] == f'attachment; filename="harbour-{talk.pk}.ics"'


@pytest.mark.parametrize("fields", [{"is_published": False}, {"starts_at": None, "ends_at": None}])
def test_talk_without_a_published_time_has_no_file(client, talk, fields):
    type(talk).objects.filter(pk=talk.pk).update(**fields)
    assert client.get(f"/harbour/talks/{talk.pk}.ics").status_code == 404


def test_programme_that_is_not_shown_has_no_files(client, event, talk):
    event.shows_timetable = False
    event.save()
    assert client.get(f"/harbour/talks/{talk.pk}.ics").status_code == 404


def test_talk_page_leads_to_its_file(client, talk):
    assert f'href="/harbour/talks/{talk.pk}.ics"' in client.get(f"/harbour/talks/{talk.pk}").text


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "UTC"])
def test_odd_zones_pass_the_linter(client, event, talk, zone):
    event.time_zone = zone
    event.save()
    response = client.get(f"/harbour/talks/{talk.pk}.ics")
    # A time in UTC names no zone.
    faults = [fault for fault in lint(response.content) if zone != "UTC" or "unknown zone" not in fault]
    assert (faults, entry(response)["DTSTART"].dt) == ([], TEN)
