"""Edits of the next timetable."""

from datetime import timedelta

import pytest

from talks.draft_places import draft_place, draft_revision_of, published_place
from talks.models import Draft, DraftChange, Talk
from talks.placing import NOWHERE, Conflict, Place
from talks.services import drafting
from talks.services.cancelling import cancel_talk
from tests.admin_pages import counters
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory
from tests.talks.drafted_day import DraftedDay, at


@pytest.fixture
def day(db):
    return DraftedDay()


@pytest.fixture
def actor(db):
    return UserFactory()


@pytest.fixture
def lanterns(day):
    return day.talk("Lanterns", at(10), at(10, 40))


def move(day, talk, place, actor=None, revision=None):
    revision = draft_revision_of(fresh(talk)) if revision is None else revision
    return drafting.move_talk(
        event=day.event, talk_id=talk.pk, place=place, expected_revision=revision, actor=actor
    )


def fresh(talk):
    return Talk.objects.select_related("placement").get(pk=talk.pk)


def where(talk):
    return draft_place(fresh(talk))


def test_a_move_changes_the_draft_and_nothing_that_is_published(day, lanterns, actor):
    before = published_place(lanterns)
    edited = move(day, lanterns, day.on_b(at(11), at(11, 50)), actor)
    assert where(lanterns) == day.on_b(at(11), at(11, 50))
    assert published_place(fresh(lanterns)) == before
    assert (edited.draft_revision, draft_revision_of(edited.talk), counters(day.event)) == (1, 1, (0, 0))


def test_a_move_is_kept_with_who_from_where_and_to_where(day, lanterns, actor):
    move(day, lanterns, day.on_a(at(11), at(11, 40)), actor)
    change = DraftChange.objects.get()
    times = change.before["starts_at"], change.after["starts_at"]
    assert (change.talk, change.actor, times) == (lanterns, actor, (at(10).isoformat(), at(11).isoformat()))


def test_a_talk_is_taken_off_the_timetable(day, lanterns):
    move(day, lanterns, NOWHERE)
    assert where(lanterns) == NOWHERE


def test_a_time_without_a_track_is_refused(day, lanterns):
    with pytest.raises(drafting.NoTrack):
        move(day, lanterns, Place(None, None, at(11), at(12)))


def test_a_talk_for_all_tracks_stands_on_no_single_one(day):
    keynote = day.waiting("Keynote", is_for_all_tracks=True)
    move(day, keynote, day.on_a(at(9), at(10)))
    assert where(keynote) == Place(None, None, at(9), at(10))


def test_the_place_where_it_stands_already_leaves_no_trace(day, lanterns):
    move(day, lanterns, where(lanterns))
    assert (DraftChange.objects.count(), draft_revision_of(fresh(lanterns))) == (0, 0)


def test_the_second_of_two_editors_is_told_where_the_talk_stands(day, lanterns):
    move(day, lanterns, day.on_a(at(11), at(11, 40)))
    with pytest.raises(drafting.StalePlace) as refusal:
        move(day, lanterns, day.on_a(at(12), at(12, 40)), revision=0)
    assert draft_place(refusal.value.talk) == day.on_a(at(11), at(11, 40))
    assert where(lanterns) == day.on_a(at(11), at(11, 40))


def test_a_conflict_is_refused_and_nothing_is_written(day, lanterns):
    ferries = day.talk("Ferries", at(11), at(11, 40), track=day.b)
    day.speaker(lanterns, ferries)
    with pytest.raises(drafting.PlaceTaken) as refusal:
        move(day, lanterns, day.on_b(at(11, 30), at(12)))
    ids = (lanterns.pk, ferries.pk)
    assert refusal.value.conflicts == [Conflict("track_overlap", ids), Conflict("speaker_twice", ids)]
    assert (where(lanterns), Draft.objects.count()) == (day.on_a(at(10), at(10, 40)), 0)


def test_a_talk_of_another_event_is_unknown(day, lanterns):
    other = DraftedDay("theirs")
    with pytest.raises(drafting.UnknownTalk):
        move(other, lanterns, NOWHERE)


def test_a_cancelled_talk_leaves_its_place_to_another(day, lanterns, actor):
    cancel_talk(talk=lanterns, actor=actor)
    buoys = day.waiting("Buoys")
    move(day, buoys, day.on_a(at(10), at(10, 40)))
    assert where(buoys) == day.on_a(at(10), at(10, 40))


