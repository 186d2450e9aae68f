from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import Role
from streaming.enums import DutyStep, Source
from streaming.errors import Locked, TrackLocked
from streaming.models import Duty, DutyLog
from streaming.services.duty import (
    go_on_duty,
    leave_duty,
    lock_track,
    locked_out,
    renew_lock,
    take_over_lock,
    unlock_track,
    write_note,
)
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory


@pytest.fixture
def other(event):
    user = UserFactory(email="other@example.com")
    RoleGrantFactory(event=event, user=user, role=Role.BROADCASTER)
    return user


def lapse(track):
    Duty.objects.filter(track=track).update(locked_until=timezone.now() - timedelta(seconds=1))


def steps(track):
    return list(DutyLog.objects.filter(track=track).order_by("pk").values_list("step", flat=True))


def test_going_on_duty_relieves_the_one_before_and_says_so_in_the_log(track, director, other):
    go_on_duty(track=track, actor=director)
    go_on_duty(track=track, actor=other)
    assert Duty.objects.get(track=track).person == other
    row = DutyLog.objects.latest("pk")
    assert (row.step, row.previous, row.actor) == (DutyStep.ON_DUTY, director, other)


def test_going_on_duty_twice_is_one_step(track, director):
    go_on_duty(track=track, actor=director)
    go_on_duty(track=track, actor=director)
    assert steps(track) == ["on_duty"]


def test_leaving_duty_gives_the_lock_back(track, director):
    lock_track(track=track, actor=director)
    leave_duty(track=track, actor=director)
    duty = Duty.objects.get(track=track)
    assert (duty.person, duty.locked_until) == (None, None)


def test_leaving_somebody_elses_duty_changes_nothing(track, director, other):
    go_on_duty(track=track, actor=director)
    leave_duty(track=track, actor=other)
    assert Duty.objects.get(track=track).person == director
    assert steps(track) == ["on_duty"]


def test_a_lock_keeps_others_out_and_the_owner_in(track, director, other):
    lock_track(track=track, actor=director)
    assert locked_out(track=track, actor=other).person == director
    assert locked_out(track=track, actor=None).person == director
    assert locked_out(track=track, actor=director) is None


def test_a_lock_lapses_when_nobody_renews_it(track, director, other):
    lock_track(track=track, actor=director)
    lapse(track)
    assert locked_out(track=track, actor=other) is None


def test_a_lock_of_another_person_cannot_be_locked_over(track, director, other):
    lock_track(track=track, actor=director)
    with pytest.raises(TrackLocked) as refused:
        lock_track(track=track, actor=other)
    assert refused.value.duty.person == director


def test_nobody_goes_on_duty_over_a_lock(track, director, other):
    lock_track(track=track, actor=director)
    with pytest.raises(TrackLocked):
        go_on_duty(track=track, actor=other)
    assert Duty.objects.get(track=track).person == director


def test_renewing_lengthens_the_lease(track, director):
    lock_track(track=track, actor=director)
    lapse(track)
    assert renew_lock(track=track, actor=director) is True
    left = Duty.objects.get(track=track).locked_until - timezone.now()
    assert timedelta(seconds=55) < left <= timedelta(seconds=61)


def test_a_lock_that_was_taken_over_is_not_renewed(track, director, other):
    lock_track(track=track, actor=director)
    take_over_lock(track=track, actor=other)
    assert renew_lock(track=track, actor=director) is False
    assert Duty.objects.get(track=track).person == other


def test_taking_a_lock_over_keeps_from_whom(track, director, other):
    lock_track(track=track, actor=director)
    take_over_lock(track=track, actor=other)
    row = DutyLog.objects.latest("pk")
    assert (row.step, row.previous, row.actor) == (DutyStep.TAKEN_OVER, director, other)


def test_unlocking_keeps_the_owner_on_duty(track, director, other):
    lock_track(track=track, actor=director)
    unlock_track(track=track, actor=director)
    assert Duty.objects.get(track=track).person == director
    assert locked_out(track=track, actor=other) is None


def test_a_locked_track_refuses_the_command_of_another(track, director, other, make_talk, command):
    lock_track(track=track, actor=director)
    with pytest.raises(Locked):
        command(track, "take", talk=make_talk(), actor=other)


def test_the_last_resort_ignores_locks(track, director, make_talk, command):
    lock_track(track=track, actor=director)
    talk = make_talk()
    assert command(track, "take", talk=talk, source=Source.COMMAND).on_air.talk == talk


def test_a_note_can_be_written_under_a_lock(track, director, other):
    lock_track(track=track, actor=director)
    write_note(track=track, note="マイク2は予備", actor=other)
    assert Duty.objects.get(track=track).note == "マイク2は予備"


@pytest.mark.django_db
def test_an_unchanged_note_tells_nobody(track, director, django_capture_on_commit_callbacks):
    write_note(track=track, note="a", actor=director)
    with django_capture_on_commit_callbacks() as frames:
        write_note(track=track, note="a", actor=director)
    assert frames == []
