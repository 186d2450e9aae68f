"""The automatic slate: up over a talk that is lost, down when the picture is back, and people first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.enums import Command, Source
from streaming.errors import StaleCommand
from streaming.models import AutomaticSlate, Automation, Duty, DutyLog, OnAir, OnAirLog, Stream
from streaming.services import slate
from streaming.services.automation import arm, past_slates, run_due
from streaming.services.on_air import ensure_on_air, run_command
from streaming.services.slate import consider, switch_slate
from streaming.slate_rules import STABLE
from streaming.states import Desired, Observed
from talks.models import Talk
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory

SECOND = timedelta(seconds=1)


@pytest.fixture
def stream(track):
    own = {"desired": Desired.RUNNING, "observed": Observed.RUNNING}
    stream = Stream.objects.create(track=track, gateway="ivs", **own)
    switch_slate(stream=stream, is_automatic=True, actor=None)
    return stream


@pytest.fixture
def talk(make_talk):
    return make_talk(title="Now")


@pytest.fixture
def on(stream, track, talk, command):
    """The talk is on air, and the picture is good."""
    command(track, "take", talk=talk)
    return Clock(stream)


class Clock:
    """The answers of the service, a second apart."""

    def __init__(self, stream):
        self.stream, self.now = stream, timezone.now()

    def answers(self, is_lost, times=1):
        acted = []
        for _ in range(times):
            self.now += SECOND
            acted.append(consider(stream=self.stream, is_lost=is_lost, now=self.now))
        return acted

    def loses(self):
        return self.answers(True)

    def comes_back(self):
        return self.answers(False, times=int(STABLE.total_seconds()) + 1)


def shown(track):
    row = OnAir.objects.select_related("talk").get(track=track)
    return (row.talk.title if row.talk else None, row.card)


def told(track):
    rows = OnAirLog.objects.filter(track=track).order_by("revision")
    return list(rows.values_list("command", "source"))


UP, DOWN = (Command.CARD, Source.HEALTH), (Command.CLEAR, Source.HEALTH)
TAKEN = (Command.TAKE, Source.CONSOLE)


def test_loss_covers_the_talk_which_stays_on_air(on, track):
    since = OnAir.objects.get().since
    assert on.loses() == [True]
    assert (shown(track), OnAir.objects.get().since) == (("Now", "technical"), since)
    assert told(track) == [TAKEN, UP]


def test_picture_back_lifts_it_after_some_seconds(on, track):
    on.loses()
    assert on.answers(False, times=6) == [False] * 5 + [True]
    assert shown(track) == ("Now", "")
    assert told(track) == [TAKEN, UP, DOWN]
    assert AutomaticSlate.objects.get().lost_since is None


def test_picture_that_comes_and_goes_leaves_it_up(on, track):
    on.loses()
    for _ in range(4):
        on.answers(False, times=3)
        on.loses()
    assert told(track) == [TAKEN, UP]


def test_next_loss_covers_the_talk_again(on, track):
    on.loses()
    on.comes_back()
    on.answers(False)
    on.loses()
    assert told(track) == [TAKEN, UP, DOWN, UP]


@pytest.mark.parametrize("is_lost", [None, False])
def test_what_is_unknown_or_well_does_nothing(on, track, is_lost):
    assert on.answers(is_lost, times=9) == [False] * 9
    assert shown(track) == ("Now", "")


def test_unknown_does_not_lift_it(on, track):
    on.loses()
    assert on.answers(None, times=20) == [False] * 20
    assert shown(track) == ("Now", "technical")


def test_without_a_talk_there_is_nothing_to_cover(stream, track):
    ensure_on_air(track)
    Clock(stream).loses()
    assert (shown(track), told(track)) == ((None, "waiting"), [])


def test_talk_that_comes_on_air_without_a_picture_is_covered(stream, track, talk, command):
    clock = Clock(stream)
    clock.loses()
    command(track, "take", talk=talk)
    clock.loses()
    assert told(track) == [TAKEN, UP]


def test_switched_off_it_does_nothing(on, stream, track):
    switch_slate(stream=stream, is_automatic=False, actor=None)
    on.loses()
    assert shown(track) == ("Now", "")


def test_switched_off_meanwhile_it_leaves_its_card_to_people(on, stream, track):
    on.loses()
    switch_slate(stream=stream, is_automatic=False, actor=None)
    on.comes_back()
    assert shown(track) == ("Now", "technical")


def test_switched_on_again_it_knows_its_card(on, stream, track):
    on.loses()
    switch_slate(stream=stream, is_automatic=False, actor=None)
    switch_slate(stream=stream, is_automatic=True, actor=None)
    on.loses()
    on.comes_back()
    assert told(track) == [TAKEN, UP, DOWN]


def test_card_of_a_person_is_not_lifted(on, track, command):
    command(track, "card", card="technical")
    on.loses()
    on.comes_back()
    assert shown(track) == ("Now", "technical")


# People act


def lift(command, track, **fields):
    command(track, "clear")


def undo(command, track, **fields):
    command(track, "undo")


def pause(command, track, **fields):
    command(track, "card", card="break")


def other_talk(command, track, talk):
    command(track, "take", talk=talk)


def lift_and_cover(command, track, **fields):
    command(track, "clear")
    command(track, "card", card="technical")


@pytest.mark.parametrize(
    ("acts", "left"),
    [
        (lift, ("Now", "")),
        (undo, ("Now", "")),
        (pause, (None, "break")),
        (other_talk, ("Other", "")),
        (lift_and_cover, ("Now", "technical")),
    ],
)
def test_what_a_person_does_stays_for_the_whole_loss_and_after_it(on, track, make_talk, command, acts, left):
    other = make_talk(title="Other")
    on.loses()
    acts(command, track, talk=other)
    on.answers(True, times=5)
    assert shown(track) == left
    on.comes_back()
    assert shown(track) == left


def test_loss_after_that_is_covered_again(on, track, command):
    on.loses()
    command(track, "clear")
    on.comes_back()
    on.answers(False)
    on.loses()
    assert shown(track) == ("Now", "technical")


def test_loss_that_comes_back_within_seconds_is_still_the_one_that_a_person_uncovered(on, track, command):
    on.loses()
    command(track, "clear")
    on.answers(False, times=3)
    on.answers(True, times=3)
    assert shown(track) == ("Now", "")


def test_person_at_the_same_moment_wins_and_the_slate_gives_up(on, stream, track, command):
    """Both saw the same revision; the person's command was first."""
    row, seen = AutomaticSlate.objects.get(), ensure_on_air(track)
    slate._note(row, True, seen, on.now)
    command(track, "card", card="break")
    assert slate._command(row, slate.Act.PUT_UP, seen) is False
    assert AutomaticSlate.objects.get().is_left is True
    assert shown(track) == (None, "break")


