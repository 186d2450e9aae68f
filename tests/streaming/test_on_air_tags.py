import datetime as dt

import pytest
from django.utils import timezone

from events.enums import EventStatus
from streaming.models import OnAir
from streaming.templatetags.on_air import on_air_talk_ids, on_air_tracks
from tests.factories.events import TrackFactory


def put(track, talk, card=""):
    return OnAir.objects.update_or_create(track=track, defaults={"talk": talk, "card": card})[0]


def test_talk_on_air_is_live(track, make_talk, event):
    talk = make_talk()
    put(track, talk)
    assert (on_air_talk_ids(event).live, on_air_talk_ids(event).held) == ({talk.pk}, set())


def test_talk_under_the_technical_card_is_held(track, make_talk, event):
    talk = make_talk()
    put(track, talk, "technical")
    assert (on_air_talk_ids(event).live, on_air_talk_ids(event).held) == (set(), {talk.pk})


def test_keynote_that_one_track_still_shows_is_live(track, make_talk, event):
    talk = make_talk(is_for_all_tracks=True)
    put(track, talk, "technical")
    put(TrackFactory(event=event), talk)
    assert (on_air_talk_ids(event).live, on_air_talk_ids(event).held) == ({talk.pk}, set())


@pytest.mark.parametrize("status", [EventStatus.ANNOUNCED, EventStatus.CLOSED, EventStatus.ARCHIVED])
def test_nothing_is_live_unless_the_event_is_open(track, make_talk, event, status):
    put(track, make_talk())
    event.status = status
    assert (on_air_talk_ids(event).live, on_air_tracks(event)) == (set(), [])


def test_track_shows_progress_and_time_left(track, make_talk, event):
    now = timezone.now()
    put(track, make_talk(starts_at=now - dt.timedelta(minutes=10), ends_at=now + dt.timedelta(minutes=30)))
    (row,) = on_air_tracks(event, now)
    assert (row["track"], row["percent"], row["minutes_left"]) == (track, 25, 30)


def test_talk_over_its_time_has_nothing_left(track, make_talk, event):
    now = timezone.now()
    put(track, make_talk(starts_at=now - dt.timedelta(hours=2), ends_at=now - dt.timedelta(hours=1)))
    (row,) = on_air_tracks(event, now)
    assert (row["percent"], row["minutes_left"]) == (100, 0)


def test_talk_before_its_time_has_no_end_yet(track, make_talk, event):
    now = timezone.now()
    put(track, make_talk(starts_at=now + dt.timedelta(hours=1), ends_at=now + dt.timedelta(hours=2)))
    (row,) = on_air_tracks(event, now)
    assert (row["percent"], row["minutes_left"]) == (0, None)


def test_track_without_a_talk_shows_the_waiting_card(track, event):
    (row,) = on_air_tracks(event)
    assert (row["talk"], row["card"], row["minutes_left"]) == (None, "waiting", None)


def test_badge_of_a_talk_on_air_is_seen_in_the_timetable(client, track, make_talk, event):
    event.days.create(date=timezone.now().astimezone(event.zone).date())
    talk = make_talk()
    put(track, talk)
    assert (
        f'<span class="live" data-live="{talk.pk}"><i></i>LIVE</span>'
        in client.get("/seaside/timetables").text
    )


@pytest.mark.parametrize("count", [1, 3])
def test_badges_take_one_query(make_talk, event, django_assert_num_queries, count):
    for _ in range(count):
        put(TrackFactory(event=event), make_talk())
    with django_assert_num_queries(1):
        on_air_talk_ids(event)
