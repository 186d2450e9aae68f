"""Organizers ask for streams in the admin too, through the same services."""

import pytest

from events.enums import Role
from streaming.services import streams
from tests.factories.events import RoleGrantFactory

LIST = "/admin/streaming/stream/"


@pytest.fixture
def stream(track):
    return streams.ensure_stream(track, "ivs")


@pytest.fixture
def act(client, stream):
    client.force_login(RoleGrantFactory(event=stream.track.event, role=Role.ORGANIZER).user)

    def post(action):
        answer = client.post(
            LIST, {"action": action, "agreed": "1", "_selected_action": [stream.pk]}, follow=True
        )
        stream.refresh_from_db()
        return [str(message) for message in answer.context["messages"]]

    return post


@pytest.mark.parametrize(
    ("action", "desired"), [("start", "running"), ("stop", "ready"), ("delete_resources", "absent")]
)
def test_an_action_writes_the_wish_of_the_organizer(act, stream, action, desired):
    assert len(act(action)) == 1
    assert (stream.desired, stream.generation) == (desired, 1)
    assert stream.log.get().actor.role_grants.get().role == Role.ORGANIZER


def test_a_stream_under_a_talk_on_air_stays(act, stream, track, make_talk, command):
    streams.request_start(stream=stream, actor=None)
    command(track, "take", talk=make_talk())
    act("delete_resources")
    assert (stream.desired, stream.generation) == ("running", 1)


def test_the_stream_of_another_event_is_out_of_reach(client, act, stream):
    client.force_login(RoleGrantFactory(role=Role.ORGANIZER).user)
    act("start")
    assert stream.generation == 0


def test_the_stream_key_is_not_shown(client, act, stream):
    stream.stream_key = "sk_secret"
    stream.save()
    page = client.get(f"{LIST}{stream.pk}/change/")
    assert page.status_code == 200
    assert "sk_secret" not in page.content.decode()