def test_person_who_comes_second_is_refused_as_stale(on, track, talk):
    seen = ensure_on_air(track).revision
    on.loses()
    with pytest.raises(StaleCommand):
        run_command(
            track=track,
            command="card",
            card="break",
            expected_revision=seen,
            idempotency_key="late",
            source=Source.CONSOLE,
            actor=None,
        )
    assert shown(track) == ("Now", "technical")


def test_two_workers_put_up_one_card(on, track):
    seen = ensure_on_air(track)
    rows = [AutomaticSlate.objects.get() for _ in range(2)]
    slate._note(rows[0], True, seen, on.now)
    assert [slate._command(row, slate.Act.PUT_UP, seen) for row in rows] == [True, False]
    assert (told(track), AutomaticSlate.objects.get().is_left) == ([TAKEN, UP], False)


def test_another_worker_finds_the_card_in_the_log(on, track):
    on.loses()
    Clock(Stream.objects.select_related("track__event").get()).comes_back()
    assert told(track) == [TAKEN, UP, DOWN]


def test_lock_of_a_person_does_not_prevent_it(on, track):
    Duty.objects.create(track=track, person=UserFactory(), locked_until=timezone.now() + timedelta(minutes=1))
    on.loses()
    on.comes_back()
    assert told(track) == [TAKEN, UP, DOWN]


def test_other_tracks_stay_as_they_are(on, track, make_talk, command):
    other = TrackFactory(event=track.event)
    command(other, "take", talk=make_talk(track=other, title="There"))
    on.loses()
    assert shown(other) == ("There", "")


# The timetable


@pytest.fixture
def armed(on, track, make_talk, director):
    """The next talk starts in five minutes, and somebody has armed that."""
    start = timezone.now() + timedelta(minutes=5)
    upcoming = make_talk(title="Next", starts_at=start, ends_at=start + timedelta(minutes=5))
    arm(track=track, expected_revision=1, actor=director)
    return upcoming


def comes(talk):
    moment = timezone.now() - SECOND
    Talk.objects.filter(pk=talk.pk).update(starts_at=moment)
    Automation.objects.update(due_at=moment)


def test_slate_disarms_nothing(on, armed):
    on.loses()
    on.comes_back()
    assert Automation.objects.get().is_armed
    assert list(DutyLog.objects.values_list("step", flat=True)) == ["armed", "slate_on"]


@pytest.mark.parametrize("is_back", [False, True])
def test_timetable_goes_on_after_a_slate(on, event, track, armed, is_back):
    on.loses()
    if is_back:
        on.comes_back()
    comes(armed)
    assert run_due(event) == 1
    assert shown(track) == ("Next", "")


def test_talk_that_the_timetable_takes_during_the_loss_is_covered_too(on, event, track, armed):
    on.loses()
    comes(armed)
    run_due(event)
    on.loses()
    assert shown(track) == ("Next", "technical")
    on.comes_back()
    assert shown(track) == ("Next", "")


def test_person_after_the_slate_stops_the_timetable_as_ever(on, event, track, armed, command):
    on.loses()
    command(track, "clear")
    assert not Automation.objects.get().is_armed


def test_only_slates_are_passed_over(on, track, command):
    on.loses()
    on.comes_back()
    assert past_slates(track, 1) == 3
    command(track, "card", card="technical")
    assert past_slates(track, 1) == 3
    assert past_slates(track, 0) == 0


# The switch


def test_switch_is_logged_and_told_once(track, director, django_capture_on_commit_callbacks):
    stream = Stream.objects.create(track=track, gateway="local")
    with django_capture_on_commit_callbacks() as sent:
        answers = [switch_slate(stream=stream, is_automatic=True, actor=director) for _ in range(2)]
    assert (answers, len(sent)) == ([True, False], 1)
    switch_slate(stream=stream, is_automatic=False, actor=director)
    rows = DutyLog.objects.order_by("pk").values_list("step", "actor")
    assert list(rows) == [("slate_on", director.pk), ("slate_off", director.pk)]


def test_by_default_it_is_off(track, make_talk, command):
    stream = Stream.objects.create(track=track, gateway="local")
    command(track, "take", talk=make_talk())
    assert Clock(stream).loses() == [False]
