"""The document every viewer reads, and the answers of its address."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import EventStatus, Role
from events.models import LiveCounter
from events.services.revision import touch
from streaming.live import live_document
from streaming.models import Stream
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import SpeakerFactory, TalkFactory

URL = "/api/v1/events/seaside/live"


@pytest.fixture
def stream(track):
    return Stream.objects.create(
        track=track,
        gateway="local",
        desired="running",
        observed="running",
        playback_kind="hls",
        playback_url="/media/streams/x/master.m3u8",
    )


def signed_in(event, *, role=None, registered=False):
    user = UserFactory()
    if role:
        RoleGrantFactory(event=event, user=user, role=role)
    if registered:
        RegistrationFactory(event=event, user=user)
    client = Client()
    client.force_login(user)
    return client


def test_document_says_all_that_a_viewer_may_know(track, make_talk, command, stream):
    talk = make_talk(title="海の見える運用", lang="ja", slides_url="https://example.com/s")
    talk.talk_speakers.create(
        speaker=SpeakerFactory(event=track.event, name_ja="浜 あおい", name_en="Aoi Hama")
    )
    command(track, "take", talk=talk)
    document = live_document(track.event)
    assert set(document) == {"event", "revision", "server_time", "phase", "tracks", "announcement"}
    assert (document["event"], document["phase"], document["revision"]) == ("seaside", "open", 1)
    [shown] = document["tracks"]
    assert shown["on_air"]["title"] == "海の見える運用"
    assert shown["on_air"]["speakers"] == ["浜 あおい"]
    assert shown["on_air"]["slides_url"] == "https://example.com/s"
    assert set(shown["on_air"]) == {
        "talk_id", "title", "lang", "speakers", "starts_at", "ends_at", "slides_url", "since"
    }  # fmt: skip
    assert shown["playback"] == {"kind": "hls", "url": stream.playback_url, "low_latency": False}
    assert (shown["card"], shown["next"], shown["viewers"], shown["revision"]) == (None, None, None, 1)


def test_titles_and_names_are_in_the_talks_language_whoever_reads(track, make_talk, command):
    talk = make_talk(title="Calm at sea", lang="en")
    talk.talk_speakers.create(
        speaker=SpeakerFactory(event=track.event, name_ja="浜 あおい", name_en="Aoi Hama")
    )
    command(track, "take", talk=talk)
    body = Client(headers={"accept-language": "ja"}).get(URL).json()
    assert body["tracks"][0]["on_air"]["speakers"] == ["Aoi Hama"]


def test_times_are_utc_with_milliseconds(track, make_talk, command):
    command(track, "take", talk=make_talk())
    on_air = live_document(track.event)["tracks"][0]["on_air"]
    for name in ("starts_at", "ends_at", "since"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", on_air[name])


def test_next_stands_in_the_document(track, make_talk, command):
    now = timezone.now()
    coming = make_talk(starts_at=now + timedelta(minutes=30), ends_at=now + timedelta(minutes=60))
    command(track, "take", talk=make_talk())
    following = live_document(track.event)["tracks"][0]["next"]
    assert (following["talk_id"], set(following)) == (coming.pk, {"talk_id", "title", "lang", "starts_at"})


@pytest.mark.parametrize("tracks", [1, 3])
def test_document_costs_the_same_few_queries_however_many_tracks(
    event, command, django_assert_num_queries, tracks
):
    for number in range(tracks):
        track = TrackFactory(event=event, name=f"T{number}")
        talk = TalkFactory(event=event, track=track, is_published=True)
        talk.talk_speakers.create(speaker=SpeakerFactory(event=event))
        command(track, "take", talk=talk)
    with django_assert_num_queries(5):
        live_document(event)


def test_open_event_is_public_and_cacheable_for_a_second(track, client):
    response = client.get(URL)
    assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=1")
    assert "Cookie" not in response.get("Vary", "")


def test_etag_is_weak_and_the_events_revision_alone(track, client):
    touch(track.event)
    assert client.get(URL)["ETag"] == 'W/"1"'


def test_known_etag_is_answered_with_304_until_something_changes(track, make_talk, command, client):
    etag = client.get(URL)["ETag"]
    assert client.get(URL, headers={"if-none-match": etag}).status_code == 304
    command(track, "take", talk=make_talk())
    assert client.get(URL, headers={"if-none-match": etag}).status_code == 200


def test_document_is_built_once_per_revision(track, client, django_assert_num_queries):
    client.get(URL)
    with django_assert_num_queries(1):
        client.get(URL)


def test_registered_only_event_is_private(track, event, client):
    event.is_open_to_all = False
    event.save()
    assert client.get(URL).status_code == 401
    assert client.get(URL).json() == {"code": "not_signed_in"}
    assert signed_in(event).get(URL).status_code == 403
    response = signed_in(event, registered=True).get(URL)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-cache")
    assert signed_in(event, role=Role.MODERATOR).get(URL).status_code == 200


def test_draft_is_seen_by_its_staff_alone(track, event, client):
    event.status = EventStatus.DRAFT
    event.save()
    assert client.get(URL).status_code == 404
    assert signed_in(event, registered=True).get(URL).status_code == 404
    assert signed_in(event, role=Role.ORGANIZER).get(URL).status_code == 200


@pytest.mark.parametrize("part", ["live", "me"])
def test_draft_answers_as_what_does_not_exist(track, event, client, part):
    event.status = EventStatus.DRAFT
    event.save()
    there, nowhere = (
        client.get(f"/api/v1/events/{event.slug}/{part}"),
        client.get(f"/api/v1/events/nowhere/{part}"),
    )
    assert (there.status_code, there.content) == (404, nowhere.content)


def test_before_the_doors_only_staff_get_the_picture(track, event, stream, client):
    event.status = EventStatus.ANNOUNCED
    event.save()
    body = client.get(URL).json()
    assert (body["phase"], body["tracks"][0]["playback"]["kind"]) == ("before", "none")
    response = signed_in(event, role=Role.BROADCASTER).get(URL)
    assert response.json()["tracks"][0]["playback"]["url"] == stream.playback_url
    assert response["Cache-Control"] == "private, no-store"


def test_unknown_event_is_404(db, client):
    assert client.get("/api/v1/events/nowhere/live").status_code == 404


def test_me_of_a_stranger(track, client):
    body = client.get("/api/v1/events/seaside/me").json()
    assert body | {"ticket": ""} == {
        "signed_in": False,
        "name": None,
        "registered": False,
        "can_watch": True,
        "can_direct": False,
        "ticket": "",
    }


def test_me_is_never_cached_and_tells_what_i_may_do(track, event):
    response = signed_in(event, role=Role.BROADCASTER).get("/api/v1/events/seaside/me")
    assert response["Cache-Control"] == "private, no-store"
    assert (response.json()["can_direct"], response.json()["signed_in"]) == (True, True)


def test_counter_rises_by_one_per_change(track, make_talk, command):
    for number in range(1, 4):
        command(track, "take", talk=make_talk())
        assert LiveCounter.objects.get(event=track.event).revision == number
