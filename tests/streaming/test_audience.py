"""Who watched, how many and for how long: once each, honest, and never in the way."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import connection

from accounts.services.privacy import erase
from events.services.retention import forget_event
from streaming.audience import Audience
from streaming.crowds import Crowd, crowds, everybody, merged, packed, unpacked
from streaming.models import AudienceSample, WatchTime
from streaming.selectors.audience import talk_audiences
from streaming.services.audience import note_minute
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE = int(NOON.timestamp()) // 60


def watcher(user_id, watching):
    return SimpleNamespace(user_id=user_id, watching=watching)


# Crowds


def test_a_person_with_two_tabs_is_one_and_strangers_are_as_many_as_their_sockets():
    sockets = [watcher(7, 1), watcher(7, 1), watcher(None, 1), watcher(None, 1)]
    assert len(crowds(sockets)[1]) == 3


def test_who_has_only_the_page_open_is_nobody():
    assert crowds([watcher(7, None), watcher(None, None)]) == {}


def test_a_person_in_two_processes_is_one():
    assert merged([{1: Crowd(frozenset({7, 8}))}, {1: Crowd(frozenset({7}), 1)}]) == {
        1: Crowd(frozenset({7, 8}), 1)
    }


def test_a_person_with_two_tracks_is_one_of_the_event():
    assert len(everybody({1: Crowd(frozenset({7}), 2), 2: Crowd(frozenset({7, 8}))})) == 4
    assert len(everybody({})) == 0


def test_crowds_come_back_from_redis_as_they_went():
    some = {1: Crowd(frozenset({7, 8}), 3), 2: Crowd()}
    assert unpacked(packed(some)) == some


# Writing


@pytest.fixture
def talk(make_talk):
    return make_talk()


def seconds_of(person, talk):
    return WatchTime.objects.get(user=person, talk=talk).seconds


def test_minutes_of_a_person_add_up(talk):
    person = UserFactory()
    note_minute(MINUTE, {(person.pk, talk.pk): 60}, {})
    note_minute(MINUTE + 1, {(person.pk, talk.pk): 35}, {})
    assert seconds_of(person, talk) == 95


def test_a_minute_counts_once_whoever_notes_it(talk):
    person = UserFactory()
    for seconds in (60, 60, 20):
        note_minute(MINUTE, {(person.pk, talk.pk): seconds}, {})
    assert seconds_of(person, talk) == 60


def test_more_people_than_one_statement_takes(talk):
    people = UserFactory.create_batch(203)
    note_minute(MINUTE, {(person.pk, talk.pk): 60 for person in people}, {})
    assert WatchTime.objects.filter(talk=talk, seconds=60).count() == 203


def test_who_is_gone_is_left_out(talk):
    person = UserFactory()
    note_minute(MINUTE, {(person.pk, talk.pk): 60, (0, talk.pk): 60, (person.pk, 0): 60}, {0: (talk.pk, 5)})
    assert list(WatchTime.objects.values_list("user", "talk")) == [(person.pk, talk.pk)]
    assert not AudienceSample.objects.exists()


def test_a_minute_of_a_track_is_written_once(talk):
    note_minute(MINUTE, {}, {talk.track_id: (talk.pk, 812)})
    note_minute(MINUTE, {}, {talk.track_id: (talk.pk, 815)})
    assert list(AudienceSample.objects.values_list("track", "talk", "minute", "viewers")) == [
        (talk.track_id, talk.pk, NOON, 812)
    ]


# Gathering


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def on_air(talk, command):
    command(talk.track, "take", talk=talk)
    return talk


def looks(audience, clock, mine, totals, times, every=5, said=None):
    """So many looks, `every` so many seconds; each of them says that it stands for `said` seconds."""
    for _time in range(times):
        asyncio.run(audience.note([mine], totals, said or every))
        clock.now += timedelta(seconds=every)


@pytest.mark.django_db(transaction=True)
def test_two_minutes_before_the_picture_are_two_minutes(on_air, clock):
    person = UserFactory()
    crowd = {on_air.track_id: Crowd(frozenset({person.pk}), 2)}
    looks(Audience(clock), clock, crowd, [crowd], 25)
    assert seconds_of(person, on_air) == 120
    assert list(AudienceSample.objects.values_list("talk", "viewers")) == [(on_air.pk, 3)] * 2


@pytest.mark.django_db(transaction=True)
def test_nobody_watches_longer_than_the_clock_goes(on_air, clock):
    person = UserFactory()
    crowd = {on_air.track_id: Crowd(frozenset({person.pk}))}
    looks(Audience(clock), clock, crowd, [crowd], 121, every=1, said=5)
    assert seconds_of(person, on_air) == 120


@pytest.mark.django_db(transaction=True)
def test_a_card_over_the_talk_is_not_watching(on_air, clock, command):
    command(on_air.track, "card", card="technical")
    crowd = {on_air.track_id: Crowd(frozenset({UserFactory().pk}))}
    looks(Audience(clock), clock, crowd, [crowd], 13)
    assert not WatchTime.objects.exists()
    assert list(AudienceSample.objects.values_list("talk", "viewers")) == [(None, 1)]


@pytest.mark.django_db(transaction=True)
def test_unknown_is_no_row(on_air, clock):
    person = UserFactory()
    looks(Audience(clock), clock, {on_air.track_id: Crowd(frozenset({person.pk}))}, None, 13)
    assert not AudienceSample.objects.exists()
    assert seconds_of(person, on_air) == 60


@pytest.mark.django_db(transaction=True)
def test_the_running_minute_is_written_when_the_process_ends(on_air, clock):
    person, audience = UserFactory(), Audience(clock)
    looks(audience, clock, {on_air.track_id: Crowd(frozenset({person.pk}))}, [], 3)
    asyncio.run(audience.close())
    assert seconds_of(person, on_air) == 15


@pytest.fixture
def broken_table():
    """The table of watch times, gone until it is called."""

    def rename(old, new):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {old} RENAME TO {new}")

    rename("streaming_watchtime", "elsewhere")
    mend = partial(rename, "elsewhere", "streaming_watchtime")
    yield mend
    if "elsewhere" in connection.introspection.table_names():
        mend()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_nothing_for_a_while_loses_nothing(on_air, clock, broken_table):
    person, audience = UserFactory(), Audience(clock)
    crowd = {on_air.track_id: Crowd(frozenset({person.pk}))}
    looks(audience, clock, crowd, [crowd], 25)
    broken_table()
    assert (WatchTime.objects.count(), AudienceSample.objects.count()) == (0, 0)
    looks(audience, clock, crowd, [crowd], 1)
    assert seconds_of(person, on_air) == 120
    assert AudienceSample.objects.count() == 2


# Reading


def test_each_talk_says_its_peak_its_minutes_and_its_people(make_talk, django_assert_num_queries):
    talk, other = make_talk(), make_talk()
    make_talk()
    first, second = UserFactory(), UserFactory()
    note_minute(MINUTE, {(first.pk, talk.pk): 60, (second.pk, talk.pk): 20}, {talk.track_id: (talk.pk, 5)})
    note_minute(MINUTE + 1, {(first.pk, talk.pk): 60}, {talk.track_id: (talk.pk, 9)})
    note_minute(MINUTE + 2, {(first.pk, other.pk): 60}, {talk.track_id: (other.pk, 9)})
    with django_assert_num_queries(3):
        rows = talk_audiences(talk.event)
    assert [
        (row.talk, row.peak, row.peak_at, row.minutes, row.people, row.people_minutes) for row in rows
    ] == [
        (talk, 9, NOON + timedelta(minutes=1), 14, 1, 2),
        (other, 9, NOON + timedelta(minutes=2), 9, 1, 1),
    ]


def test_an_event_without_an_audience_has_no_rows(event):
    TrackFactory(event=event)
    assert talk_audiences(event) == []


# Privacy


def test_an_erased_person_leaves_minutes_without_a_name(talk):
    person = UserFactory()
    note_minute(MINUTE, {(person.pk, talk.pk): 60}, {})
    erase(user=person)
    assert list(WatchTime.objects.values_list("user", "seconds")) == [(None, 60)]


def test_an_event_that_forgets_its_attendees_forgets_who_watched(talk):
    person = UserFactory()
    note_minute(MINUTE, {(person.pk, talk.pk): 60}, {})
    assert forget_event(event=talk.event)
    assert list(WatchTime.objects.values_list("user", "seconds")) == [(None, 60)]
