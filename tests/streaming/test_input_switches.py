"""Another input now or at a time: asked for in a row, carried out by a worker, believed when it is seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import InputSwitchFault, InputSwitchState
from streaming.errors import (
    EncoderNotRunning,
    InputsInUse,
    InputsNotOffered,
    NoSuchInput,
    SwitchedMeanwhile,
    SwitchTimeRefused,
    TooLateToCancel,
    TrackLocked,
)
from streaming.models import InputSwitch, Stream, StreamLog
from streaming.services import streams
from streaming.services.duty import lock_track
from streaming.services.inputs import cancel_switch, next_number, request_switch, set_inputs
from streaming.services.switching import drive as drive_switches
from streaming.services.switching import due_streams
from streaming.states import Observed
from tests.factories.accounts import UserFactory
from tests.streaming.medialive_line import drive, ready, running

SLATE = "https://example.org/slates/soon.mp4"
SOON = timedelta(seconds=60)


@pytest.fixture
def stream(track, gateway):
    """A running encoder with a studio, a backup and a slate."""
    made = streams.ensure_stream(track, "medialive")
    set_inputs(stream=made, has_backup=True, slate_url=SLATE, actor=None)
    return running(made, gateway)


def ask(stream, to="slate", **more):
    more.setdefault("number", next_number(stream))
    return request_switch(stream=stream, to=to, actor=more.pop("actor", None), **more)


def plan(stream, to="slate", ahead=SOON):
    return ask(stream, to, at=timezone.now() + ahead)


def turn(stream, peer):
    drive_switches(stream.pk, lambda: peer.switcher)
    stream.refresh_from_db()


def state(switch):
    switch.refresh_from_db()
    return (switch.state, switch.fault)


def scheduled(peer):
    with peer.cloud.lock:
        return [row["ActionName"] for row in peer.cloud.listed("encoder")[0].get("_schedule", [])]


def turn_the_clock(peer, switch, seconds):
    """For MediaLive it is later, and for us: a row's times move instead of ours."""
    peer.cloud.ahead += seconds
    moved = {"look_at": timezone.now() - timedelta(seconds=1)}
    InputSwitch.objects.filter(pk=switch.pk).update(**moved)


# Now


def test_a_switch_now_is_asked_for_accepted_and_seen(stream, peer):
    switch = ask(stream)
    assert state(switch) == (InputSwitchState.ASKED, "")
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")
    assert switch.requested_at <= switch.accepted_at <= switch.effective_at
    assert switch.request_id.startswith("request-")
    assert stream.active_input == "slate"


def test_its_action_is_named_by_track_and_number(stream, peer):
    ask(stream)
    turn(stream, peer)
    ask(stream, "studio")
    turn(stream, peer)
    assert scheduled(peer) == [f"{stream.track_id}-1", f"{stream.track_id}-2"]
    assert stream.active_input == "studio"


def test_two_in_a_row_happen_in_their_order(stream, peer):
    first, second = ask(stream), ask(stream, "backup")
    turn(stream, peer)
    assert state(first) == (InputSwitchState.PASSED, "")
    assert state(second) == (InputSwitchState.EFFECTIVE, "")
    assert stream.active_input == "backup"


def test_a_lost_answer_is_no_second_switch(stream, peer):
    switch = ask(stream)
    peer.lose("BatchUpdateSchedule")
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")
    assert scheduled(peer) == [switch.action_name]


def test_a_worker_killed_after_the_call_repeats_it_without_harm(stream, peer):
    switch = ask(stream)
    turn(stream, peer)
    InputSwitch.objects.filter(pk=switch.pk).update(state="asked", accepted_at=None, effective_at=None)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")
    assert scheduled(peer) == [switch.action_name]


def test_another_worker_s_lease_keeps_this_one_away_until_it_ends(stream, peer):
    switch = ask(stream)
    Stream.objects.filter(pk=stream.pk).update(inputs_lease_until=timezone.now() + SOON)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ASKED, "")
    Stream.objects.filter(pk=stream.pk).update(inputs_lease_until=timezone.now() - SOON)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")


def test_throttling_only_slows_it_down(stream, peer):
    switch = ask(stream)
    peer.refuse("BatchUpdateSchedule", "TooManyRequestsException", times=2)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ASKED, "")
    assert (switch.attempts, "TooManyRequests" in switch.detail) == (1, True)
    turn_the_clock(peer, switch, 0)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")
    assert switch.detail == ""


def test_a_missing_permission_is_told(stream, peer):
    switch = ask(stream)
    peer.refuse("BatchUpdateSchedule", "ForbiddenException")
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.FAILED, InputSwitchFault.REFUSED)
    assert "medialive:BatchUpdateSchedule" in switch.detail
    assert switch.request_id.startswith("request-")


