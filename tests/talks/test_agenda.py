import datetime as dt

import pytest

from events.enums import Attendance, EventStatus
from events.services.registration import withdraw
from talks.agenda import agenda_of, my_day
from talks.models import Bookmark, Seat
from talks.services.agenda import (
    NotATalk,
    SeatsOverlap,
    TalkIsCancelled,
    bookmark,
    keep_bookmarks,
    remove_bookmark,
)
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, TrackFactory
from tests.factories.talks import TalkFactory

NINE = dt.datetime(2030, 5, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def event(db):
    return EventFactory(slug="harbour")


@pytest.fixture
def talk_at(event):
    def talk_at(hour, minute=0, *, minutes=40, **fields):
        starts_at = NINE + dt.timedelta(hours=hour - 9, minutes=minute)
        fields = {"track": TrackFactory(event=event), **fields}
        return TalkFactory(
            event=event, starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=minutes), **fields
        )

    return talk_at


@pytest.fixture
def user(db):
    return UserFactory()


def chosen(user):
    return list(Bookmark.objects.filter(user=user).values_list("talk_id", flat=True))


def comes(event, user):
    return RegistrationFactory(event=event, user=user, attendance=Attendance.ON_SITE)


def test_bookmarking_needs_no_registration(user, talk_at):
    talk = talk_at(10)
    bookmark(talk=talk, actor=user)
    assert chosen(user) == [talk.pk]


def test_bookmarking_twice_bookmarks_once(user, talk_at):
    talk = talk_at(10)
    bookmark(talk=talk, actor=user)
    bookmark(talk=talk, actor=user)
    assert chosen(user) == [talk.pk]


def test_online_people_may_choose_talks_that_overlap(event, user, talk_at):
    RegistrationFactory(event=event, user=user)
    talks = [talk_at(10), talk_at(10, 20)]
    for talk in talks:
        bookmark(talk=talk, actor=user)
    assert chosen(user) == [talk.pk for talk in talks]


def test_somebody_on_site_is_asked_before_a_talk_that_overlaps(event, user, talk_at):
    comes(event, user)
    first, second = talk_at(10), talk_at(10, 20)
    bookmark(talk=first, actor=user)
    with pytest.raises(SeatsOverlap) as refused:
        bookmark(talk=second, actor=user)
    assert (refused.value.talks, chosen(user)) == ([first], [first.pk])


def test_talks_one_after_the_other_do_not_overlap(event, user, talk_at):
    comes(event, user)
    talks = [talk_at(10, minutes=30), talk_at(10, 30)]
    for talk in talks:
        bookmark(talk=talk, actor=user)
    assert Seat.objects.count() == 2


def test_replacing_gives_the_other_talk_up_in_one_step(event, user, talk_at):
    row = comes(event, user)
    first, second = talk_at(10), talk_at(10, 20)
    bookmark(talk=first, actor=user)
    bookmark(talk=second, replace=[first.pk], actor=user)
    assert (chosen(user), [seat.talk for seat in row.seats.all()]) == ([second.pk], [second])


def test_replacing_one_of_two_is_asked_again(event, user, talk_at):
    comes(event, user)
    first, second, long = talk_at(10), talk_at(11), talk_at(10, minutes=90)
    bookmark(talk=first, actor=user)
    bookmark(talk=second, actor=user)
    with pytest.raises(SeatsOverlap):
        bookmark(talk=long, replace=[first.pk], actor=user)
    assert chosen(user) == [first.pk, second.pk]


@pytest.mark.parametrize("fields", [{"is_published": False}, {"kind": "break"}])
def test_what_is_no_published_talk_cannot_be_chosen(user, talk_at, fields):
    with pytest.raises(NotATalk):
        bookmark(talk=talk_at(10, **fields), actor=user)
    assert chosen(user) == []


def test_cancelled_talk_cannot_be_chosen(user, talk_at):
    with pytest.raises(TalkIsCancelled):
        bookmark(talk=talk_at(10, cancelled_at=NINE), actor=user)
    assert chosen(user) == []


def test_removing_frees_the_seat(event, user, talk_at):
    comes(event, user)
    talk = talk_at(10)
    bookmark(talk=talk, actor=user)
    remove_bookmark(talk=talk, actor=user)
    assert (chosen(user), Seat.objects.count()) == ([], 0)


