"""A track's talks move by minutes: published and draft together, or not at all."""

import pytest

from talks.draft_places import draft_place, own_place
from talks.enums import TalkKind
from talks.models import DraftChange, ProgrammeChange, Talk
from talks.placing import Place
from talks.services.cancelling import cancel_talk
from talks.services.drafting import move_talk
from talks.services.shifting import (
    CannotShift,
    ShiftConflicts,
    ShiftWish,
    StaleShift,
    places_of,
    plan_shift,
    put_back,
    shift_talks,
)
from tests.factories.accounts import UserFactory
from tests.talks.drafted_day import DraftedDay, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def day():
    return DraftedDay()


@pytest.fixture
def morning(day):
    """Two talks, a break of twenty minutes, one more talk."""
    one = day.talk("One", at(23, 0), at(23, 10))
    two = day.talk("Two", at(23, 10), at(23, 20))
    pause = day.talk("Break", at(23, 20), at(23, 40), kind=TalkKind.BREAK)
    three = day.talk("Three", at(23, 40), at(23, 50))
    return one, two, pause, three


def wish(day, talk, minutes=5, scope="day", is_running=False):
    return ShiftWish(day.a, talk.pk, minutes, scope, is_running)


def seen(talk):
    return talk.starts_at, talk.ends_at


def spans():
    return {talk.title: (talk.starts_at, talk.ends_at) for talk in Talk.objects.all()}


def do(day, talk, **more):
    return shift_talks(wish=wish(day, talk, **more), seen=seen(talk), actor=UserFactory())


def test_rest_of_the_day_moves_with_its_breaks(day, morning):
    do(day, morning[1])
    assert spans() == {
        "One": (at(23, 0), at(23, 10)),
        "Two": (at(23, 15), at(23, 25)),
        "Break": (at(23, 25), at(23, 45)),
        "Three": (at(23, 45), at(23, 55)),
    }


def test_running_talk_keeps_its_start(day, morning):
    do(day, morning[0], is_running=True)
    assert (spans()["One"], spans()["Two"]) == ((at(23, 0), at(23, 15)), (at(23, 15), at(23, 25)))


def test_break_gives_its_minutes_and_what_follows_stays(day, morning):
    do(day, morning[0], scope="break", is_running=True)
    assert spans() == {
        "One": (at(23, 0), at(23, 15)),
        "Two": (at(23, 15), at(23, 25)),
        "Break": (at(23, 25), at(23, 40)),
        "Three": (at(23, 40), at(23, 50)),
    }


def test_break_for_all_tracks_gives_its_minutes_too(day):
    talk = day.talk("Now", at(22, 0), at(22, 30))
    day.talk("Meanwhile", at(22, 0), at(22, 30), track=day.b)
    day.talk("Pause", at(22, 30), at(22, 40), track=None, is_for_all_tracks=True, kind=TalkKind.BREAK)
    do(day, talk, scope="break", is_running=True)
    assert (spans()["Pause"], spans()["Meanwhile"]) == ((at(22, 35), at(22, 40)), (at(22, 0), at(22, 30)))


def test_break_for_all_tracks_does_not_come_over_the_others(day):
    talk = day.talk("Now", at(22, 0), at(22, 30))
    other = day.talk("Meanwhile", at(22, 0), at(22, 30), track=day.b)
    pause = day.talk("Pause", at(22, 30), at(22, 40), track=None, is_for_all_tracks=True, kind=TalkKind.BREAK)
    with pytest.raises(ShiftConflicts) as refused:
        do(day, talk, minutes=-5, scope="break", is_running=True)
    [conflict] = refused.value.plan.conflicts
    assert set(conflict.talk_ids) == {pause.pk, other.pk}


def test_break_that_is_too_short_refuses(day, morning):
    with pytest.raises(ShiftConflicts) as refused:
        do(day, morning[0], scope="break", minutes=20)
    assert [one.code for one in refused.value.plan.conflicts] == ["too_short"]


def test_one_talk_moves_into_a_gap(day, morning):
    do(day, morning[3], scope="one")
    assert spans()["Three"] == (at(23, 45), at(23, 55))


def test_one_talk_does_not_move_over_the_next(day, morning):
    before = spans()
    with pytest.raises(ShiftConflicts) as refused:
        do(day, morning[0], scope="one")
    [conflict] = refused.value.plan.conflicts
    assert (conflict.code, conflict.talk_ids) == ("track_overlap", (morning[0].pk, morning[1].pk))
    assert spans() == before


def test_a_speaker_on_the_other_track_is_in_the_way(day, morning):
    other = day.talk("Elsewhere", at(23, 50), at(23, 59), track=day.b)
    day.speaker(morning[3], other)
    with pytest.raises(ShiftConflicts) as refused:
        do(day, morning[3], scope="one")
    assert [one.code for one in refused.value.plan.conflicts] == ["speaker_twice"]