def test_what_may_not_be_looked_at_is_not_called_failed(stream, peer):
    switch = ask(stream)
    peer.refuse("DescribeChannel", "ForbiddenException")
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ACCEPTED, "")
    assert "ForbiddenException" in switch.detail


def test_a_switch_now_that_comes_a_minute_late_is_not_sent_any_more(stream, peer):
    switch = ask(stream)
    InputSwitch.objects.filter(pk=switch.pk).update(requested_at=timezone.now() - timedelta(seconds=61))
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.FAILED, InputSwitchFault.LATE)
    assert "BatchUpdateSchedule" not in peer.calls


def test_one_that_was_sent_in_time_counts_also_when_the_answer_is_read_late(stream, peer):
    switch = ask(stream)
    turn(stream, peer)
    InputSwitch.objects.filter(pk=switch.pk).update(
        state="asked", requested_at=timezone.now() - timedelta(seconds=61)
    )
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")


def test_effective_is_never_guessed(stream, peer):
    switch = ask(stream)
    turn(stream, peer)
    InputSwitch.objects.filter(pk=switch.pk).update(
        state="accepted", effective_at=None, look_at=timezone.now()
    )
    with peer.cloud.lock:
        peer.cloud.listed("encoder")[0]["_schedule"] = []
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ACCEPTED, "")
    long_ago = timezone.now() - timedelta(seconds=61)
    InputSwitch.objects.filter(pk=switch.pk).update(accepted_at=long_ago, look_at=long_ago)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.FAILED, InputSwitchFault.UNSEEN)
    assert stream.active_input == "studio"


def test_past_actions_leave_the_schedule(stream, peer):
    for number in range(50):
        ask(stream, "backup" if number % 2 else "slate")
        turn(stream, peer)
        InputSwitch.objects.filter(stream=stream).update(accepted_at=timezone.now() - timedelta(minutes=11))
    newest = InputSwitch.objects.first()
    assert state(newest) == (InputSwitchState.EFFECTIVE, "")
    assert len(scheduled(peer)) <= 2


# At a time


def test_a_planned_switch_waits_for_its_time(stream, peer):
    switch = plan(stream)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ACCEPTED, "")
    assert stream.active_input == "studio"
    turn_the_clock(peer, switch, 61)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.EFFECTIVE, "")
    assert stream.active_input == "slate"


def test_a_time_that_is_too_soon_is_refused_with_the_earliest(stream):
    with pytest.raises(SwitchTimeRefused) as refused:
        plan(stream, ahead=timedelta(seconds=14))
    offered = refused.value.offered
    assert refused.value.reason == "too_soon"
    assert offered - timezone.now() > timedelta(seconds=30)
    assert ask(stream, at=offered).at == offered


def test_a_time_more_than_two_weeks_ahead_is_refused(stream):
    with pytest.raises(SwitchTimeRefused) as refused:
        plan(stream, ahead=timedelta(days=14, seconds=5))
    assert refused.value.reason == "too_far"
    assert InputSwitch.objects.count() == 0


def test_two_plans_for_one_time_are_refused(stream):
    at = plan(stream).at
    with pytest.raises(SwitchTimeRefused) as refused:
        ask(stream, "backup", at=at)
    assert refused.value.reason == "taken"


def test_a_plan_that_reached_the_worker_too_late_failed(stream, peer):
    switch = plan(stream)
    InputSwitch.objects.filter(pk=switch.pk).update(at=timezone.now() + timedelta(seconds=10))
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.FAILED, InputSwitchFault.LATE)


def test_a_plan_can_be_cancelled(stream, peer, director):
    switch = plan(stream)
    turn(stream, peer)
    cancel_switch(switch=switch, actor=director)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.CANCELLED, "")
    assert (switch.cancelled_by, scheduled(peer)) == (director, [])


def test_a_plan_can_be_cancelled_before_it_was_sent(stream, peer):
    switch = plan(stream)
    cancel_switch(switch=switch, actor=None)
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.CANCELLED, "")
    assert "BatchUpdateSchedule" not in peer.calls


def test_cancelling_again_changes_nothing(stream, peer):
    switch = plan(stream)
    for _ in range(2):
        cancel_switch(switch=switch, actor=None)
        turn(stream, peer)
        switch.refresh_from_db()
    assert state(switch) == (InputSwitchState.CANCELLED, "")


def test_too_late_to_cancel_is_refused(stream, peer):
    switch = plan(stream)
    turn(stream, peer)
    InputSwitch.objects.filter(pk=switch.pk).update(at=timezone.now() + timedelta(seconds=14))
    switch.refresh_from_db()
    with pytest.raises(TooLateToCancel):
        cancel_switch(switch=switch, actor=None)


def test_a_switch_now_cannot_be_cancelled(stream):
    with pytest.raises(TooLateToCancel):
        cancel_switch(switch=ask(stream), actor=None)


