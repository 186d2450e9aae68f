"""Inputs in the control room: what its state tells, and what its buttons send."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.enums import Role
from streaming.models import InputSwitch, Stream
from streaming.selectors.control_room import control_room
from streaming.services.duty import lock_track
from streaming.services.streams import ensure_stream
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory, TrackFactory

SLATE = "https://example.org/slates/soon.mp4"


@pytest.fixture
def staff(client, director):
    client.force_login(director)
    return client


@pytest.fixture
def stream(track):
    made = ensure_stream(track, "medialive")
    seen = {"desired": "running", "observed": "running", "active_input": "studio"}
    at = timezone.now()
    Stream.objects.filter(pk=made.pk).update(has_backup=True, slate_url=SLATE, active_input_at=at, **seen)
    made.refresh_from_db()
    return made


def send(client, track, **body):
    url = f"/{track.event.slug}/console/tracks/{track.pk}/inputs"
    return client.post(url, body, content_type="application/json")


def shown(track):
    rows = control_room(track.event)["tracks"]
    return next(row["inputs"] for row in rows if row["id"] == track.pk)


def local(event, ahead):
    return (timezone.now().astimezone(event.zone) + ahead).strftime("%Y-%m-%dT%H:%M:%S")


def test_only_medialive_has_inputs_to_show(track):
    assert shown(track) is None
    ensure_stream(track, "ivs")
    assert shown(track) is None


def test_the_state_tells_what_there_is_and_what_is_active(stream):
    state = shown(stream.track)
    assert state["names"] == ["studio", "backup", "slate"]
    assert (state["active"], state["is_running"], state["can_choose"]) == ("studio", True, False)
    assert (state["next_number"], state["planned"], state["recent"]) == (1, [], [])


def test_no_address_of_the_backup_is_in_the_state(stream):
    Stream.objects.filter(pk=stream.pk).update(backup_ingest_url="rtmp://secret/", backup_key="s" * 40)
    assert "secret" not in str(shown(stream.track))
    assert "s" * 40 not in str(shown(stream.track))


def test_a_press_asks_for_another_input(staff, stream, director):
    assert send(staff, stream.track, step="switch", to="slate", number=1).status_code == 200
    row = shown(stream.track)["recent"][0]
    assert (row["to"], row["state"], row["who"]) == ("slate", "asked", director.display_name)
    assert shown(stream.track)["next_number"] == 2


def test_a_repeated_press_after_a_lost_answer_is_the_same_one(staff, stream):
    for _ in range(2):
        assert send(staff, stream.track, step="switch", to="slate", number=1).status_code == 200
    assert InputSwitch.objects.count() == 1


def test_a_time_is_one_of_the_event_s_clock(staff, stream, event):
    at = local(event, timedelta(minutes=5))
    assert send(staff, stream.track, step="switch", to="slate", number=1, at=at).status_code == 200
    planned = shown(stream.track)["planned"][0]
    switch = InputSwitch.objects.get()
    assert switch.at.astimezone(event.zone).strftime("%Y-%m-%dT%H:%M:%S") == at
    assert (planned["state"], planned["number"]) == ("asked", 1)
    assert planned["can_cancel_until"] < planned["at"]


def test_a_time_that_is_too_soon_is_answered_with_one_that_is_not(staff, stream, event):
    answer = send(
        staff, stream.track, step="switch", to="slate", number=1, at=local(event, timedelta(seconds=9))
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "too_soon")
    assert answer.json()["offered"].endswith(".000Z")
    assert InputSwitch.objects.count() == 0


def test_a_plan_is_cancelled_by_its_number(staff, stream, event):
    send(staff, stream.track, step="switch", to="slate", number=1, at=local(event, timedelta(minutes=5)))
    assert send(staff, stream.track, step="cancel", number=1).status_code == 200
    assert shown(stream.track)["planned"][0]["can_cancel_until"] is None
    assert send(staff, stream.track, step="cancel", number=9).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"step": "switch", "to": "slate", "number": 2}, 409, "stale"),
        ({"step": "switch", "to": "slate"}, 422, "malformed"),
        ({"step": "switch", "to": "moon", "number": 1}, 422, "malformed"),
        ({"step": "switch", "to": "slate", "number": 1, "at": "soon"}, 422, "at"),
        ({"step": "choose", "slate_url": "ftp://x/y.mp4"}, 422, "slate_url"),
        ({"step": "choose", "has_backup": True}, 409, "in_use"),
        ({"step": "jump"}, 422, "malformed"),
        ({}, 422, "malformed"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(staff, stream, body, status, code):
    answer = send(staff, stream.track, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert InputSwitch.objects.count() == 0
    assert shown(stream.track)["slate_url"] == SLATE


def test_nothing_is_switched_while_the_encoder_does_not_run(staff, stream):
    Stream.objects.filter(pk=stream.pk).update(observed="stopped", desired="ready")
    answer = send(staff, stream.track, step="switch", to="slate", number=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_running")


def test_inputs_are_chosen_while_the_encoder_does_not_run(staff, stream):
    Stream.objects.filter(pk=stream.pk).update(observed="stopped", desired="ready")
    body = {"step": "choose", "has_backup": False, "slate_url": "s3://bucket/slates/b.mp4"}
    assert send(staff, stream.track, **body).status_code == 200
    assert shown(stream.track)["names"] == ["studio", "slate"]


def test_somebody_else_s_lock_keeps_the_inputs(staff, stream):
    owner = UserFactory(name="Other")
    lock_track(track=stream.track, actor=owner)
    answer = send(staff, stream.track, step="switch", to="slate", number=1)
    assert (answer.status_code, answer.json()) == (409, {"code": "locked", "owner": str(owner)})


def test_a_track_without_a_stream_has_no_inputs(staff, track):
    assert send(staff, track, step="switch", to="slate", number=1).status_code == 404


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.RECEPTION])
def test_only_who_runs_the_streams_switches(client, stream, event, role):
    person = UserFactory()
    RoleGrantFactory(event=event, user=person, role=role)
    client.force_login(person)
    assert send(client, stream.track, step="switch", to="slate", number=1).status_code == 403


@pytest.mark.parametrize("tracks", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_tracks(event, tracks, django_assert_num_queries):
    for position in range(tracks):
        made = ensure_stream(TrackFactory(event=event, position=position + 1), "medialive")
        for number in range(1, 9):
            InputSwitch.objects.create(
                stream=made,
                number=number,
                target="slate",
                action_name=f"{made.pk}-{number}",
                state="effective",
            )
    with django_assert_num_queries(21):
        rows = control_room(event)["tracks"]
    assert [(row["inputs"]["next_number"], len(row["inputs"]["recent"])) for row in rows] == [(9, 5)] * tracks
