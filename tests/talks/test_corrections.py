import json

import pytest

from events.enums import Role
from events.models import LiveCounter
from talks.models import ProgrammeChange, Talk
from talks.rules import can_correct_title
from talks.services.corrections import TitleChangedMeanwhile, TitleRefused, correct_title
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory
from tests.factories.talks import TalkFactory


@pytest.fixture
def talk(db):
    return TalkFactory(title="Before", lang="en", is_published=True)


def revision(event):
    return LiveCounter.objects.filter(event=event).values_list("revision", flat=True).first() or 0


def frames_of(callbacks):
    return [callback.args for callback in callbacks]


def test_a_correction_is_stored_with_what_was_there_before(talk):
    actor = UserFactory()
    correct_title(talk=talk, title="After", lang="ja", actor=actor)
    talk.refresh_from_db()
    assert (talk.title, talk.lang) == ("After", "ja")
    changes = ProgrammeChange.objects.order_by("pk").values_list("field", "before", "after", "actor")
    assert list(changes) == [
        ("title", "Before", "After", actor.pk),
        ("lang", "en", "ja", actor.pk),
    ]


def test_a_correction_tells_the_viewers_once_with_the_whole_row(talk, django_capture_on_commit_callbacks):
    before = revision(talk.event)
    with django_capture_on_commit_callbacks() as callbacks:
        correct_title(talk=talk, title="After", lang="en", actor=None)
    ((group, message),) = frames_of(callbacks)
    frame = json.loads(message["text"])
    assert group == f"event.{talk.event_id}"
    assert (frame["kind"], frame["revision"]) == ("programme.changed", before + 1)
    (row,) = frame["body"]["talks"]
    assert (row["talk_id"], row["title"], row["lang"]) == (talk.pk, "After", "en")
    assert set(row) == {
        "talk_id",
        "title",
        "lang",
        "speakers",
        "starts_at",
        "ends_at",
        "track_id",
        "is_published",
        "is_cancelled",
        "slides_url",
    }


def test_nothing_is_told_when_nothing_changed(talk, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        correct_title(talk=talk, title="  Before ", lang="en", actor=None)
    assert callbacks == []
    assert ProgrammeChange.objects.count() == 0
    assert revision(talk.event) == 0


def test_a_draft_is_corrected_in_silence(django_capture_on_commit_callbacks, db):
    draft = TalkFactory(title="Before", is_published=False)
    with django_capture_on_commit_callbacks() as callbacks:
        correct_title(talk=draft, title="After", lang=draft.lang, actor=None)
    assert callbacks == []
    assert Talk.objects.get(pk=draft.pk).title == "After"


@pytest.mark.parametrize(("title", "lang"), [("", "ja"), ("   ", "ja"), ("x" * 201, "ja"), ("Fine", "fr")])
def test_a_title_that_cannot_be_is_refused(talk, title, lang):
    with pytest.raises(TitleRefused):
        correct_title(talk=talk, title=title, lang=lang, actor=None)
    talk.refresh_from_db()
    assert talk.title == "Before"


def test_a_correction_on_top_of_another_one_is_refused_with_the_present_title(talk):
    correct_title(talk=talk, title="Theirs", lang="en", actor=None, drawn_title="Before")
    with pytest.raises(TitleChangedMeanwhile) as refused:
        correct_title(talk=talk, title="Mine", lang="en", actor=None, drawn_title="Before")
    assert refused.value.talk.title == "Theirs"
    talk.refresh_from_db()
    assert talk.title == "Theirs"


def test_the_same_correction_twice_is_no_conflict(talk):
    correct_title(talk=talk, title="After", lang="en", actor=None, drawn_title="Before")
    correct_title(talk=talk, title="After", lang="en", actor=None, drawn_title="Before")
    assert ProgrammeChange.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.ORGANIZER, True), (Role.BROADCASTER, True), (Role.MODERATOR, False), (Role.RECEPTION, False)],
)
def test_who_may_correct_a_title(talk, role, may):
    user = UserFactory()
    RoleGrantFactory(event=talk.event, user=user, role=role)
    assert can_correct_title(user, talk) is may


def test_a_role_in_another_event_is_none_here(talk):
    user = UserFactory()
    RoleGrantFactory(event=EventFactory(), user=user, role=Role.ORGANIZER)
    assert can_correct_title(user, talk) is False