def test_one_that_amazon_does_not_let_go_goes_on_and_says_so(stream, peer):
    switch = plan(stream)
    turn(stream, peer)
    cancel_switch(switch=switch, actor=None)
    peer.cloud.ahead = 50
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.ACCEPTED, InputSwitchFault.NOT_CANCELLED)
    assert scheduled(peer) == [switch.action_name]


# Who, what, when


def test_of_two_people_at_once_one_wins(stream, director):
    ask(stream, number=1, actor=director)
    with pytest.raises(SwitchedMeanwhile):
        ask(stream, number=1, actor=UserFactory())
    with pytest.raises(SwitchedMeanwhile):
        ask(stream, "backup", number=1, actor=director)
    with pytest.raises(SwitchedMeanwhile):
        ask(stream, number=3, actor=director)
    assert InputSwitch.objects.count() == 1


def test_the_same_wish_again_is_the_same_row(stream, director):
    first = ask(stream, number=1, actor=director)
    assert ask(stream, number=1, actor=director) == first


def test_nothing_is_switched_unless_the_encoder_runs(stream, gateway):
    ready(stream, gateway)
    with pytest.raises(EncoderNotRunning):
        ask(stream)


def test_only_what_is_attached_can_be_switched_to(track, gateway):
    made = running(streams.ensure_stream(track, "medialive"), gateway)
    with pytest.raises(NoSuchInput):
        ask(made)


def test_a_lock_of_another_person_refuses(stream, director):
    lock_track(track=stream.track, actor=UserFactory())
    with pytest.raises(TrackLocked):
        ask(stream, actor=director)
    assert InputSwitch.objects.count() == 0


def test_a_stopped_encoder_ends_what_was_planned_and_begins_with_the_studio(stream, gateway, peer):
    done, planned = ask(stream), plan(stream, "backup")
    turn(stream, peer)
    ready(stream, gateway)
    assert due_streams() == [stream.pk]
    turn(stream, peer)
    assert state(done) == (InputSwitchState.EFFECTIVE, "")
    assert state(planned) == (InputSwitchState.FAILED, InputSwitchFault.STOPPED)
    running(stream, gateway)
    assert scheduled(peer) == []
    assert stream.active_input == "studio"


def test_a_switch_before_the_stop_does_not_decide_the_next_start(stream, gateway, peer):
    ask(stream)
    turn(stream, peer)
    ready(stream, gateway)
    running(stream, gateway)
    assert stream.active_input == "studio"


def test_an_encoder_that_is_gone_fails_what_was_asked(stream, peer):
    switch = ask(stream)
    with peer.cloud.lock:
        peer.cloud.rows["encoder"].clear()
    turn(stream, peer)
    assert state(switch) == (InputSwitchState.FAILED, InputSwitchFault.STOPPED)


def test_nothing_is_due_when_all_is_done(stream, peer):
    ask(stream)
    assert due_streams() == [stream.pk]
    turn(stream, peer)
    assert due_streams() == []


# Which inputs


def test_a_running_track_keeps_its_inputs(stream):
    with pytest.raises(InputsInUse):
        set_inputs(stream=stream, has_backup=False, slate_url="", actor=None)
    stream.refresh_from_db()
    assert stream.inputs == ["studio", "backup", "slate"]


def test_a_stopped_one_is_made_anew_with_others(stream, gateway, peer, director):
    ready(stream, gateway)
    set_inputs(stream=stream, has_backup=False, slate_url=SLATE, actor=director)
    drive(stream, gateway)
    assert (stream.observed, stream.inputs) == (Observed.STOPPED, ["studio", "slate"])
    with peer.cloud.lock:
        held = peer.cloud.listed("encoder")[0]["InputAttachments"]
    assert [one["InputAttachmentName"] for one in held] == ["studio", "slate"]


def test_choosing_inputs_is_logged(track, director):
    made = streams.ensure_stream(track, "medialive")
    set_inputs(stream=made, has_backup=True, slate_url="", actor=director)
    row = StreamLog.objects.get(what="inputs")
    assert (row.detail, row.actor) == ("studio, backup", director)


def test_other_ways_of_pictures_have_one_input(track):
    with pytest.raises(InputsNotOffered):
        set_inputs(stream=streams.ensure_stream(track, "ivs"), has_backup=True, slate_url="", actor=None)


def test_who_comes_again_too_early_does_nothing_and_goes(stream, peer):
    switch = ask(stream)
    peer.refuse("BatchUpdateSchedule", "TooManyRequestsException", times=2)
    assert drive_switches(stream.pk, lambda: peer.switcher) == 1
    peer.calls.clear()
    assert drive_switches(stream.pk, lambda: peer.switcher) is None
    assert (peer.calls, state(switch)) == ([], (InputSwitchState.ASKED, ""))