def test_removing_twice_is_quiet(user, talk_at):
    talk = talk_at(10)
    remove_bookmark(talk=talk, actor=user)
    assert chosen(user) == []


def test_bookmarks_stay_when_the_person_withdraws_and_seats_go(event, user, talk_at):
    row, talk = comes(event, user), talk_at(10)
    bookmark(talk=talk, actor=user)
    withdraw(registration=row)
    assert (chosen(user), Seat.objects.count()) == ([talk.pk], 0)


def test_choice_of_a_stranger_is_added_to_that_of_the_account(event, user, talk_at):
    first, second = talk_at(10), talk_at(11)
    bookmark(talk=first, actor=user)
    keep_bookmarks(event=event, talk_ids=[first.pk, second.pk], actor=user)
    assert chosen(user) == [first.pk, second.pk]


def test_keeping_twice_adds_nothing(event, user, talk_at):
    talk = talk_at(10)
    for _ in range(2):
        keep_bookmarks(event=event, talk_ids=[talk.pk], actor=user)
    assert chosen(user) == [talk.pk]


def test_keeping_leaves_out_what_cannot_be_chosen(event, user, talk_at):
    good = talk_at(9)
    others = [
        talk_at(10, is_published=False),
        talk_at(11, cancelled_at=NINE),
        talk_at(12, kind="break"),
        TalkFactory(),
    ]
    keep_bookmarks(event=event, talk_ids=[good.pk, *(talk.pk for talk in others), 999_999], actor=user)
    assert chosen(user) == [good.pk]


def test_keeping_what_overlaps_seats_the_person_once(event, user, talk_at):
    comes(event, user)
    talks = [talk_at(10), talk_at(10, 20)]
    keep_bookmarks(event=event, talk_ids=[talk.pk for talk in talks], actor=user)
    agenda = agenda_of(user, event)
    assert (agenda.talks, agenda.seats) == ([talk.pk for talk in talks], [talks[0].pk])


def test_my_day_shows_overlaps_and_free_time(event, user, talk_at):
    row = RegistrationFactory(event=event, user=user)
    first, second, third = talk_at(10), talk_at(10, 20), talk_at(12)
    for talk in (first, second, third):
        bookmark(talk=talk, actor=user)
    entries = my_day(user, event, row)
    assert [(entry.overlaps, entry.minutes_before) for entry in entries] == [
        ([second], 0),
        ([first], 0),
        ([], 60),
    ]


def test_free_time_begins_when_the_longest_talk_is_over(event, user, talk_at):
    row = RegistrationFactory(event=event, user=user)
    for talk in (talk_at(10, minutes=120), talk_at(10, 20), talk_at(12, 30)):
        bookmark(talk=talk, actor=user)
    assert [entry.minutes_before for entry in my_day(user, event, row)] == [0, 0, 30]


def test_night_is_no_free_time(event, user, talk_at):
    row = RegistrationFactory(event=event, user=user)
    for talk in (talk_at(10), talk_at(34)):
        bookmark(talk=talk, actor=user)
    assert [entry.minutes_before for entry in my_day(user, event, row)] == [0, 0]


@pytest.mark.parametrize("count", [1, 3])
def test_my_day_takes_three_queries(event, user, talk_at, django_assert_num_queries, count):
    row = comes(event, user)
    for number in range(count):
        bookmark(talk=talk_at(10 + number), actor=user)
    with django_assert_num_queries(3):
        my_day(user, event, row)


# By the API


def url(talk=None):
    return f"/api/v1/events/harbour/agenda/{talk.pk}" if talk else "/api/v1/events/harbour/agenda"


def put(client, talk, **wish):
    return client.put(url(talk), wish, content_type="application/json")


def test_stranger_has_chosen_nothing(client, event):
    assert client.get(url()).json() == {
        "signed_in": False,
        "registered": False,
        "attendance": None,
        "talks": [],
        "seats": [],
    }


def test_answer_is_never_cached(client, event):
    assert client.get(url())["Cache-Control"] == "private, no-store"


def test_own_choice_is_told(client, event, user, talk_at):
    comes(event, user)
    talk = talk_at(10)
    client.force_login(user)
    answer = put(client, talk).json()
    assert answer == {
        "agenda": {
            "signed_in": True,
            "registered": True,
            "attendance": "on_site",
            "talks": [talk.pk],
            "seats": [talk.pk],
        },
        "overlaps": [],
    }


