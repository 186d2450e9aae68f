"""The draft becomes what everybody sees, and an earlier version comes back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talks.draft_places import draft_place, draft_revision_of, published_place
from talks.models import ProgrammeChange, ProgrammeVersion, Talk
from talks.placing import NOWHERE
from talks.services import drafting, publishing
from tests.admin_pages import counters
from tests.factories.accounts import UserFactory
from tests.factories.events import RoomFactory
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


def fresh(talk):
    return Talk.objects.select_related("placement").get(pk=talk.pk)


def place(day, actor, **places):
    """Write the draft as an import does: conflicts too."""
    talks = {fresh(Talk.objects.get(title=title)): place for title, place in places.items()}
    drafting.place_imported(event=day.event, places=talks, actor=actor)


def revision(day):
    day.event.refresh_from_db()
    return day.event.draft.revision


def publish(day, actor, expected=None, note=""):
    expected = revision(day) if expected is None else expected
    return publishing.publish_timetable(event=day.event, expected_revision=expected, note=note, actor=actor)


def restore(day, number, actor, expected=None):
    expected = revision(day) if expected is None else expected
    return publishing.restore_version(event=day.event, number=number, expected_revision=expected, actor=actor)


def stands(talk):
    talk = fresh(talk)
    return published_place(talk), draft_place(talk)


def test_publishing_moves_adds_and_removes(day, lanterns, actor):
    day.talk("Ferries", at(11), at(11, 40))
    buoys = day.waiting("Buoys")
    place(day, actor, Lanterns=day.on_b(at(10), at(10, 40)), Ferries=NOWHERE, Buoys=day.on_a(at(12), at(13)))
    version = publish(day, actor, note="First")
    assert stands(lanterns) == (day.on_b(at(10), at(10, 40)),) * 2
    assert stands(buoys) == (day.on_a(at(12), at(13)),) * 2
    assert stands(Talk.objects.get(title="Ferries")) == (NOWHERE, NOWHERE)
    assert Talk.objects.published().count() == 2
    assert (version.actor, version.note, sorted(version.placements)) == (
        actor,
        "First",
        sorted([str(lanterns.pk), str(buoys.pk)]),
    )


def moved_to_b(slug, count, actor):
    """So many talks stand on track A in rooms of their own, and the draft has them on track B."""
    day, five = DraftedDay(slug), timedelta(minutes=5)
    starts = [at(8) + number * five for number in range(count)]
    talks = [day.talk("Talk", start, start + five, room=RoomFactory(event=day.event)) for start in starts]
    places = {talk: day.on_b(talk.starts_at, talk.ends_at) for talk in map(fresh, talks)}
    drafting.place_imported(event=day.event, places=places, actor=actor)
    return day


def asked(command):
    with CaptureQueriesContext(connection) as context:
        command()
    return len(context)


def test_thirty_moves_are_published_in_as_many_queries_as_one(actor, db):
    counts = []
    for count in (1, 30):
        day = moved_to_b(f"of-{count}", count, actor)
        revision(day)
        counts.append(
            (asked(lambda day=day: publish(day, actor)), asked(lambda day=day: restore(day, 1, actor)))
        )
        assert {fresh(talk).track for talk in day.event.talks.all()} == {day.a}
    assert counts[0] == counts[1]


def test_a_talk_that_is_taken_off_keeps_its_length(day, lanterns, actor):
    place(day, actor, Lanterns=NOWHERE)
    publish(day, actor)
    assert fresh(lanterns).minutes == 40


def test_publishing_is_told_once_and_kept_field_by_field(
    day, lanterns, actor, django_capture_on_commit_callbacks
):
    place(day, actor, Lanterns=day.on_a(at(10, 10), at(10, 50)))
    with django_capture_on_commit_callbacks() as callbacks:
        publish(day, actor)
    assert (len(callbacks), counters(day.event)[0]) == (1, 1)
    fields = ProgrammeChange.objects.order_by("field").values_list("field", "actor")
    assert list(fields) == [("ends_at", actor.pk), ("starts_at", actor.pk)]


def test_the_first_version_is_what_stood_before(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)))
    assert publish(day, actor).number == 2
    first = ProgrammeVersion.objects.get(number=1)
    assert first.placements[str(lanterns.pk)]["starts_at"] == at(10).isoformat()


def test_a_draft_that_somebody_changed_meanwhile_is_not_published(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)))
    seen = revision(day)
    place(day, actor, Lanterns=day.on_a(at(12), at(12, 40)))
    with pytest.raises(publishing.StaleDraft):
        publish(day, actor, expected=seen)
    assert published_place(fresh(lanterns)).starts_at == at(10)


def test_nothing_is_published_while_anything_conflicts(day, lanterns, actor):
    day.talk("Ferries", at(11), at(11, 40))
    buoys = day.waiting("Buoys")
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)), Buoys=day.on_b(at(9), at(10)))
    before = revision(day)
    with pytest.raises(publishing.DraftConflicts) as refusal:
        publish(day, actor)
    assert [conflict.code for conflict in refusal.value.conflicts] == ["track_overlap"]
    assert (published_place(fresh(buoys)), revision(day)) == (NOWHERE, before)
    assert ProgrammeVersion.objects.count() == 0


def test_what_is_published_already_makes_no_version(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(10), at(10, 40)))
    with pytest.raises(publishing.NothingToPublish):
        publish(day, actor)


def test_a_version_comes_back_as_published_and_as_draft(day, lanterns, actor):
    buoys = day.waiting("Buoys")
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)), Buoys=day.on_a(at(10), at(10, 40)))
    publish(day, actor)
    place(day, actor, Lanterns=day.on_b(at(15), at(16)))
    version = restore(day, 1, actor)
    assert stands(lanterns) == (day.on_a(at(10), at(10, 40)),) * 2
    assert stands(buoys) == (NOWHERE, NOWHERE)
    assert (version.number, list(version.placements)) == (3, [str(lanterns.pk)])


def test_whoever_holds_a_talk_while_a_version_comes_back_holds_an_older_one(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)))
    publish(day, actor)
    held = draft_revision_of(fresh(lanterns))
    restore(day, 1, actor)
    with pytest.raises(drafting.StalePlace):
        drafting.move_talk(
            event=day.event, talk_id=lanterns.pk, place=NOWHERE, expected_revision=held, actor=actor
        )


def test_a_restore_over_a_changed_draft_is_refused(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)))
    publish(day, actor)
    seen = revision(day)
    place(day, actor, Lanterns=day.on_a(at(12), at(12, 40)))
    with pytest.raises(publishing.StaleDraft):
        restore(day, 1, actor, expected=seen)
    assert draft_place(fresh(lanterns)).starts_at == at(12)


def test_a_version_that_never_was_cannot_come_back(day, lanterns, actor):
    place(day, actor, Lanterns=day.on_a(at(11), at(11, 40)))
    with pytest.raises(ProgrammeVersion.DoesNotExist):
        restore(day, 9, actor)
