"""What organizers see of their audience, and take away."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.enums import Role
from streaming.audience_picture import day_picture
from streaming.selectors.audience import samples_of, watched_days
from streaming.services.audience import note_minute
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory, TrackFactory

MORNING = datetime(2026, 11, 23, 1, tzinfo=UTC)
FIRST = int(MORNING.timestamp()) // 60


@pytest.fixture
def organizer(event, client):
    user = UserFactory(email="organizer@example.com")
    RoleGrantFactory(event=event, user=user, role=Role.ORGANIZER)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return user


@pytest.fixture
def talk(make_talk):
    return make_talk(title="=Sails()")


def watched(talk, *viewers):
    for number, count in enumerate(viewers):
        if count is not None:
            note_minute(FIRST + number, {}, {talk.track_id: (talk.pk, count)})


def page(client, event, **query):
    return client.get(reverse("admin:streaming_audience", args=[event.slug]), query)


def test_an_event_that_nobody_watched_says_so(event, organizer, client):
    assert "Nobody has watched yet." in page(client, event).content.decode()


def test_the_page_shows_talks_tracks_and_the_greatest_crowd(event, organizer, client, talk):
    watched(talk, 5, 1200, 7)
    text = page(client, event).content.decode()
    assert "at most 1,200 viewers, at 10:01" in text
    assert "=Sails()" in text


@pytest.mark.parametrize("tracks", [1, 3])
def test_the_page_asks_as_often_for_three_tracks_as_for_one(
    tracks, event, organizer, client, make_talk, django_assert_num_queries
):
    for number in range(tracks):
        watched(make_talk(track=TrackFactory(event=event, name=f"T{number}", position=number)), 5, 6)
    page(client, event)
    with django_assert_num_queries(17):
        assert page(client, event).status_code == 200


def test_another_day_is_another_picture(event, organizer, client, talk):
    watched(talk, 5)
    note_minute(FIRST + 24 * 60, {}, {talk.track_id: (talk.pk, 6)})
    assert "at most 6 viewers" in page(client, event).content.decode()
    assert "at most 5 viewers" in page(client, event, day="2026-11-23").content.decode()


@pytest.mark.parametrize("day", ["2026-11-22", "2026-13-45", "soon", ""])
def test_a_day_without_numbers_is_not_found(day, event, organizer, client, talk):
    watched(talk, 5)
    assert page(client, event, day=day).status_code == 404


def test_the_file_has_columns_that_stay_and_no_formula(event, organizer, client, talk):
    watched(talk, 5, 9)
    answer = client.get(reverse("admin:streaming_audience_file", args=[event.slug]))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["title"], row["peak_viewers"], row["viewer_minutes"], row["people"]) for row in rows] == [
        ("'=Sails()", "9", "14", "0")
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="seaside-audience.csv"'


def test_days_are_those_of_the_events_zone(event, talk):
    note_minute(int(datetime(2026, 11, 23, 16, tzinfo=UTC).timestamp()) // 60, {}, {talk.track_id: (None, 1)})
    assert [str(day) for day in watched_days(event)] == ["2026-11-24"]


def test_a_line_has_a_hole_where_nobody_knows(event, talk):
    watched(talk, 1, 2, None, None, 4)
    picture = day_picture(MORNING.date(), samples_of(event, MORNING.date()))
    assert [line.lines for line in picture.tracks] == [["0.0,60.5 150.0,41.0", "600.0,2.0"]]
    assert (picture.last - picture.first, picture.tracks[0].peak) == (timedelta(minutes=4), 4)


def test_no_samples_no_picture():
    assert day_picture(MORNING.date(), []) is None
