"""Who gets which file of a local stream."""

import pytest

from events.enums import EventStatus, Role
from streaming.media.local import LocalGateway, folder_of
from streaming.services import streams
from streaming.services.reconcile import spec_of
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, RoleGrantFactory


@pytest.fixture
def stream(track, settings, tmp_path):
    settings.STREAMS_DIR = tmp_path
    stream = streams.ensure_stream(track, "local")
    folder = folder_of(stream.public_id)
    folder.mkdir()
    for name in ["master.m3u8", "video.m3u8", "audio-17.ts", "lock", "clock.txt", "ffmpeg.log"]:
        (folder / name).write_text(f"content of {name}")
    return stream


@pytest.fixture
def fetch(client, stream):
    def get(name="master.m3u8"):
        return client.get(f"/media/streams/{stream.public_id}/{name}")

    return get


def set_event(stream, **fields):
    event = stream.track.event
    for name, value in fields.items():
        setattr(event, name, value)
    event.save()
    return event


def test_a_playlist_is_never_kept(fetch):
    response = fetch("video.m3u8")
    assert (response.status_code, response.content) == (200, b"content of video.m3u8")
    assert response["Content-Type"] == "application/vnd.apple.mpegurl"
    assert response["Cache-Control"] == "no-cache"


def test_a_segment_never_changes(fetch):
    response = fetch("audio-17.ts")
    assert (response.status_code, response["Content-Type"]) == (200, "video/mp2t")
    assert response["Cache-Control"] == "public, max-age=300, immutable"


def test_the_gateway_names_the_address_of_the_playlist(client, stream):
    look = LocalGateway().look(spec_of(stream))
    assert client.get(look.playback_url).content == b"content of master.m3u8"


@pytest.mark.parametrize(
    "name",
    [
        "lock",
        "clock.txt",
        "ffmpeg.log",
        "video-18.ts",
        "../lock",
        "..%2flock",
        "video-1.ts.tmp",
        "other.m3u8",
        "",
    ],
)
def test_nothing_else_of_the_folder_is_served(fetch, name):
    assert fetch(name).status_code == 404


def test_an_unknown_stream_is_not_found(client, db):
    address = "/media/streams/00000000-0000-4000-8000-000000000000/master.m3u8"
    assert client.get(address).status_code == 404


def test_a_cloud_stream_has_no_local_files(fetch, stream):
    stream.gateway = "ivs"
    stream.save()
    assert fetch().status_code == 404


def test_segments_of_an_open_event_cost_one_query_a_second_for_all(fetch, django_assert_num_queries):
    with django_assert_num_queries(1):
        for _ in range(3):
            assert fetch("audio-17.ts").status_code == 200


def test_outsiders_see_nothing_before_the_doors_open(fetch, stream):
    set_event(stream, status=EventStatus.ANNOUNCED)
    assert fetch().status_code == 403


def test_staff_see_the_picture_before_the_doors_open(client, fetch, stream):
    event = set_event(stream, status=EventStatus.ANNOUNCED)
    grant = RoleGrantFactory(event=event, role=Role.BROADCASTER)
    client.force_login(grant.user)
    assert fetch().status_code == 200


def test_a_registered_person_sees_an_event_that_is_not_open_to_all(client, fetch, stream):
    event = set_event(stream, is_open_to_all=False)
    client.force_login(RegistrationFactory(event=event).user)
    response = fetch("audio-17.ts")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, max-age=300, immutable"


def test_a_stranger_does_not(client, fetch, stream):
    set_event(stream, is_open_to_all=False)
    client.force_login(UserFactory())
    assert fetch().status_code == 403


def test_an_anonymous_visitor_does_not(fetch, stream):
    set_event(stream, is_open_to_all=False)
    assert fetch().status_code == 403


def test_only_reading_is_allowed(client, stream):
    assert client.post(f"/media/streams/{stream.public_id}/master.m3u8").status_code == 405
