"""The timetable switches what somebody armed: once, on the track as it was, and never against a person."""

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from streaming import errors
from streaming.enums import Source
from streaming.models import Automation, Duty, DutyLog, OnAir, OnAirLog, RefusedCommand
from streaming.services import automation
from streaming.services.automation import NothingToArm, arm, disarm, hold, run_due
from streaming.services.on_air import ensure_on_air
from talks.enums import TalkKind
from talks.models import Talk
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory

SOON = timedelta(minutes=5)


@pytest.fixture
def talk(make_talk):
    """The track's next talk."""
    now = timezone.now()
    return make_talk(starts_at=now + SOON, ends_at=now + SOON * 2, title="Next")


@pytest.fixture
def armed(track, talk, director):
    ensure_on_air(track)
    return arm(track=track, expected_revision=0, actor=director)


def come(talk):
    """The time of the armed step has come."""
    moment = timezone.now() - timedelta(seconds=1)
    Talk.objects.filter(pk=talk.pk).update(starts_at=moment)
    Automation.objects.update(due_at=moment)


def row():
    return Automation.objects.get()


def on_air(track):
    return OnAir.objects.get(track=track)


def test_armed_step_waits_for_its_time(event, track, armed, talk):
    assert run_due(event) == 0
    assert on_air(track).talk is None
    assert (row().talk, row().due_at, row().expected_revision) == (talk, talk.starts_at, 0)


def test_step_is_done_when_its_time_has_come_and_the_next_one_is_armed(event, track, armed, talk, make_talk):
    now = timezone.now()
    after = make_talk(starts_at=now + SOON * 3, ends_at=now + SOON * 4)
    come(talk)
    assert run_due(event) == 1
    assert on_air(track).talk == talk
    assert (row().is_armed, row().talk, row().expected_revision) == (True, after, 1)


def test_log_says_that_it_was_the_automation_and_who_armed_it(event, track, armed, talk, director):
    come(talk)
    run_due(event)
    last = OnAirLog.objects.get()
    assert (last.source, last.actor, last.to_talk) == (Source.AUTOMATION, director, talk)


def test_break_shows_its_card(event, track, director, make_talk):
    now = timezone.now()
    pause = make_talk(kind=TalkKind.BREAK, starts_at=now + SOON, ends_at=now + SOON * 2)
    arm(track=track, expected_revision=0, actor=director)
    come(pause)
    run_due(event)
    assert (on_air(track).talk, on_air(track).card) == (None, "break")


def test_second_tick_does_nothing_again(event, track, armed, talk):
    come(talk)
    assert [run_due(event), run_due(event)] == [1, 0]
    assert OnAirLog.objects.count() == 1


@pytest.mark.parametrize("source", [Source.CONSOLE, Source.API, Source.COMMAND])
def test_human_act_disarms(event, track, armed, talk, make_talk, command, source):
    command(track, "take", talk=make_talk(), source=source)
    assert (row().is_armed, row().outcome) == (False, "human")
    come(talk)
    assert run_due(event) == 0


def test_human_act_on_another_track_leaves_it_armed(event, track, armed, make_talk, command):
    other = TrackFactory(event=event)
    command(other, "take", talk=make_talk(track=other))
    assert row().is_armed


def test_lock_of_another_person_disarms_instead_of_waiting(event, track, armed, talk):
    Duty.objects.create(track=track, person=UserFactory(), locked_until=timezone.now() + SOON)
    come(talk)
    assert run_due(event) == 0
    assert (row().is_armed, row().outcome) == (False, "locked")
    Duty.objects.all().delete()
    assert run_due(event) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": timezone.now() + SOON * 1.5},
        {"is_published": False},
        {"cancelled_at": timezone.now()},
        {"do_not_stream": True},
    ],
    ids=lambda change: next(iter(change)),
)
def test_changed_timetable_disarms(event, armed, talk, change):
    Talk.objects.filter(pk=talk.pk).update(**change)
    run_due(event)
    assert (row().is_armed, row().outcome) == (False, "changed")


def test_held_step_lets_its_time_pass(event, track, armed, talk, director):
    assert hold(track=track, actor=director)
    come(talk)
    assert run_due(event) == 0
    assert on_air(track).talk is None
    assert row().is_armed


def test_disarming_twice_changes_nothing_more(track, armed, director):
    assert [disarm(track=track, actor=director), disarm(track=track, actor=director)] == [True, False]


