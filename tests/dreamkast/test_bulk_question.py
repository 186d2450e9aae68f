import pytest

from talks.models import Talk
from tests.admin_pages import page
from tests.admin_rows import organizer_of
from tests.factories.events import EventFactory
from tests.factories.talks import TalkFactory

EN = {"Accept-Language": "en"}


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def organizer(event, client):
    client.force_login(organizer_of(event))


def act(client, action, *talks, **more):
    chosen = {"action": action, "_selected_action": [talk.pk for talk in talks], **more}
    return client.post(page("talks_talk_changelist"), chosen, headers=EN)


def cancelled(*talks):
    for talk in talks:
        talk.refresh_from_db()
    return [talk.is_cancelled for talk in talks]


def test_bulk_cancel_asks_first_and_names_talks_and_consequences(event, organizer, client):
    talk = TalkFactory(event=event, title="Tide")
    html = act(client, "cancel", talk).content.decode()
    assert cancelled(talk) == [False]
    assert "<li>Tide</li>" in html
    assert "and so in subscribed calendars" in html
    assert "0 people have chosen one." in html


def test_bulk_cancel_is_done_when_agreed_to(event, organizer, client):
    talks = [TalkFactory(event=event) for _ in range(2)]
    act(client, "cancel", *talks, agreed="2")
    assert cancelled(*talks) == [True, True]


def test_all_rows_are_asked_for_anew_when_there_are_more_by_now(event, organizer, client):
    talks = [TalkFactory(event=event) for _ in range(2)]
    answer = act(client, "cancel", talks[0], select_across="1", agreed="1")
    assert (answer.context["count"], cancelled(*talks)) == (2, [False, False])


def test_talks_of_others_are_neither_named_nor_cancelled(event, organizer, client):
    theirs = TalkFactory(title="Theirs")
    html = act(client, "cancel", theirs, TalkFactory(event=event)).content.decode()
    act(client, "cancel", theirs, TalkFactory(event=event), agreed="1")
    assert ("Theirs" in html, cancelled(theirs)) == (False, [False])


def test_refused_talk_is_named_and_holds_up_no_other(event, organizer, client):
    free = TalkFactory(event=event, title="Free")
    stands = TalkFactory(event=event)
    given = TalkFactory(event=event, title="Given away", track=stands.track)
    Talk.objects.filter(pk__in=[free.pk, given.pk]).update(cancelled_at=given.starts_at)
    answer = act(client, "reinstate", given, free, agreed="2")
    said = [str(message) for message in client.get(answer["Location"], headers=EN).context["messages"]]
    assert (cancelled(free, given), [text.partition(":")[0] for text in said]) == (
        [False, True],
        ["1 talk changed.", "Given away"],
    )
