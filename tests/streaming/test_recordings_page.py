"""The page of recordings: what it shows, what it takes, and that typed edges are not lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.enums import Role
from events.services.roles import grant_role
from streaming.enums import RecordingState
from streaming.models import Recording, Stream
from streaming.selectors.recordings import recordings_of
from talks.models import Talk, TalkVideo
from tests.factories.accounts import UserFactory
from tests.factories.events import TrackFactory

START = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def archive(settings):
    settings.ARCHIVE_URL = "https://archive.example.org"


@pytest.fixture
def director(event, client):
    user = UserFactory()
    grant_role(event=event, user=user, role=Role.BROADCASTER, actor=None)
    client.force_login(user)
    return user


def recorded(track, make_talk, **facts):
    stream, _ = Stream.objects.get_or_create(track=track, defaults={"gateway": "medialive"})
    edges = {"starts_at": START, "ends_at": START + timedelta(minutes=30)}
    proposed = {"proposed_start": START, "proposed_end": edges["ends_at"]}
    own = {"talk": make_talk(title="監視の夜", is_published=True), "source": "harvest", **edges, **proposed}
    return Recording.objects.create(track=track, stream=stream, **own | facts)


def done(track, make_talk):
    facts = {"state": RecordingState.DONE, "round": 1, "cut_path": "archive/x/1/index.m3u8"}
    cut = {"cut_start": START, "cut_end": START + timedelta(minutes=30)}
    return recorded(track, make_talk, **facts, **cut)


def page(client, event):
    url = reverse("streaming:recordings", args=[event.slug])
    return client.get(url, headers={"Accept-Language": "en"}).content.decode()


def send(client, recording, step, **fields):
    url = reverse("streaming:recording", args=[recording.talk.event.slug, recording.pk])
    sent = {"step": step, "round": recording.round, **fields}
    answer = client.post(url, sent, headers={"Accept-Language": "en"})
    recording.refresh_from_db()
    return answer


def test_edges_are_shown_in_the_events_zone(client, director, event, track, make_talk):
    recorded(track, make_talk)
    assert 'value="2026-11-22 10:00:00"' in page(client, event)


def test_edges_are_read_in_the_events_zone(client, director, track, make_talk):
    recording = recorded(track, make_talk)
    answer = send(client, recording, "edges", starts_at="2026-11-22 10:00:05", ends_at="2026-11-22 10:29:00")
    assert answer.status_code == 302
    assert recording.starts_at == START + timedelta(seconds=5)
    assert recording.ends_at == START + timedelta(minutes=29)


def test_typed_edges_count_also_when_only_the_cut_was_pressed(client, director, track, make_talk):
    recording = recorded(track, make_talk)
    answer = send(client, recording, "cut", starts_at="2026-11-22 10:00:05", ends_at="2026-11-22 10:29:00")
    assert answer.status_code == 302
    assert (recording.state, recording.starts_at) == (RecordingState.WANTED, START + timedelta(seconds=5))


def test_nothing_is_cut_between_bad_edges(client, director, track, make_talk):
    recording = recorded(track, make_talk)
    answer = send(client, recording, "cut", starts_at="2026-11-22 11:00:00", ends_at="2026-11-22 10:29:00")
    assert (answer.status_code, recording.state) == (409, RecordingState.PROPOSED)
    assert 'value="2026-11-22 11:00:00"' in answer.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [("nonsense", "2026-11-22 10:29:00", 422), ("2026-11-22 11:00:00", "2026-11-22 10:29:00", 409)],
)
def test_bad_edges_come_back_as_typed(client, director, track, make_talk, start, end, status):
    recording = recorded(track, make_talk)
    answer = send(client, recording, "edges", starts_at=start, ends_at=end)
    assert answer.status_code == status
    assert f'value="{start}"' in answer.content.decode()
    assert recording.starts_at == START


def test_a_cut_is_asked_for(client, director, track, make_talk):
    recording = recorded(track, make_talk)
    assert send(client, recording, "cut").status_code == 302
    assert (recording.state, recording.round) == (RecordingState.WANTED, 1)


def test_a_cut_is_published_and_taken_down(client, director, track, make_talk):
    recording = done(track, make_talk)
    send(client, recording, "publish")
    assert TalkVideo.objects.get().url == "https://archive.example.org/archive/x/1/index.m3u8"
    send(client, recording, "take_down")
    assert not TalkVideo.objects.exists()


def test_a_marked_talk_offers_no_cut_and_refuses_one(client, director, event, track, make_talk):
    recording = recorded(track, make_talk)
    Talk.objects.update(do_not_record=True)
    assert 'value="cut"' not in page(client, event)
    assert send(client, recording, "cut").status_code == 409


def test_a_failure_shows_the_request_id(client, director, event, track, make_talk):
    recorded(track, make_talk, state="failed", error="AccessDenied", request_id="request-7")
    shown = page(client, event)
    assert "AccessDenied" in shown
    assert "request-7" in shown


def test_another_events_recording_is_not_there(client, director, event, make_talk):
    recording = recorded(TrackFactory(), make_talk)
    Talk.objects.filter(pk=recording.talk_id).update(event=recording.track.event)
    url = reverse("streaming:recording", args=[event.slug, recording.pk])
    assert client.post(url, {"step": "cut", "round": 0}).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(
    client, director, event, track, make_talk, number, django_assert_num_queries
):
    for _ in range(number):
        recorded(track, make_talk)
    with django_assert_num_queries(2):
        assert len(recordings_of(event)) == number
