"""What a command does to a track, and why it is refused."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from events.models import LiveCounter
from streaming import errors
from streaming.enums import Source
from streaming.models import Duty, OnAir, OnAirLog
from streaming.services.on_air import ensure_on_air, next_talk, run_command, store_next_talks
from tests.factories.events import TrackFactory
from tests.factories.talks import TalkFactory


def shown(track):
    row = OnAir.objects.get(track=track)
    return row.talk, row.card, row.revision


def revision(event):
    counter = LiveCounter.objects.filter(event=event).first()
    return counter.revision if counter else 0


def age_log(seconds):
    OnAirLog.objects.update(at=timezone.now() - timedelta(seconds=seconds))


def test_track_without_a_talk_shows_the_waiting_card(track):
    row = ensure_on_air(track)
    assert (row.talk, row.card, row.revision) == (None, "waiting", 0)


def test_take_puts_the_talk_on_air_and_raises_both_counters_by_one(track, make_talk, command):
    talk = make_talk()
    outcome = command(track, "take", talk=talk)
    assert outcome.changed
    assert shown(track) == (talk, "", 1)
    assert revision(track.event) == 1


def test_take_writes_one_log_row_with_everything(track, make_talk, command, director):
    first, second = make_talk(), make_talk()
    command(track, "take", talk=first)
    command(track, "take", talk=second, actor=director, source=Source.API, idempotency_key="mine")
    row = OnAirLog.objects.get(track=track, revision=2)
    assert (row.from_talk, row.to_talk, row.from_card, row.to_card) == (first, second, "", "")
    assert (row.actor, row.source, row.command, row.idempotency_key) == (director, "api", "take", "mine")


def test_take_leaves_other_tracks_alone(track, make_talk, command):
    other = TrackFactory(event=track.event, name="B")
    command(other, "take", talk=make_talk(track=other))
    before = shown(other)
    command(track, "take", talk=make_talk())
    assert shown(other) == before


def test_take_of_a_left_over_talk_goes_over_in_one_step(track, make_talk, command):
    yesterday = timezone.now() - timedelta(days=1)
    old = make_talk(starts_at=yesterday, ends_at=yesterday + timedelta(minutes=40))
    command(track, "take", talk=old)
    talk = make_talk()
    command(track, "take", talk=talk)
    assert shown(track) == (talk, "", 2)


def test_take_on_an_old_revision_is_stale_and_carries_the_present_state(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    with pytest.raises(errors.StaleCommand) as refused:
        command(track, "take", talk=make_talk(), expected_revision=0)
    assert refused.value.on_air.talk == talk
    assert shown(track) == (talk, "", 1)


def test_stale_comes_before_no_op(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    with pytest.raises(errors.StaleCommand):
        command(track, "take", talk=talk, expected_revision=0)


def test_take_of_what_is_on_air_changes_nothing(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    outcome = command(track, "take", talk=talk)
    assert (outcome.changed, outcome.replayed) == (False, False)
    assert (shown(track), revision(track.event), OnAirLog.objects.count()) == ((talk, "", 1), 1, 1)


def test_same_key_with_the_same_body_answers_with_the_present_track(track, make_talk, command):
    first, second = make_talk(), make_talk()
    command(track, "take", talk=first, idempotency_key="once")
    command(track, "take", talk=second)
    outcome = command(track, "take", talk=first, idempotency_key="once", expected_revision=0)
    assert (outcome.replayed, outcome.on_air.talk, outcome.on_air.revision) == (True, second, 2)


def test_same_key_with_another_body_is_refused(track, make_talk, command):
    command(track, "take", talk=make_talk(), idempotency_key="once")
    with pytest.raises(errors.KeyReused):
        command(track, "take", talk=make_talk(), idempotency_key="once")


def test_a_refused_command_does_not_use_its_key_up(track, make_talk, command):
    talk = make_talk(is_published=False)
    with pytest.raises(errors.NotPublished):
        command(track, "take", talk=talk, idempotency_key="again")
    talk.is_published = True
    talk.save()
    assert command(track, "take", talk=talk, idempotency_key="again").changed


def test_a_key_belongs_to_its_track(track, make_talk, command):
    other = TrackFactory(event=track.event, name="B")
    command(track, "take", talk=make_talk(), idempotency_key="k")
    assert command(other, "take", talk=make_talk(track=other), idempotency_key="k").changed


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"is_published": False}, errors.NotPublished),
        ({"do_not_stream": True}, errors.DoNotStream),
    ],
)
def test_talk_that_may_not_air_is_refused(track, make_talk, command, fields, error):
    with pytest.raises(error):
        command(track, "take", talk=make_talk(**fields))
    assert OnAirLog.objects.count() == 0


def test_talk_of_another_track_is_refused(track, make_talk, command):
    other = TrackFactory(event=track.event, name="B")
    with pytest.raises(errors.WrongTrack):
        command(track, "take", talk=make_talk(track=other))


def test_talk_of_another_event_is_refused_even_when_it_is_for_all_tracks(track, command):
    with pytest.raises(errors.WrongTrack):
        command(track, "take", talk=TalkFactory(is_published=True, is_for_all_tracks=True))


def test_keynote_goes_on_air_on_several_tracks_at_once(track, make_talk, command):
    other = TrackFactory(event=track.event, name="B")
    keynote = make_talk(is_for_all_tracks=True)
    command(track, "take", talk=keynote)
    command(other, "take", talk=keynote)
    assert [shown(track)[0], shown(other)[0]] == [keynote, keynote]


@pytest.mark.parametrize("card", ["waiting", "break"])
def test_waiting_and_break_end_the_talk(track, make_talk, command, card):
    command(track, "take", talk=make_talk())
    command(track, "card", card=card)
    assert shown(track) == (None, card, 2)


def test_technical_lies_over_the_talk_and_clear_lifts_it(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    since = OnAir.objects.get(track=track).since
    command(track, "card", card="technical")
    assert shown(track) == (talk, "technical", 2)
    command(track, "clear")
    assert shown(track) == (talk, "", 3)
    assert OnAir.objects.get(track=track).since == since


def test_clear_without_a_talk_leaves_the_waiting_card(track, command):
    command(track, "card", card="break")
    command(track, "clear")
    assert shown(track) == (None, "waiting", 2)


def test_undo_restores_what_was_there_before_as_a_new_revision(track, make_talk, command, director):
    first, second = make_talk(), make_talk()
    command(track, "take", talk=first)
    command(track, "take", talk=second)
    command(track, "undo", actor=director)
    assert shown(track) == (first, "", 3)


def test_undo_of_a_card_over_a_talk_restores_the_card(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    command(track, "card", card="technical")
    command(track, "card", card="break")
    command(track, "undo")
    assert shown(track) == (talk, "technical", 4)


def test_undo_cannot_be_undone(track, make_talk, command):
    command(track, "take", talk=make_talk())
    command(track, "undo")
    with pytest.raises(errors.NothingToUndo):
        command(track, "undo")


def test_undo_of_nothing_is_refused(track, command):
    with pytest.raises(errors.NothingToUndo):
        command(track, "undo")


def test_undo_after_30_seconds_is_refused(track, make_talk, command):
    command(track, "take", talk=make_talk())
    age_log(31)
    with pytest.raises(errors.UndoExpired):
        command(track, "undo")


def test_undo_within_30_seconds_is_accepted(track, make_talk, command):
    command(track, "take", talk=make_talk())
    age_log(29)
    assert command(track, "undo").changed


def test_lock_of_somebody_else_refuses(track, make_talk, command, director):
    Duty.objects.create(track=track, person=director, locked_until=timezone.now() + timedelta(seconds=60))
    with pytest.raises(errors.Locked):
        command(track, "take", talk=make_talk())
    assert command(track, "take", talk=make_talk(), actor=director).changed


def test_lock_that_has_run_out_does_not_refuse(track, make_talk, command, director):
    Duty.objects.create(track=track, person=director, locked_until=timezone.now() - timedelta(seconds=1))
    assert command(track, "take", talk=make_talk()).changed


def test_command_line_is_the_last_resort_and_passes_a_lock(track, make_talk, command, director):
    Duty.objects.create(track=track, person=director, locked_until=timezone.now() + timedelta(seconds=60))
    assert command(track, "take", talk=make_talk(), source=Source.COMMAND).changed


def test_talk_on_air_cannot_be_deleted(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    with pytest.raises(ProtectedError):
        talk.delete()


def test_track_with_a_log_cannot_be_deleted(track, make_talk, command):
    command(track, "take", talk=make_talk())
    with pytest.raises(ProtectedError):
        track.delete()


def test_database_refuses_a_track_that_shows_nothing(track):
    ensure_on_air(track)
    with pytest.raises(IntegrityError), transaction.atomic():
        OnAir.objects.filter(track=track).update(talk=None, card="")


def test_next_is_the_earliest_published_talk_that_was_not_on_air_yet(track, make_talk, command):
    now = timezone.now()
    make_talk(starts_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    on = make_talk()
    make_talk(is_published=False, starts_at=now + timedelta(minutes=1), ends_at=now + timedelta(minutes=9))
    make_talk(kind="break", starts_at=now + timedelta(minutes=2), ends_at=now + timedelta(minutes=9))
    coming = make_talk(starts_at=now + timedelta(minutes=30), ends_at=now + timedelta(minutes=70))
    assert next_talk(track) == on
    command(track, "take", talk=on)
    assert OnAir.objects.get(track=track).next_talk == coming


def test_next_names_a_talk_again_whose_take_was_undone(track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    command(track, "undo")
    assert OnAir.objects.get(track=track).next_talk == talk


def test_tick_makes_the_row_of_a_new_track(track, make_talk):
    talk = make_talk()
    store_next_talks(track.event)
    assert OnAir.objects.get(track=track).next_talk == talk


def test_tick_stores_the_next_talk_once_and_touches_the_event_once(track, make_talk):
    ensure_on_air(track)
    talk = make_talk()
    assert store_next_talks(track.event) == 1
    assert store_next_talks(track.event) == 0
    assert OnAir.objects.get(track=track).next_talk == talk
    assert revision(track.event) == 1
    assert shown(track)[2] == 0


def test_a_rolled_back_command_announces_nothing(
    track, make_talk, command, django_capture_on_commit_callbacks
):
    talk = make_talk()

    def take_in_vain():
        with transaction.atomic():
            command(track, "take", talk=talk)
            raise RuntimeError

    with django_capture_on_commit_callbacks() as callbacks:
        with pytest.raises(RuntimeError):
            take_in_vain()
        command(track, "take", talk=talk, expected_revision=0)
    assert len(callbacks) == 1


def test_unknown_command_is_an_error_and_changes_nothing(track):
    with pytest.raises(ValueError, match="nonsense"):
        run_command(
            track=track,
            command="nonsense",
            expected_revision=0,
            idempotency_key="k",
            source=Source.API,
            actor=None,
        )
    assert OnAirLog.objects.count() == 0
