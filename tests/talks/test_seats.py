import pytest

from events.enums import Attendance
from events.models import Registration
from talks.agenda import seat_limit
from talks.models import Bookmark, Seat
from talks.services.agenda import SeatsOverlap, SoldOut, bookmark, keep_bookmarks
from tests.factories.events import EventFactory, RegistrationFactory, RoomFactory, TrackFactory
from tests.factories.talks import TalkFactory


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def talk(event):
    return TalkFactory(event=event, seats=1)


@pytest.fixture
def guest(event):
    return lambda: RegistrationFactory(event=event, attendance=Attendance.ON_SITE)


def seated(talk):
    return list(Seat.objects.held().filter(talk=talk).values_list("registration_id", flat=True))


def test_talks_own_seats_come_before_those_of_a_room(event):
    room = RoomFactory(event=event, seats=50)
    track = TrackFactory(event=event, room=RoomFactory(event=event, seats=200))
    talks = [
        TalkFactory(event=event, track=track, room=room, seats=7),
        TalkFactory(event=event, track=track, room=room),
        TalkFactory(event=event, track=track),
        TalkFactory(event=event, track=TrackFactory(event=event, room=None)),
    ]
    assert [seat_limit(talk) for talk in talks] == [7, 50, 200, None]


def test_last_seat_is_taken_once(talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    with pytest.raises(SoldOut):
        bookmark(talk=talk, actor=second.user)
    assert (seated(talk), Bookmark.objects.filter(user=second.user).count()) == ([first.pk], 0)


def test_sold_out_talk_is_bookmarked_without_a_seat(talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    bookmark(talk=talk, without_seat=True, actor=second.user)
    assert (seated(talk), Bookmark.objects.filter(user=second.user).count()) == ([first.pk], 1)


def test_seat_is_taken_later_for_a_bookmark_without_one(talk, guest):
    row = guest()
    bookmark(talk=talk, without_seat=True, actor=row.user)
    bookmark(talk=talk, actor=row.user)
    assert seated(talk) == [row.pk]


def test_online_people_take_no_seat(event, talk):
    row = RegistrationFactory(event=event)
    bookmark(talk=talk, actor=row.user)
    assert seated(talk) == []


def test_talk_without_seats_seats_nobody(event, guest):
    talk = TalkFactory(event=event, seats=0)
    with pytest.raises(SoldOut):
        bookmark(talk=talk, actor=guest().user)


def test_talk_that_counts_nobody_takes_everybody(event, guest):
    talk, rows = TalkFactory(event=event), [guest() for _ in range(3)]
    for row in rows:
        bookmark(talk=talk, actor=row.user)
    assert seated(talk) == [row.pk for row in rows]


def test_changing_to_online_lets_the_seat_go(talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    Registration.objects.filter(pk=first.pk).update(attendance=Attendance.ONLINE)
    bookmark(talk=talk, actor=second.user)
    assert seated(talk) == [second.pk]


def test_coming_back_does_not_seat_two_on_one_seat(talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    Registration.objects.filter(pk=first.pk).update(attendance=Attendance.ONLINE)
    bookmark(talk=talk, actor=second.user)
    Registration.objects.filter(pk=first.pk).update(attendance=Attendance.ON_SITE)
    assert seated(talk) == [second.pk]


def test_withdrawing_frees_the_seat(talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    first.delete()
    bookmark(talk=talk, actor=second.user)
    assert seated(talk) == [second.pk]


def test_replacing_by_a_sold_out_talk_keeps_the_seat_held(event, talk, guest):
    first, second = guest(), guest()
    other = TalkFactory(event=event, starts_at=talk.starts_at, ends_at=talk.ends_at)
    bookmark(talk=talk, actor=first.user)
    bookmark(talk=other, actor=second.user)
    with pytest.raises(SoldOut):
        bookmark(talk=talk, replace=[other.pk], actor=second.user)
    assert seated(other) == [second.pk]


def test_nobody_is_asked_to_give_up_a_seat_for_a_full_talk(event, talk, guest):
    first, second = guest(), guest()
    other = TalkFactory(event=event, starts_at=talk.starts_at, ends_at=talk.ends_at)
    bookmark(talk=talk, actor=first.user)
    bookmark(talk=other, actor=second.user)
    with pytest.raises(SoldOut):
        bookmark(talk=talk, actor=second.user)


def test_refused_overlap_takes_no_seat(event, talk, guest):
    row = guest()
    other = TalkFactory(event=event, starts_at=talk.starts_at, ends_at=talk.ends_at)
    bookmark(talk=other, actor=row.user)
    with pytest.raises(SeatsOverlap):
        bookmark(talk=talk, actor=row.user)
    assert seated(talk) == []


def test_keeping_a_sold_out_talk_bookmarks_it_without_a_seat(event, talk, guest):
    first, second = guest(), guest()
    bookmark(talk=talk, actor=first.user)
    keep_bookmarks(event=event, talk_ids=[talk.pk], actor=second.user)
    assert (seated(talk), Bookmark.objects.filter(user=second.user).count()) == ([first.pk], 1)


def test_unscheduled_talk_is_bookmarked_without_a_seat(event, guest):
    talk = TalkFactory(event=event, starts_at=None, ends_at=None, seats=0)
    bookmark(talk=talk, actor=guest().user)
    assert seated(talk) == []