def test_arming_what_has_changed_since_is_refused(track, talk, director, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(errors.StaleCommand):
        arm(track=track, expected_revision=0, actor=director)


def test_nothing_to_come_cannot_be_armed(track, director):
    with pytest.raises(NothingToArm):
        arm(track=track, expected_revision=0, actor=director)


def test_step_claimed_by_another_worker_is_not_done_twice(event, track, armed, talk):
    come(talk)
    stale = row()
    assert run_due(event) == 1
    assert automation._run(stale) is False
    assert OnAirLog.objects.count() == 1


class Died(Exception):
    """The worker, at some statement."""


def dying_at(number):
    """Lets so many statements pass, and what takes the others back."""
    passed = iter(range(number))

    def at_statement(execute, sql, params, many, context):
        if "SAVEPOINT" not in sql and next(passed, None) is None:
            raise Died
        return execute(sql, params, many, context)

    return connection.execute_wrapper(at_statement)


def test_worker_that_dies_at_any_statement_leaves_the_step_whole(event, track, armed, talk, make_talk):
    now = timezone.now()
    after = make_talk(starts_at=now + SOON * 3, ends_at=now + SOON * 4)
    come(talk)
    due = (row().due_at, talk.pk, 0, True)
    for number in count():
        try:
            with dying_at(number):
                assert run_due(event) == 1
            break
        except Died:
            left = (row().due_at, row().talk_id, row().expected_revision, row().is_armed)
            assert (left, OnAirLog.objects.count(), on_air(track).revision) == (due, 0, 0)
    assert number > 10
    assert (row().is_armed, row().talk, row().due_at) == (True, after, after.starts_at)


def test_step_that_was_held_since_it_was_read_is_not_done(event, track, armed, talk, director):
    come(talk)
    stale = row()
    hold(track=track, actor=director)
    assert automation._run(stale) is False
    assert (on_air(track).talk, row().is_armed, row().is_held) == (None, True, True)


def test_what_a_person_armed_since_it_was_read_stays_armed(event, track, armed, talk, director, command):
    come(talk)
    stale = row()
    command(track, "card", card="break")
    later = timezone.now() + SOON
    Talk.objects.filter(pk=talk.pk).update(starts_at=later)
    arm(track=track, expected_revision=1, actor=director)
    assert automation._run(stale) is False
    assert (row().is_armed, row().due_at, row().expected_revision) == (True, later, 1)


def test_refused_step_is_kept_with_its_reason(event, track, armed, talk):
    come(talk)
    stale = row()
    Talk.objects.filter(pk=talk.pk).update(do_not_stream=True)
    assert automation._run(stale) is False
    assert (row().is_armed, row().outcome) == (False, "do_not_stream")
    assert list(RefusedCommand.objects.values_list("code", "source")) == [("do_not_stream", "automation")]


def test_end_of_the_programme_disarms(event, track, armed, talk):
    come(talk)
    run_due(event)
    assert (row().is_armed, row().outcome) == (False, "nothing_to_arm")


# By way of the control room


def post(client, track, **body):
    address = reverse("streaming:automation", args=[track.event.slug, track.pk])
    return client.post(address, body, content_type="application/json")


def test_control_room_arms_holds_goes_on_and_disarms(client, track, talk, director):
    client.force_login(director)
    answers = [
        post(client, track, step=step, expected_revision=0).status_code
        for step in ("arm", "hold", "release", "disarm")
    ]
    assert answers == [200, 200, 200, 200]
    assert (row().is_armed, row().outcome) == (False, "disarmed")


def test_control_room_says_what_would_happen(client, track, talk, director):
    client.force_login(director)
    address = reverse("streaming:control_room_state", args=[track.event.slug])
    offered = client.get(address).json()["tracks"][0]["automation"]
    assert (offered["is_armed"], offered["step"]["talk"]["talk_id"]) == (False, talk.pk)
    post(client, track, step="arm", expected_revision=0)
    armed = client.get(address).json()["tracks"][0]["automation"]
    assert (armed["is_armed"], armed["by"], armed["step"]) == (True, director.display_name, offered["step"])


@pytest.mark.parametrize(
    "body", [{}, {"step": "jump"}, {"step": "arm"}, {"step": "arm", "expected_revision": -1}]
)
def test_malformed_wish_is_refused(client, track, director, body):
    client.force_login(director)
    assert post(client, track, **body).status_code == 422


def test_stale_wish_is_refused_with_its_code(client, track, talk, director):
    client.force_login(director)
    answer = post(client, track, step="arm", expected_revision=7)
    assert (answer.status_code, answer.json()) == (409, {"code": "stale"})


def log():
    return list(DutyLog.objects.order_by("pk").values_list("step", "actor", "reason"))


def test_each_step_of_a_person_stands_in_the_log(track, armed, director):
    hold(track=track, actor=director)
    disarm(track=track, actor=director)
    assert log() == [("armed", director.pk, ""), ("held", director.pk, ""), ("disarmed", director.pk, "")]


def test_the_log_says_why_it_ended_by_itself(track, armed, talk, director):
    Talk.objects.filter(pk=talk.pk).update(is_published=False)
    run_due(track.event)
    assert log() == [("armed", director.pk, ""), ("disarmed", None, "changed")]


def test_what_was_not_armed_is_not_disarmed_in_the_log(track, director):
    disarm(track=track, actor=director)
    hold(track=track, actor=director)
    assert log() == []
