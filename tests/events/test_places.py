import pytest
from django.db import IntegrityError, transaction

from accounts.models import OutgoingMail
from events.enums import Attendance
from events.errors import NotOnSite
from events.models import Places, Registration
from events.registration_pages import places_left, turnout, waiting_position
from events.services.places import give_place, revoke_place, set_places
from events.services.registration import change_attendance, register, withdraw
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = EventFactory()
    set_places(event=event, has_on_site=True, on_site_places=2, actor=None)
    return event


def come(event, attendance=Attendance.ON_SITE):
    return register(event=event, user=UserFactory(), attendance=attendance)


def state(event):
    """Who is on site, who waits with which number, and the count: the three must fit together."""
    rows = Registration.objects.filter(event=event).order_by("pk")
    held = [row.pk for row in rows if row.attendance == Attendance.ON_SITE]
    waiting = [(row.pk, row.waiting_number) for row in rows if row.is_waiting]
    assert Places.objects.get(event=event).taken == len(held)
    return held, waiting


def test_who_comes_first_has_a_place_and_the_rest_waits_in_order(event):
    rows = [come(event) for _ in range(4)]
    assert state(event) == ([rows[0].pk, rows[1].pk], [(rows[2].pk, 1), (rows[3].pk, 2)])


def test_who_waits_is_registered_online_meanwhile(event):
    rows = [come(event) for _ in range(3)]
    assert (rows[2].attendance, rows[2].wish) == (Attendance.ONLINE, Attendance.ON_SITE)


def test_online_takes_no_place(event):
    come(event, Attendance.ONLINE)
    assert places_left(event) == 2


def test_position_moves_up_when_somebody_ahead_leaves_the_list(event):
    rows = [come(event) for _ in range(5)]
    assert [waiting_position(row) for row in rows] == [None, None, 1, 2, 3]
    withdraw(registration=rows[2])
    assert [waiting_position(row) for row in rows[3:]] == [1, 2]


def test_withdrawing_hands_the_place_to_the_first_who_waits(event):
    rows = [come(event) for _ in range(4)]
    withdraw(registration=rows[0])
    assert state(event) == ([rows[1].pk, rows[2].pk], [(rows[3].pk, 2)])


def test_withdrawing_from_the_list_frees_no_place(event):
    rows = [come(event) for _ in range(4)]
    withdraw(registration=rows[2])
    assert state(event) == ([rows[0].pk, rows[1].pk], [(rows[3].pk, 2)])


def test_withdrawing_twice_frees_one_place(event):
    rows = [come(event) for _ in range(4)]
    assert [withdraw(registration=rows[0]) for _ in range(2)] == [True, False]
    assert len(state(event)[0]) == 2


def test_changing_to_online_hands_the_place_on(event):
    rows = [come(event) for _ in range(3)]
    change_attendance(registration=rows[0], attendance=Attendance.ONLINE)
    assert state(event) == ([rows[1].pk, rows[2].pk], [])


def test_changing_to_online_leaves_the_waiting_list(event):
    rows = [come(event) for _ in range(3)]
    change_attendance(registration=rows[2], attendance=Attendance.ONLINE)
    assert state(event) == ([rows[0].pk, rows[1].pk], [])


def test_asking_again_keeps_the_number(event):
    rows = [come(event) for _ in range(4)]
    change_attendance(registration=rows[2], attendance=Attendance.ON_SITE)
    assert state(event)[1] == [(rows[2].pk, 1), (rows[3].pk, 2)]


def test_coming_back_to_the_list_stands_at_its_end(event):
    rows = [come(event) for _ in range(4)]
    change_attendance(registration=rows[2], attendance=Attendance.ONLINE)
    change_attendance(registration=rows[2], attendance=Attendance.ON_SITE)
    assert state(event)[1] == [(rows[2].pk, 3), (rows[3].pk, 2)]
    assert waiting_position(rows[2]) == 2


def test_more_places_go_to_those_who_wait_in_order(event):
    rows = [come(event) for _ in range(5)]
    assert set_places(event=event, has_on_site=True, on_site_places=4, actor=None) == 2
    assert state(event) == ([row.pk for row in rows[:4]], [(rows[4].pk, 3)])


def test_without_a_limit_nobody_waits(event):
    rows = [come(event) for _ in range(5)]
    assert set_places(event=event, has_on_site=True, on_site_places=None, actor=None) == 3
    assert state(event) == ([row.pk for row in rows], [])
    assert come(event).attendance == Attendance.ON_SITE


def test_fewer_places_take_none_away_and_nobody_follows_who_leaves(event):
    rows = [come(event) for _ in range(3)]
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    assert state(event)[0] == [rows[0].pk, rows[1].pk]
    withdraw(registration=rows[0])
    assert state(event) == ([rows[1].pk], [(rows[2].pk, 1)])


def test_event_that_takes_nobody_on_site_refuses_and_keeps_nothing():
    event = EventFactory()
    with pytest.raises(NotOnSite):
        come(event)
    assert Registration.objects.count() == 0


def test_who_gets_a_place_is_told_in_their_language(event):
    rows = [come(event) for _ in range(3)]
    Registration.objects.filter(pk=rows[2].pk).update(language="en")
    OutgoingMail.objects.all().delete()
    withdraw(registration=rows[0])
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (rows[2].user.email, f"You have a place on site: {event.name_en}")


def test_after_the_event_no_place_is_handed_on(event):
    rows = [come(event) for _ in range(3)]
    event.status = "closed"
    event.save()
    withdraw(registration=rows[0])
    assert state(event) == ([rows[1].pk], [(rows[2].pk, 1)])


def test_given_place_makes_one_more_when_all_are_taken(event):
    rows = [come(event) for _ in range(4)]
    assert give_place(registration=rows[3], actor=None) is True
    event.refresh_from_db()
    assert event.on_site_places == 3
    assert state(event) == ([rows[0].pk, rows[1].pk, rows[3].pk], [(rows[2].pk, 1)])


def test_given_place_uses_a_free_one_first(event):
    row = come(event, Attendance.ONLINE)
    assert give_place(registration=row, actor=None) is True
    event.refresh_from_db()
    assert (event.on_site_places, state(event)) == (2, ([row.pk], []))


def test_giving_a_place_twice_counts_once(event):
    row = come(event)
    assert give_place(registration=row, actor=None) is False
    assert state(event) == ([row.pk], [])


def test_revoked_place_goes_to_the_first_who_waits(event):
    rows = [come(event) for _ in range(3)]
    assert [revoke_place(registration=rows[0], actor=None) for _ in range(2)] == [True, False]
    assert state(event) == ([rows[1].pk, rows[2].pk], [])


def test_database_refuses_who_waits_and_has_a_place(event):
    row = come(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(waiting_number=7)


def test_turnout_counts_who_waits_apart(event):
    for attendance in (Attendance.ONLINE, *[Attendance.ON_SITE] * 4):
        come(event, attendance)
    counts = turnout(event)
    assert (counts.online, counts.on_site, counts.waiting) == (1, 2, 2)
