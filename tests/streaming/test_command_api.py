"""The control command over HTTP: the order of its answers and their bodies."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.enums import Role
from events.services.tokens import issue_token, revoke_token
from streaming.models import OnAirLog
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory, TrackFactory
from tests.factories.talks import TalkFactory


@pytest.fixture
def session(director):
    client = Client()
    client.force_login(director)
    return client


@pytest.fixture
def post(session, track):
    def send(client=None, *, event="seaside", track_id=None, **body):
        url = f"/api/v1/events/{event}/tracks/{track_id or track.pk}/commands"
        body = {"expected_revision": 0, "idempotency_key": "k1"} | body
        return (client or session).post(url, body, content_type="application/json")

    return send


def test_take_answers_with_the_track(post, track, make_talk):
    talk = make_talk()
    response = post(command="take", talk_id=talk.pk)
    assert response.status_code == 200
    assert set(response.json()) == {"track"}
    assert response.json()["track"]["on_air"]["talk_id"] == talk.pk


def test_the_actor_and_the_source_are_logged(post, make_talk, director):
    post(command="take", talk_id=make_talk().pk)
    row = OnAirLog.objects.get()
    assert (row.actor, row.source) == (director, "console")


def test_stranger_is_asked_who_he_is_before_anything_else(post):
    assert post(Client(), command="nonsense").status_code == 401


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.RECEPTION])
def test_others_are_refused_even_with_a_malformed_body(post, event, role):
    user, client = UserFactory(), Client()
    if role:
        RoleGrantFactory(event=event, user=user, role=role)
    client.force_login(user)
    assert post(client, command="nonsense").status_code == 403


def test_broadcaster_of_another_event_is_refused(post, track):
    user, client = UserFactory(), Client()
    RoleGrantFactory(event=EventFactory(), user=user, role=Role.BROADCASTER)
    client.force_login(user)
    assert post(client, command="clear").status_code == 403


def test_track_of_another_event_is_not_found(post):
    assert post(track_id=TrackFactory().pk, command="nonsense").status_code == 404


def test_unknown_event_is_not_found(post):
    assert post(event="nowhere", command="clear").status_code == 404


def test_session_without_a_csrf_token_is_refused(director, post):
    client = Client(enforce_csrf_checks=True)
    client.force_login(director)
    assert post(client, command="clear").status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"command": "nonsense"},
        {"command": "take"},
        {"command": "take", "talk_id": 999_999},
        {"command": "take", "talk_id": "x"},
        {"command": "card"},
        {"command": "card", "card": "fireworks"},
        {"command": "clear", "card": "break"},
        {"command": "undo", "talk_id": 1},
        {"command": "clear", "expected_revision": -1},
        {"command": "clear", "expected_revision": "1"},
        {"command": "clear", "expected_revision": None},
        {"command": "clear", "idempotency_key": ""},
        {"command": "clear", "idempotency_key": "x" * 81},
        {"command": "clear", "surprise": 1},
    ],
)
def test_malformed_command_is_422(post, body):
    response = post(**body)
    assert response.status_code == 422
    assert response.json()["detail"]


def test_body_that_is_not_json_is_422(session, track):
    url = f"/api/v1/events/seaside/tracks/{track.pk}/commands"
    assert session.post(url, "{", content_type="application/json").status_code == 422


def test_replay_answers_with_the_present_track_and_says_so(post, make_talk, track):
    talk = make_talk()
    body = {"command": "take", "talk_id": talk.pk}
    assert "Idempotent-Replay" not in post(**body)
    response = post(**body)
    assert (response.status_code, response["Idempotent-Replay"]) == (200, "true")
    assert OnAirLog.objects.count() == 1


def test_key_of_another_command_is_422(post, make_talk):
    post(command="take", talk_id=make_talk().pk)
    response = post(command="clear")
    assert (response.status_code, response.json()) == (422, {"code": "key_reused"})


def test_stale_is_409_with_code_and_present_track(post, make_talk):
    first = make_talk()
    post(command="take", talk_id=first.pk)
    response = post(command="take", talk_id=make_talk().pk, idempotency_key="k2")
    assert response.status_code == 409
    assert response.json()["code"] == "stale"
    assert response.json()["track"]["on_air"]["talk_id"] == first.pk
    assert response.json()["track"]["revision"] == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"is_published": False}, "not_published"), ({"do_not_stream": True}, "do_not_stream")],
)
def test_refused_talk_is_409_with_its_code(post, make_talk, fields, code):
    response = post(command="take", talk_id=make_talk(**fields).pk)
    assert (response.status_code, response.json()["code"]) == (409, code)


def test_talk_of_another_event_is_409(post):
    response = post(command="take", talk_id=TalkFactory().pk)
    assert (response.status_code, response.json()["code"]) == (409, "wrong_track")


def test_refusal_says_why_and_what_is_there(post, make_talk):
    response = post(command="take", talk_id=make_talk(is_published=False).pk)
    assert set(response.json()) == {"code", "track"}


def test_wrong_track_is_409(post, event, make_talk):
    talk = make_talk(track=TrackFactory(event=event, name="B"))
    response = post(command="take", talk_id=talk.pk)
    assert (response.status_code, response.json()["code"]) == (409, "wrong_track")


def test_nothing_to_undo_is_409(post):
    assert post(command="undo").json()["code"] == "nothing_to_undo"


def test_no_op_is_200_without_a_new_revision(post, track):
    response = post(command="clear")
    assert (response.status_code, response.json()["track"]["revision"]) == (200, 0)


def bearer(event, owner, **fields):
    expires_at = fields.pop("expires_at", timezone.now() + timedelta(days=1))
    token, text = issue_token(event=event, owner=owner, name="robot", expires_at=expires_at, **fields)
    return token, Client(headers={"authorization": f"Bearer {text}"}, enforce_csrf_checks=True)


def test_bearer_token_directs_without_a_cookie(post, event, director, make_talk):
    _, robot = bearer(event, director, can_control=True)
    assert post(robot, command="take", talk_id=make_talk().pk).status_code == 200
    assert OnAirLog.objects.get().source == "api"


def test_token_without_the_scope_is_refused(post, event, director):
    _, robot = bearer(event, director, can_control=False)
    assert post(robot, command="clear").status_code == 403


def test_token_of_another_event_is_refused(post, director):
    other = EventFactory()
    RoleGrantFactory(event=other, user=director, role=Role.BROADCASTER)
    _, robot = bearer(other, director, can_control=True)
    assert post(robot, command="clear").status_code == 403


def test_token_may_no_more_than_its_owner(post, event, director):
    _, robot = bearer(event, director, can_control=True)
    director.role_grants.all().delete()
    assert post(robot, command="clear").status_code == 403


def test_revoked_or_expired_or_forged_token_is_401(post, event, director):
    token, robot = bearer(event, director, can_control=True)
    revoke_token(token)
    _, late = bearer(event, director, can_control=True, expires_at=timezone.now() - timedelta(seconds=1))
    forged = Client(headers={"authorization": "Bearer dk_guess"})
    assert [post(client, command="clear").status_code for client in (robot, late, forged)] == [401, 401, 401]
