"""Publishing in bulk, reinstating and putting back take nobody's place, and undo loses nothing."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from talks.models import ProgrammeVersion, Talk
from talks.placing import Place
from talks.services.bookings import PlaceGivenAway
from talks.services.cancelling import cancel_talk, reinstate_talk
from talks.services.drafting import MovedSince, add_entry, move_talk, undo_last
from talks.services.programme import set_published
from talks.services.publishing import DraftConflicts, publish_timetable, restore_version
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RoomFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    event = EventFactory()
    DayFactory(event=event, date=(timezone.now().astimezone(event.zone) + timedelta(days=1)).date())
    return event


@pytest.fixture
def track(event):
    return TrackFactory(event=event)


@pytest.fixture
def ten(event):
    day = event.days.get().date
    return datetime.combine(day, time(10), event.zone)


@pytest.fixture
def make(event, track, ten):
    def make(**fields):
        times = {"starts_at": ten, "ends_at": ten + timedelta(minutes=40)}
        return TalkFactory(**({"event": event, "track": track, "is_published": True} | times | fields))

    return make


def revision(event):
    event.refresh_from_db()
    return (getattr(event, "draft", None) and type(event.draft).objects.get(event=event).revision) or 0


def publish(event):
    return publish_timetable(event=event, expected_revision=revision(event), note="", actor=None)


def test_publishing_by_the_action_does_not_double_book(make):
    make()
    second = make(is_published=False)
    with pytest.raises(PlaceGivenAway):
        set_published(talks=[second], is_published=True, actor=None)
    assert not Talk.objects.get(pk=second.pk).is_published


def test_reinstated_talk_does_not_push_into_its_old_place(make):
    first = make()
    cancel_talk(talk=first, actor=None)
    make()
    with pytest.raises(PlaceGivenAway):
        reinstate_talk(talk=first, actor=None)
    assert Talk.objects.get(pk=first.pk).is_cancelled


def test_undo_never_takes_a_published_entry_away(event, track, ten):
    actor = UserFactory()
    entry = add_entry(event=event, entry=Talk(title="Lunch", kind="break", minutes=30), actor=actor).talk
    place = Place(track.pk, None, ten, ten + timedelta(minutes=30))
    move_talk(event=event, talk_id=entry.pk, place=place, expected_revision=1, actor=actor)
    publish(event)
    undo_last(event=event, actor=actor)
    with pytest.raises(MovedSince):
        undo_last(event=event, actor=actor)
    assert Talk.objects.filter(pk=entry.pk).exists()


def test_undo_keeps_an_entry_that_somebody_wrote_into(event):
    actor = UserFactory()
    entry = add_entry(event=event, entry=Talk(title="Panel", minutes=30), actor=actor).talk
    Talk.objects.filter(pk=entry.pk).update(abstract="Much work")
    with pytest.raises(MovedSince):
        undo_last(event=event, actor=actor)


def test_undo_takes_back_an_entry_as_it_was_made(event):
    actor = UserFactory()
    entry = add_entry(event=event, entry=Talk(title="Panel", minutes=30), actor=actor).talk
    assert undo_last(event=event, actor=actor).talk is None
    assert not Talk.objects.filter(pk=entry.pk).exists()


@pytest.fixture
def two_versions(event, make, ten):
    """The talk stood at ten first; now it stands at eleven."""
    talk, other = make(room=RoomFactory(event=event)), make(track=TrackFactory(event=event))
    later = Place(talk.track_id, talk.room_id, ten + timedelta(hours=1), ten + timedelta(hours=2))
    move_talk(event=event, talk_id=talk.pk, place=later, expected_revision=0, actor=None)
    publish(event)
    return talk, other


def restore(event):
    return restore_version(event=event, number=1, expected_revision=revision(event), actor=None)


def test_version_is_not_put_back_into_a_conflict(event, two_versions):
    speaker = SpeakerFactory(event=event)
    for talk in two_versions:
        talk.talk_speakers.create(speaker=speaker)
    with pytest.raises(DraftConflicts):
        restore(event)
    assert ProgrammeVersion.objects.count() == 2


def test_version_is_put_back_without_a_room_that_is_gone(event, two_versions, ten):
    talk, _ = two_versions
    talk.room.delete()
    restore(event)
    talk.refresh_from_db()
    assert (talk.starts_at, talk.room) == (ten, None)