def test_what_overlapped_before_does_not_hold_the_shift_up(day, morning):
    day.talk("Twice", at(23, 40), at(23, 50))
    assert [move.talk.title for move in do(day, morning[1]).moves] == ["Two", "Break", "Three", "Twice"]


def test_what_is_for_all_tracks_stays(day, morning):
    closing = day.talk("Closing", at(23, 55), at(23, 59), track=None, is_for_all_tracks=True)
    do(day, morning[1])
    assert spans()["Closing"] == seen(closing)


def test_all_tracks_move_with_what_is_for_all(day, morning):
    day.talk("Pause", at(22, 30), at(22, 40), track=None, is_for_all_tracks=True)
    day.talk("Last", at(22, 40), at(22, 50), track=day.b)
    running = day.talk("Now", at(22, 0), at(22, 30))
    meanwhile = day.talk("Meanwhile", at(22, 10), at(22, 30), track=day.b)
    do(day, running, scope="all", is_running=True)
    found = spans()
    assert (found["Now"], found["Meanwhile"]) == ((at(22, 0), at(22, 35)), seen(meanwhile))
    assert (found["Pause"], found["Last"]) == ((at(22, 35), at(22, 45)), (at(22, 45), at(22, 55)))
    assert found["Three"] == (at(23, 45), at(23, 55))


def test_another_track_stays(day, morning):
    other = day.talk("Elsewhere", at(23, 10), at(23, 20), track=day.b)
    do(day, morning[0])
    assert spans()["Elsewhere"] == seen(other)


def test_draft_that_agrees_moves_too(day, morning):
    two = morning[1]
    place = Place(day.a.pk, None, at(23, 11), at(23, 20))
    for wanted in (place, Place(day.a.pk, None, *seen(two))):
        present = Talk.objects.get(pk=two.pk)
        revision = present.placement.revision if hasattr(present, "placement") else 0
        move_talk(
            event=day.event, talk_id=two.pk, place=wanted, expected_revision=revision, actor=UserFactory()
        )
    do(day, two)
    talk = Talk.objects.get(pk=two.pk)
    assert draft_place(talk) == own_place(talk) == Place(day.a.pk, None, at(23, 15), at(23, 25))


def test_draft_that_moves_the_talk_elsewhere_stays(day, morning):
    three = morning[3]
    place = Place(day.b.pk, None, at(21, 0), at(21, 10))
    move_talk(event=day.event, talk_id=three.pk, place=place, expected_revision=0, actor=UserFactory())
    plan = do(day, morning[1])
    talk = Talk.objects.get(pk=three.pk)
    assert [one.pk for one in plan.apart] == [three.pk]
    assert (draft_place(talk), talk.starts_at) == (place, at(23, 45))


def test_shift_on_top_of_another_is_refused(day, morning):
    drawn = seen(morning[1])
    do(day, morning[1])
    with pytest.raises(StaleShift):
        shift_talks(wish=wish(day, morning[1]), seen=drawn, actor=UserFactory())


def test_cancelled_unpublished_and_strange_talks_cannot_be_shifted(day, morning):
    cancel_talk(talk=morning[0], actor=UserFactory())
    draft = day.talk("Draft", at(22), at(22, 30), is_published=False)
    elsewhere = day.talk("Elsewhere", at(22), at(22, 30), track=day.b)
    for talk in (morning[0], draft, elsewhere):
        with pytest.raises(CannotShift):
            plan_shift(wish(day, talk))


def test_nothing_begins_before_now(day):
    talk = day.talk("Past", at(10), at(11))
    Talk.objects.filter(pk=talk.pk).update(starts_at="2020-01-01T00:00Z", ends_at="2020-01-01T01:00Z")
    plan = plan_shift(wish(day, talk, minutes=-5, scope="one"))
    assert [one.code for one in plan.conflicts] == ["past"]


def test_every_value_is_kept_and_the_viewers_learn_of_it(day, morning, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        do(day, morning[3], scope="one")
    assert list(ProgrammeChange.objects.order_by("field").values_list("talk__title", "field")) == [
        ("Three", "ends_at"),
        ("Three", "starts_at"),
    ]
    assert len(callbacks) == 1
    assert not DraftChange.objects.exists()


def test_shift_is_put_back(day, morning):
    before = spans()
    plan = do(day, morning[0], is_running=True)
    put_back(event=day.event, places=places_of(plan), actor=UserFactory())
    assert spans() == before


def test_talk_moved_since_keeps_all_where_they_are(day, morning):
    plan = do(day, morning[0])
    Talk.objects.filter(pk=morning[3].pk).update(ends_at=at(23, 58))
    before = spans()
    with pytest.raises(StaleShift):
        put_back(event=day.event, places=places_of(plan), actor=UserFactory())
    assert spans() == before
