import datetime as dt

import pytest
from django.utils import timezone

from events.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory


@pytest.fixture
def event(db):
    return EventFactory(slug="seaside")


@pytest.fixture
def talk(event):
    talk = TalkFactory(event=event, title="停電の夜", abstract="**太字**と<script>alert(1)</script>")
    talk.talk_speakers.create(speaker=SpeakerFactory(event=event, name_ja="灘 ゆうき"))
    return talk


def other_talk(talk, **fields):
    times = {"starts_at": talk.starts_at, "ends_at": talk.ends_at}
    return TalkFactory(**{"event": talk.event, **times, **fields})


def test_talk_page_shows_title_and_people(client, talk):
    text = client.get(talk.get_absolute_url()).text
    assert ('<h1 lang="ja">停電の夜</h1>' in text, "灘 ゆうき" in text) == (True, True)


def test_abstract_is_markdown_without_foreign_code(client, talk):
    text = client.get(talk.get_absolute_url()).text
    assert ("<strong>太字</strong>" in text, "<script>alert" in text) == (True, False)


def test_unpublished_talk_is_not_found_by_strangers(client, event):
    draft = TalkFactory(event=event, is_published=False)
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ORGANIZER, 200), (Role.BROADCASTER, 404), (Role.MODERATOR, 404)]
)
def test_unpublished_talk_is_shown_to_organizers_only(client, event, role, status):
    draft = TalkFactory(event=event, is_published=False)
    client.force_login(RoleGrantFactory(event=event, role=role).user)
    assert client.get(draft.get_absolute_url()).status_code == status


def test_organizer_of_another_event_does_not_see_the_draft(client, event):
    draft = TalkFactory(event=event, is_published=False)
    client.force_login(RoleGrantFactory(role=Role.ORGANIZER).user)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_organizer_is_told_that_the_talk_is_not_published(client, event):
    draft = TalkFactory(event=event, is_published=False)
    client.force_login(RoleGrantFactory(event=event).user)
    assert 'class="bar warning"' in client.get(draft.get_absolute_url()).text


def test_talk_under_another_events_address_is_not_found(client, talk):
    EventFactory(slug="elsewhere")
    assert client.get(f"/elsewhere/talks/{talk.pk}").status_code == 404


def test_talks_at_the_same_time_overlap_and_are_published(client, talk):
    beside = other_talk(talk)
    other_talk(talk, is_published=False)
    other_talk(talk, kind="break")
    later = talk.ends_at
    other_talk(talk, starts_at=later, ends_at=later + dt.timedelta(minutes=5))
    assert list(client.get(talk.get_absolute_url()).context["same_time"]) == [beside]


def test_more_by_the_same_people_leaves_the_talk_itself_out(client, talk):
    again = other_talk(talk)
    again.talk_speakers.create(speaker=talk.speakers.get())
    other_talk(talk)
    assert list(client.get(talk.get_absolute_url()).context["more"]) == [again]


def test_times_stand_in_the_events_zone(client, event):
    starts_at = dt.datetime(2030, 5, 1, 1, 0, tzinfo=dt.UTC)
    talk = TalkFactory(event=event, starts_at=starts_at, ends_at=starts_at + dt.timedelta(minutes=30))
    assert "10:00–10:30" in client.get(talk.get_absolute_url()).text


def test_page_names_its_one_address(client, talk):
    text = client.get(f"{talk.get_absolute_url()}?from=mail").text
    assert f'<link rel="canonical" href="http://localhost:8000{talk.get_absolute_url()}">' in text


def test_talk_without_a_time_has_a_page(client, event):
    talk = TalkFactory(event=event, starts_at=None, ends_at=None, track=None)
    assert client.get(talk.get_absolute_url()).status_code == 200


def test_speakers_page_lists_people_with_published_talks_only(client, event, talk):
    draft = TalkFactory(event=event, is_published=False)
    draft.talk_speakers.create(speaker=SpeakerFactory(event=event))
    people = client.get("/seaside/speakers").context["speakers"]
    assert [person.name_ja for person in people] == ["灘 ゆうき"]


@pytest.mark.parametrize("count", [1, 3])
def test_speakers_page_takes_four_queries(client, event, django_assert_num_queries, count):
    track = TrackFactory(event=event)
    for _ in range(count):
        talk = TalkFactory(event=event, track=track)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
    with django_assert_num_queries(4):
        client.get("/seaside/speakers")


def test_signed_in_person_without_a_role_does_not_see_a_draft(client, event):
    draft = TalkFactory(event=event, is_published=False, starts_at=timezone.now())
    client.force_login(UserFactory())
    assert client.get(draft.get_absolute_url()).status_code == 404
