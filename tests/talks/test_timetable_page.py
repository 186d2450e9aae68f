import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from events.enums import EventStatus, Role
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
def event(db):
    event = EventFactory(slug="seaside")
    DayFactory(event=event, date=dt.date(2030, 5, 1))
    DayFactory(event=event, date=dt.date(2030, 5, 2))
    return event


@pytest.fixture
def track(event):
    return TrackFactory(event=event, name="A", position=1)


@pytest.fixture
def add(event, track):
    def add(title, day, hour, minute=0, *, minutes=40, **fields):
        starts_at = dt.datetime(2030, 5, day, hour, minute, tzinfo=TOKYO)
        times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}
        fields = {"track": track, **fields}
        talk = TalkFactory(event=event, title=title, **times, **fields)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
        return talk

    return add


def titles(response):
    grid = response.context["grid"]
    return [place.talk.title for place in grid.places] if grid else []


def test_timetable_opens_with_the_first_day_when_the_event_is_not_on(client, add):
    add("one", 1, 10)
    add("two", 2, 10)
    assert titles(client.get("/seaside/timetables")) == ["one"]


def test_timetable_opens_with_today_in_the_events_zone(client, event, track):
    today = dt.datetime.now(TOKYO).date()
    DayFactory(event=event, date=today)
    assert client.get("/seaside/timetables").context["day"] == today


def test_asked_day_is_shown(client, add):
    add("one", 1, 10)
    add("two", 2, 10)
    assert titles(client.get("/seaside/timetables?day=2030-05-02")) == ["two"]


def test_day_begins_at_midnight_of_the_events_zone_and_not_of_utc(client, add):
    add("early", 2, 0, 30)
    add("late", 1, 23, 0)
    assert [titles(client.get(f"/seaside/timetables?day=2030-05-0{day}")) for day in (1, 2)] == [
        ["late"],
        ["early"],
    ]


def test_talk_over_midnight_is_shown_on_both_days(client, add):
    add("night", 1, 23, 40)
    assert [titles(client.get(f"/seaside/timetables?day=2030-05-0{day}")) for day in (1, 2)] == [
        ["night"],
        ["night"],
    ]


@pytest.mark.parametrize("day", ["2030-05-03", "yesterday", "2030-13-45"])
def test_unknown_day_is_not_found_and_offers_the_days(client, add, day):
    add("one", 1, 10)
    response = client.get("/seaside/timetables", {"day": day})
    assert (response.status_code, "?day=2030-05-01" in response.text) == (404, True)


def test_event_without_days_says_that_nothing_is_published(client, db):
    EventFactory(slug="bare")
    response = client.get("/bare/timetables")
    assert (response.status_code, "tt-body" in response.text) == (200, False)


def test_times_are_shown_in_the_events_zone(client, add):
    add("one", 1, 10)
    assert "10:00<span>–10:40</span>" in client.get("/seaside/timetables").text


def test_unpublished_talk_is_not_in_the_timetable(client, add):
    add("seen", 1, 10)
    add("draft", 1, 11, is_published=False)
    assert titles(client.get("/seaside/timetables")) == ["seen"]


def test_unpublished_talk_is_not_in_the_timetable_for_organizers_either(client, event, add):
    add("draft", 1, 11, is_published=False)
    client.force_login(RoleGrantFactory(event=event, role=Role.ORGANIZER).user)
    assert titles(client.get("/seaside/timetables")) == []


def test_internal_day_is_not_offered(client, event, add):
    DayFactory(event=event, date=dt.date(2030, 4, 30), is_internal=True)
    assert client.get("/seaside/timetables?day=2030-04-30").status_code == 404


def test_timetable_of_a_draft_is_hidden_from_strangers_and_shown_to_staff(client, event):
    event.status = EventStatus.DRAFT
    event.save()
    stranger = client.get("/seaside/timetables").status_code
    client.force_login(RoleGrantFactory(event=event).user)
    assert (stranger, client.get("/seaside/timetables").status_code) == (404, 200)


def test_keynote_for_all_tracks_spans_them(client, add, event):
    add("keynote", 1, 10, track=None, is_for_all_tracks=True, kind="keynote")
    assert 'class="cell  all key' in client.get("/seaside/timetables").text


def test_track_can_be_chosen_without_a_script(client, add, track):
    add("one", 1, 10)
    response = client.get("/seaside/timetables?track=A")
    assert f'data-show="{track.pk}"' in response.text


@pytest.mark.parametrize("count", [1, 3])
def test_timetable_takes_nine_queries(client, add, django_assert_num_queries, count):
    for number in range(count):
        add(f"talk {number}", 1, 10 + number)
    with django_assert_num_queries(9):
        client.get("/seaside/timetables")


def test_page_has_no_inline_style_or_script(client, add):
    add("one", 1, 10)
    text = client.get("/seaside/timetables").text
    assert [bad for bad in ("style=", "<style", "<script>", "onclick=") if bad in text] == []


def test_stranger_and_signed_in_person_see_the_same_talks(client, add):
    add("one", 1, 10)
    before = titles(client.get("/seaside/timetables"))
    client.force_login(UserFactory())
    assert titles(client.get("/seaside/timetables")) == before
