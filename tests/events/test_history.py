import pytest

from events.enums import Role
from events.services.life import take_step
from events.services.roles import grant_role
from events.states import Verb
from talks.models import TalkSpeaker
from talks.services.cancelling import cancel_talk
from talks.services.programme import rename_speaker
from tests.admin_pages import page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RegistrationFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    event = EventFactory(status="announced", shows_timetable=False)
    DayFactory(event=event)
    return event


@pytest.fixture
def organizer(event, client):
    user = organizer_of(event)
    client.force_login(user)
    return user


def lines(client, thing, language="en"):
    address = page(f"{thing._meta.label_lower.replace('.', '_')}_history", thing.pk)
    answer = client.get(address, headers={"Accept-Language": language})
    return [(line.who, line.text) for line in answer.context["lines"]]


def test_event_tells_its_steps_and_roles_newest_first(event, organizer, client):
    take_step(event=event, verb=Verb.SHOW_TIMETABLE, actor=organizer)
    grant_role(event=event, user=UserFactory(name="Umi"), role=Role.MODERATOR, actor=organizer)
    assert lines(client, event)[:2] == [
        (organizer, "Umi was made moderator."),
        (organizer, "Step: Show the timetable"),
    ]


def test_role_tells_who_gave_it(event, organizer, client):
    grant = grant_role(event=event, user=UserFactory(name="Umi"), role=Role.MODERATOR, actor=organizer)
    assert lines(client, grant) == [(organizer, "Umi was made moderator.")]


def test_talk_tells_that_it_was_cancelled(event, organizer, client):
    talk = TalkFactory(event=event)
    cancel_talk(talk=talk, actor=organizer)
    assert lines(client, talk) == [(organizer, "Cancelled.")]


def test_speaker_tells_the_old_name(event, organizer, client):
    talk, speaker = TalkFactory(event=event, title="Tide"), SpeakerFactory(event=event, name_ja="前")
    TalkSpeaker.objects.create(talk=talk, speaker=speaker)
    speaker.name_ja = "後"
    rename_speaker(speaker=speaker, actor=organizer)
    assert lines(client, speaker) == [(organizer, "Tide: speakers: 前 → 後")]


def test_registration_tells_of_consent_and_of_a_place_taken_back(event, organizer, client):
    row = RegistrationFactory(event=event, attendance="on_site")
    chosen = {"action": "revoke_places", "agreed": "1", "_selected_action": [row.pk]}
    client.post(page("events_registration_changelist"), chosen)
    assert lines(client, row) == [
        (organizer, "Took the place on site back."),
        (row.user, "Registered, and agreed to the consent text 1."),
    ]


def test_edit_by_form_stands_in_the_history_too(event, organizer, client):
    speaker = SpeakerFactory(event=event)
    sent = {"name_ja": "後", "name_en": "After"}
    client.post(page("talks_speaker_change", speaker.pk), sent)
    assert [who for who, _text in lines(client, speaker)] == [organizer]


def test_history_of_an_event_of_others_does_not_exist(organizer, client):
    assert client.get(page("events_event_history", EventFactory().pk)).status_code == 404
