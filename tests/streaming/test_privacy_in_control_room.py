import pytest

from accounts.services.privacy import erase
from streaming.enums import DutyStep
from streaming.models import Duty, DutyLog, OnAirLog
from streaming.services.duty import lock_track


@pytest.fixture
def gone(track, director, make_talk, command):
    """A director who put a talk on air, holds the track's lock and then leaves for good."""
    command(track, "take", talk=make_talk(), actor=director)
    lock_track(track=track, actor=director)
    erase(user=director)
    return director


def test_the_on_air_log_stays_without_the_name(gone):
    rows = OnAirLog.objects.values_list("command", "actor")
    assert list(rows) == [("take", None)]


def test_nobody_who_is_gone_holds_a_lock(gone, track):
    duty = Duty.objects.get(track=track)
    assert (duty.person, duty.locked_until) == (None, None)


def test_the_duty_log_stays_and_ends_with_the_leave(gone):
    rows = DutyLog.objects.order_by("pk").values_list("step", "actor", "previous")
    assert list(rows) == [(DutyStep.LOCKED, None, None), (DutyStep.OFF_DUTY, None, None)]
