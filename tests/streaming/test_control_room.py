"""The control room's page, its state by HTTP, its socket, and who may come in."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.sessions import SessionMiddlewareStack
from django.test import Client
from django.utils import timezone

from events.enums import Role
from events.models import RoleGrant
from events.services.revision import recheck_access
from streaming.hub import current_hub
from streaming.models import OnAirLog
from streaming.routing import websocket_urlpatterns
from streaming.selectors import control_room as selector
from streaming.selectors.control_room import control_room, etag_of
from streaming.services.duty import go_on_duty, lock_track, take_over_lock, write_note
from talks.services.corrections import correct_title
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory, TrackFactory
from tests.websocket import WebsocketCommunicator

application = SessionMiddlewareStack(URLRouter(websocket_urlpatterns))


@pytest.fixture
def staff(client, director):
    client.force_login(director)
    return client


def row(event, track):
    return next(found for found in control_room(event)["tracks"] if found["id"] == track.pk)


def at_home(person_role, event):
    user = UserFactory()
    if person_role:
        RoleGrantFactory(event=event, user=user, role=person_role)
    client = Client()
    client.force_login(user)
    return client


# The state


def test_a_track_without_a_command_shows_the_waiting_card_and_is_idle(event, track):
    state = row(event, track)
    assert (state["lamp"], state["card"], state["on_air"], state["revision"]) == ("idle", "waiting", None, 0)
    assert state["undo"] is None
    assert state["stream"] is None


def test_a_talk_on_air_lights_the_lamp(event, track, make_talk, command):
    talk = make_talk(title="Now")
    command(track, "take", talk=talk)
    state = row(event, track)
    assert (state["lamp"], state["card"], state["on_air"]["title"]) == ("on", None, "Now")


def test_the_technical_card_over_a_talk_keeps_the_talk(event, track, make_talk, command):
    command(track, "take", talk=make_talk(title="Now"))
    command(track, "card", card="technical")
    state = row(event, track)
    assert (state["lamp"], state["card"], state["on_air"]["title"]) == ("card", "technical", "Now")


def test_the_playlist_tells_what_was_is_and_will_be(event, track, make_talk, command):
    now = timezone.now()

    def at(hours, **fields):
        starts = now + timedelta(hours=hours)
        return make_talk(starts_at=starts, ends_at=starts + timedelta(minutes=30), **fields)

    first, second, third, draft = at(-1), at(0), at(1), at(2, is_published=False)
    command(track, "take", talk=first)
    command(track, "take", talk=second)
    entries = {entry["talk_id"]: entry for entry in row(event, track)["playlist"]}
    states = [entries[talk.pk]["state"] for talk in (first, second, third, draft)]
    assert states == ["done", "on_air", "next", "later"]
    assert [entries[talk.pk]["may_air"] for talk in (third, draft)] == [True, False]


def test_a_talk_that_was_undone_has_not_been_on_air(event, track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    command(track, "undo")
    assert [entry["state"] for entry in row(event, track)["playlist"]] == ["next"]


def test_undo_names_what_comes_back_and_until_when(event, track, make_talk, command):
    talk = make_talk()
    command(track, "take", talk=talk)
    undo = row(event, track)["undo"]
    assert undo["restores"] == {"talk": None, "card": "waiting"}
    assert undo["done"]["talk"]["talk_id"] == talk.pk
    at = OnAirLog.objects.get().at
    assert undo["until"] == selector.moment(at + timedelta(seconds=30))


def test_an_undo_offers_no_undo(event, track, make_talk, command):
    command(track, "take", talk=make_talk())
    command(track, "undo")
    assert row(event, track)["undo"] is None


def test_duty_and_note_are_shown(event, track, director):
    go_on_duty(track=track, actor=director)
    write_note(track=track, note="マイク2は予備", actor=director)
    duty = row(event, track)["duty"]
    assert duty["person"] == {"id": director.pk, "name": director.display_name}
    assert (duty["note"], duty["locked_until"]) == ("マイク2は予備", None)


def test_the_log_has_commands_duty_and_corrections_newest_first(event, track, director, make_talk, command):
    talk = make_talk(title="Before", lang="en")
    command(track, "take", talk=talk, actor=director)
    lock_track(track=track, actor=director)
    correct_title(talk=talk, title="After", lang="en", actor=director)
    log = control_room(event)["log"]
    assert [entry["what"] for entry in log] == ["title", "locked", "take"]
    assert (log[0]["before"], log[0]["after"]) == ("Before", "After")
    assert (log[2]["revision"], log[2]["to"]["talk_id"], log[2]["source"]) == (1, talk.pk, "console")
    assert {entry["who"] for entry in log} == {director.display_name}


def test_a_takeover_in_the_log_names_the_one_before(event, track, director):
    other = UserFactory(name="Other")
    lock_track(track=track, actor=other)
    take_over_lock(track=track, actor=director)
    newest = control_room(event)["log"][0]
    assert (newest["what"], newest["previous"]) == ("taken_over", "Other")


def test_another_events_log_stays_there(event, track, make_talk, command):
    command(track, "take", talk=make_talk())
    assert control_room(TrackFactory().event)["log"] == []


@pytest.mark.parametrize("tracks", [1, 3])
def test_the_number_of_queries_does_not_grow_with_the_tracks(
    event, director, make_talk, command, tracks, django_assert_num_queries
):
    for position in range(tracks):
        lane = TrackFactory(event=event, position=position + 1)
        command(lane, "take", talk=make_talk(track=lane), actor=director)
        make_talk(track=lane)
        go_on_duty(track=lane, actor=director)
    with django_assert_num_queries(23):
        control_room(event)


# Page and state by HTTP


def test_a_stranger_is_led_to_sign_in_and_back(client, event):
    response = client.get(f"/{event.slug}/console?track=A")
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next=/{event.slug}/console%3Ftrack%3DA"


@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.RECEPTION])
@pytest.mark.parametrize("path", ["console", "console/state"])
def test_others_are_turned_away(event, role, path):
    assert at_home(role, event).get(f"/{event.slug}/{path}").status_code == 403


@pytest.mark.parametrize("role", [Role.BROADCASTER, Role.ORGANIZER])
def test_those_who_direct_come_in(event, track, role):
    response = at_home(role, event).get(f"/{event.slug}/console")
    assert response.status_code == 200
    assert f'data-track="{track.pk}"' in response.content.decode()


def test_an_unknown_event_is_not_found(staff):
    assert staff.get("/nowhere/console").status_code == 404


def test_the_state_is_asked_for_by_its_tag(staff, event, track, make_talk, command):
    first = staff.get(f"/{event.slug}/console/state")
    assert first.json()["control_room"] == event.slug
    same = staff.get(f"/{event.slug}/console/state", headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    command(track, "take", talk=make_talk())
    changed = staff.get(f"/{event.slug}/console/state", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_tag_does_not_count_the_servers_time(event, track):
    one, other = control_room(event), control_room(event)
    assert etag_of(one | {"server_time": "then"}) == etag_of(other | {"server_time": "now"})


def test_the_state_is_no_secret_for_a_signed_out_page(client, event):
    response = client.get(f"/{event.slug}/console/state")
    assert (response.status_code, response.json()) == (401, {"code": "not_signed_in"})


# Duty, note and title by HTTP


def post(client, path, body):
    return client.post(path, json.dumps(body), content_type="application/json")


def test_a_lock_of_another_is_answered_with_their_name(staff, event, track):
    lock_track(track=track, actor=UserFactory(name="Owner"))
    response = post(staff, f"/{event.slug}/console/tracks/{track.pk}/duty", {"step": "lock"})
    assert (response.status_code, response.json()) == (409, {"code": "locked", "owner": "Owner"})


def test_a_lost_lock_is_not_renewed(staff, event, track, director):
    lock_track(track=track, actor=director)
    take_over_lock(track=track, actor=UserFactory())
    response = post(staff, f"/{event.slug}/console/tracks/{track.pk}/duty", {"step": "renew"})
    assert (response.status_code, response.json()) == (409, {"code": "lock_lost"})


def test_a_step_that_does_not_exist_is_malformed(staff, event, track):
    response = post(staff, f"/{event.slug}/console/tracks/{track.pk}/duty", {"step": "dance"})
    assert response.status_code == 422


def test_a_note_is_kept(staff, event, track):
    response = post(staff, f"/{event.slug}/console/tracks/{track.pk}/note", {"note": "later"})
    assert response.status_code == 200
    assert row(event, track)["duty"]["note"] == "later"


def test_a_track_of_another_event_is_not_found(staff, event):
    foreign = TrackFactory()
    response = post(staff, f"/{event.slug}/console/tracks/{foreign.pk}/note", {"note": "x"})
    assert response.status_code == 404


def test_a_title_is_corrected(staff, event, make_talk):
    talk = make_talk(title="Before", lang="en")
    body = {"title": "After", "lang": "en", "drawn_title": "Before"}
    response = post(staff, f"/{event.slug}/console/talks/{talk.pk}/title", body)
    assert response.json() == {"code": "done", "title": "After", "lang": "en"}


def test_a_correction_on_top_of_another_is_refused_with_the_present_title(staff, event, make_talk):
    talk = make_talk(title="Theirs", lang="en")
    body = {"title": "Mine", "lang": "en", "drawn_title": "Before"}
    response = post(staff, f"/{event.slug}/console/talks/{talk.pk}/title", body)
    assert response.status_code == 409
    assert response.json() == {"code": "title_changed", "title": "Theirs", "lang": "en"}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("tracks/{track}/duty", {"step": "on_duty"}),
        ("tracks/{track}/note", {"note": "x"}),
        ("talks/{talk}/title", {"title": "x", "lang": "ja", "drawn_title": "y"}),
    ],
)
@pytest.mark.parametrize(("role", "status"), [("stranger", 401), (None, 403), (Role.MODERATOR, 403)])
def test_nobody_else_changes_anything(event, track, make_talk, path, body, role, status):
    address = f"/{event.slug}/console/" + path.format(track=track.pk, talk=make_talk().pk)
    client = Client() if role == "stranger" else at_home(role, event)
    assert post(client, address, body).status_code == status


# The socket


@asynccontextmanager
async def console(event, user=None):
    cookie = await sync_to_async(cookie_of)(user) if user else None
    headers = [(b"cookie", f"sessionid={cookie}".encode())] if cookie else []
    socket = WebsocketCommunicator(application, f"/ws/events/{event.slug}/console", headers=headers)
    await socket.connect()
    try:
        yield socket
    finally:
        await socket.disconnect()
        await current_hub().stop()


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key


async def frame(socket):
    return json.loads(await socket.receive_from(timeout=3))


async def close_code(socket):
    return (await socket.receive_output(timeout=5))["code"]


def tell(story):
    asyncio.run(story())


@pytest.mark.django_db(transaction=True)
def test_the_first_frame_is_the_whole_state(event, track, director):
    async def story():
        async with console(event, director) as socket:
            first = await frame(socket)
            assert (first["kind"], first["body"]["control_room"]) == ("console.snapshot", "seaside")
            assert [lane["id"] for lane in first["body"]["tracks"]] == [track.pk]

    tell(story)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_duty_reaches_staff_and_nobody_else(event, track, director):
    async def story():
        async with console(event, director) as staff_socket:
            await frame(staff_socket)
            viewer = WebsocketCommunicator(application, f"/ws/events/{event.slug}")
            await viewer.connect()
            await frame(viewer)
            await sync_to_async(go_on_duty)(track=track, actor=director)
            heard = await frame(staff_socket)
            assert heard == {"kind": "console.changed", "revision": None, "body": {"track_id": track.pk}}
            assert await viewer.receive_nothing(timeout=0.3)
            await viewer.disconnect()

    tell(story)


@pytest.mark.django_db(transaction=True)
def test_staff_hear_what_viewers_hear(event, track, director, make_talk, command):
    async def story():
        async with console(event, director) as socket:
            await frame(socket)
            await sync_to_async(command)(track, "take", talk=await sync_to_async(make_talk)())
            assert (await frame(socket))["kind"] == "on_air.changed"

    tell(story)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("role", "code"), [("stranger", 4401), (None, 4403), (Role.MODERATOR, 4403)])
def test_the_socket_is_closed_to_others(event, track, role, code):
    user = None if role == "stranger" else UserFactory()
    if role and user:
        RoleGrantFactory(event=event, user=user, role=role)

    async def story():
        async with console(event, user) as socket:
            assert await close_code(socket) == code

    tell(story)


@pytest.mark.django_db(transaction=True)
def test_whoever_loses_the_role_loses_the_socket(event, track, director):
    def dismiss():
        RoleGrant.objects.filter(user=director).delete()
        recheck_access(event)

    async def story():
        async with console(event, director) as socket:
            await frame(socket)
            await sync_to_async(dismiss)()
            assert await close_code(socket) == 4403

    tell(story)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_commanded_by_socket(event, track, director):
    async def story():
        async with console(event, director) as socket:
            await frame(socket)
            await socket.send_to('{"command": "take"}')
            assert await close_code(socket) == 4400

    tell(story)


# A sentence to those who watch


SENTENCE = {"text_ja": "映像が乱れています", "text_en": "", "level": "degraded", "track_id": None}


def test_a_sentence_is_published_and_withdrawn(staff, event, track):
    published = post(staff, f"/{event.slug}/console/announcements", SENTENCE).json()
    shown = control_room(event)["announcement"]
    assert (shown["id"], shown["level"], shown["text"]["ja"]) == (
        published["id"],
        "degraded",
        "映像が乱れています",
    )
    response = post(staff, f"/{event.slug}/console/announcements/{shown['id']}/withdraw", {})
    assert response.status_code == 200
    assert control_room(event)["announcement"] is None


def test_a_sentence_may_be_for_one_track(staff, event, track):
    post(staff, f"/{event.slug}/console/announcements", SENTENCE | {"track_id": track.pk})
    assert control_room(event)["announcement"]["track_id"] == track.pk


@pytest.mark.parametrize("wrong", [{"text_ja": ""}, {"text_ja": "x" * 501}, {"level": "panic"}])
def test_a_sentence_that_cannot_be_is_refused(staff, event, wrong):
    assert post(staff, f"/{event.slug}/console/announcements", SENTENCE | wrong).status_code == 422
    assert control_room(event)["announcement"] is None


def test_a_sentence_for_a_foreign_track_is_not_said(staff, event):
    body = SENTENCE | {"track_id": TrackFactory().pk}
    assert post(staff, f"/{event.slug}/console/announcements", body).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("stranger", 401), (Role.MODERATOR, 403)])
def test_nobody_else_speaks_to_the_viewers(event, role, status):
    client = Client() if role == "stranger" else at_home(role, event)
    assert post(client, f"/{event.slug}/console/announcements", SENTENCE).status_code == status