def test_answer_names_what_overlaps(client, event, user, talk_at):
    first, second = talk_at(10), talk_at(10, 20)
    client.force_login(user)
    put(client, first)
    assert put(client, second).json()["overlaps"] == [
        {"id": first.pk, "title": first.title, "lang": first.lang}
    ]


def test_overlap_of_seats_is_a_conflict_that_names_the_other(client, event, user, talk_at):
    comes(event, user)
    first, second = talk_at(10), talk_at(10, 20)
    client.force_login(user)
    put(client, first)
    response = put(client, second)
    assert (response.status_code, response.json()) == (
        409,
        {"code": "overlaps", "overlaps": [{"id": first.pk, "title": first.title, "lang": first.lang}]},
    )


def test_replacing_by_the_api(client, event, user, talk_at):
    comes(event, user)
    first, second = talk_at(10), talk_at(10, 20)
    client.force_login(user)
    put(client, first)
    assert put(client, second, replace=[first.pk]).json()["agenda"]["seats"] == [second.pk]


@pytest.mark.parametrize("fields", [{"is_published": False}, {"kind": "break"}])
def test_unpublished_talk_is_not_found(client, event, user, talk_at, fields):
    client.force_login(user)
    response = put(client, talk_at(10, **fields))
    assert (response.status_code, response.json()["code"]) == (404, "no_such_talk")


def test_talk_of_another_event_is_not_found(client, event, user):
    client.force_login(user)
    response = put(client, TalkFactory())
    assert (response.status_code, response.json()["code"]) == (404, "no_such_talk")


def test_cancelled_talk_is_a_conflict(client, event, user, talk_at):
    client.force_login(user)
    response = put(client, talk_at(10, cancelled_at=NINE))
    assert (response.status_code, response.json()["code"]) == (409, "cancelled")


def test_programme_that_is_not_shown_yet_cannot_be_chosen_from(client, event, user, talk_at):
    talk = talk_at(10)
    event.shows_timetable = False
    event.save()
    client.force_login(user)
    assert put(client, talk).status_code == 404


def test_draft_has_no_agenda(client, event, user):
    event.status = EventStatus.DRAFT
    event.save()
    client.force_login(user)
    assert client.get(url()).status_code == 404


def test_removing_by_the_api(client, event, user, talk_at):
    talk = talk_at(10)
    client.force_login(user)
    put(client, talk)
    assert client.delete(url(talk)).json()["talks"] == []


def test_cancelled_talk_can_be_removed(client, event, user, talk_at):
    talk = talk_at(10)
    bookmark(talk=talk, actor=user)
    talk.cancelled_at = NINE
    talk.save()
    client.force_login(user)
    assert client.delete(url(talk)).json()["talks"] == []


def test_keeping_by_the_api(client, event, user, talk_at):
    talk = talk_at(10)
    client.force_login(user)
    response = client.post(url(), {"talks": [talk.pk]}, content_type="application/json")
    assert response.json()["talks"] == [talk.pk]


@pytest.mark.parametrize("talks", ["all", ["one"], list(range(501)), None])
def test_nonsense_is_refused_and_keeps_nothing(client, event, user, talks):
    client.force_login(user)
    response = client.post(url(), {"talks": talks}, content_type="application/json")
    assert (response.status_code, chosen(user)) == (422, [])


@pytest.mark.parametrize("count", [1, 3])
def test_answer_takes_six_queries(client, event, user, talk_at, django_assert_num_queries, count):
    comes(event, user)
    for number in range(count):
        bookmark(talk=talk_at(10 + number), actor=user)
    client.force_login(user)
    with django_assert_num_queries(6):
        client.get(url())


@pytest.mark.parametrize("path", ["timetables?day=2030-05-01", "talks"])
def test_public_page_has_a_star_and_no_mark_of_anybody(client, event, user, talk_at, path):
    event.days.create(date=NINE.date())
    talk = talk_at(10)
    bookmark(talk=talk, actor=user)
    client.force_login(user)
    text = client.get(f"/harbour/{path}").text
    assert (f'data-bookmark="{talk.pk}"' in text, 'aria-pressed="true"' in text) == (True, False)


def test_break_and_cancelled_talk_have_no_star(client, event, talk_at):
    event.days.create(date=NINE.date())
    talk_at(10, kind="break")
    talk_at(11, cancelled_at=NINE)
    assert "data-bookmark" not in client.get("/harbour/timetables?day=2030-05-01").text