def test_undo_goes_back_one_edit_after_the_other(day, lanterns, actor):
    for hour in (11, 12):
        move(day, lanterns, day.on_a(at(hour), at(hour, 40)), actor)
    places = []
    for _ in range(2):
        drafting.undo_last(event=day.event, actor=actor)
        places.append(where(lanterns).starts_at)
    assert places == [at(11), at(10)]
    with pytest.raises(drafting.NothingToUndo):
        drafting.undo_last(event=day.event, actor=actor)


def test_undo_takes_back_ones_own_edits_only(day, lanterns, actor):
    move(day, lanterns, day.on_a(at(11), at(11, 40)), UserFactory())
    with pytest.raises(drafting.NothingToUndo):
        drafting.undo_last(event=day.event, actor=actor)


def test_undo_does_not_take_back_what_somebody_else_has_moved_since(day, lanterns, actor):
    other = UserFactory()
    move(day, lanterns, day.on_a(at(11), at(11, 40)), actor)
    move(day, lanterns, day.on_a(at(12), at(12, 40)), other)
    with pytest.raises(drafting.MovedSince) as refusal:
        drafting.undo_last(event=day.event, actor=actor)
    assert (where(lanterns).starts_at, refusal.value.by) == (at(12), other)


def test_undo_goes_on_behind_a_step_that_somebody_else_made_impossible(day, lanterns, actor):
    buoys = day.talk("Buoys", at(10), at(10, 40), track=day.b)
    move(day, buoys, day.on_b(at(11), at(11, 40)), actor)
    move(day, lanterns, day.on_a(at(11), at(11, 40)), actor)
    move(day, lanterns, day.on_a(at(12), at(12, 40)), UserFactory())
    with pytest.raises(drafting.MovedSince):
        drafting.undo_last(event=day.event, actor=actor)
    drafting.undo_last(event=day.event, actor=actor)
    assert (where(buoys).starts_at, where(lanterns).starts_at) == (at(10), at(12))


def test_a_talk_goes_into_the_night_and_not_behind_it(day, lanterns, actor):
    midnight = at(23) + timedelta(hours=1)
    hour = timedelta(hours=1)
    move(day, lanterns, day.on_a(midnight, midnight + 2 * hour), actor)
    assert where(lanterns).starts_at == midnight
    with pytest.raises(drafting.PlaceTaken):
        move(day, lanterns, day.on_a(midnight + 3 * hour, midnight + 5 * hour), actor)


def test_a_night_with_a_day_behind_it_belongs_to_that_day(day, lanterns, actor):
    midnight = at(23) + timedelta(hours=1)
    DayFactory(event=day.event, date=at(10).date() + timedelta(days=1))
    with pytest.raises(drafting.PlaceTaken) as refusal:
        move(day, lanterns, day.on_a(midnight, midnight + timedelta(hours=1)), actor)
    assert [conflict.code for conflict in refusal.value.conflicts] == ["outside_day"]


def test_undo_does_not_push_a_talk_into_a_place_that_is_taken_now(day, lanterns, actor):
    buoys = day.waiting("Buoys")
    move(day, lanterns, day.on_a(at(11), at(11, 40)), actor)
    move(day, buoys, day.on_a(at(10), at(10, 40)), UserFactory())
    with pytest.raises(drafting.PlaceTaken):
        drafting.undo_last(event=day.event, actor=actor)
    assert DraftChange.objects.filter(undone_at=None).count() == 2


def test_a_new_entry_waits_for_its_place_and_undo_removes_it(day, actor):
    edited = drafting.add_entry(event=day.event, entry=Talk(title="Tea", kind="break"), actor=actor)
    assert (edited.talk.event, where(edited.talk), edited.talk.is_published) == (day.event, NOWHERE, False)
    undone = drafting.undo_last(event=day.event, actor=actor)
    assert (undone.talk, undone.talk_id, Talk.objects.count()) == (None, edited.talk_id, 0)


def test_imported_places_are_written_with_their_conflicts(day, lanterns, actor):
    buoys = day.waiting("Buoys")
    place = day.on_a(at(10), at(10, 40))
    drafting.place_imported(event=day.event, places={lanterns: place, buoys: place}, actor=actor)
    assert where(buoys) == place
    assert list(DraftChange.objects.values_list("talk", flat=True)) == [buoys.pk]
    assert Draft.objects.get().revision == 1
