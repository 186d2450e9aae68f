"""The viewers' socket: what comes first, what comes then, and who is let in."""

import asyncio
import json
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.sessions import SessionMiddlewareStack
from django.db import OperationalError, connection
from django.test import Client

from dreamkast.lib.broadcast import send_on_commit
from events.enums import EventStatus, Role
from events.models import LiveCounter
from events.services.revision import recheck_access, touch
from streaming.hub import current_hub
from streaming.routing import websocket_urlpatterns
from streaming.services.on_air import run_command
from streaming.tickets import issue_ticket
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, RoleGrantFactory, TrackFactory
from tests.websocket import WebsocketCommunicator

pytestmark = pytest.mark.django_db(transaction=True)
application = SessionMiddlewareStack(URLRouter(websocket_urlpatterns))


@asynccontextmanager
async def viewer(event="seaside", ticket=None, cookie=None):
    path = f"/ws/events/{event}" + (f"?ticket={ticket}" if ticket else "")
    headers = [(b"cookie", f"sessionid={cookie}".encode())] if cookie else []
    socket = WebsocketCommunicator(application, path, headers=headers)
    await socket.connect()
    try:
        yield socket
    finally:
        await socket.disconnect()
        await current_hub().stop()


async def frame(socket):
    return json.loads(await socket.receive_from(timeout=3))


async def close_code(socket):
    return (await socket.receive_output(timeout=3))["code"]


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return client.session.session_key


def take(track, talk, revision=0):
    return run_command(
        track=track, command="take", talk=talk, expected_revision=revision, idempotency_key=f"{talk.pk}",
        source="console", actor=None,
    )  # fmt: skip


def lose_database(words=""):
    """From now on queries with these words fail."""

    def fail(execute, sql, *rest):
        if words in sql:
            raise OperationalError("the database is away")
        return execute(sql, *rest)

    connection.execute_wrappers.append(fail)


def find_database():
    connection.execute_wrappers.clear()


def test_first_frame_is_the_whole_state(track):
    async def story():
        async with viewer() as socket:
            first = await frame(socket)
            assert (first["kind"], first["revision"], first["body"]["event"]) == (
                "live.snapshot",
                0,
                "seaside",
            )

    asyncio.run(story())


def test_a_flip_arrives_as_one_frame_with_the_events_revision_and_the_whole_track(track, make_talk):
    talk = make_talk()

    async def story():
        async with viewer() as socket:
            await frame(socket)
            await sync_to_async(take)(track, talk)
            pushed = await frame(socket)
            assert (pushed["kind"], pushed["revision"]) == ("on_air.changed", 1)
            assert pushed["body"]["on_air"]["talk_id"] == talk.pk
            assert await socket.receive_nothing(timeout=0.3)

    asyncio.run(story())


def test_a_change_without_a_push_is_healed_by_the_counters(track, event):
    async def story():
        async with viewer() as socket:
            await frame(socket)
            await sync_to_async(touch)(event)
            healed = await frame(socket)
            assert (healed["kind"], healed["revision"]) == ("live.snapshot", 1)

    asyncio.run(story())


def test_snapshot_after_a_flip_has_the_flip(track, make_talk):
    take(track, make_talk())

    async def story():
        async with viewer() as socket:
            assert (await frame(socket))["body"]["tracks"][0]["revision"] == 1

    asyncio.run(story())


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "no json",
        "[" * 60_000,
        '{"watching": "1"}',
        '{"watching": true}',
        '{"follow": 1, "watching": 1}',
        '{"room": "1"}',
        '{"room": true}',
        '{"room": 1, "follow": 1}',
        '{"take": 1}',
    ],
)
def test_anything_but_the_three_sentences_closes_with_4400(track, text):
    async def story():
        async with viewer() as socket:
            await frame(socket)
            await socket.send_to(text_data=text)
            assert await close_code(socket) == 4400

    asyncio.run(story())


async def groups_after(socket, said):
    """Where the hub has the socket, apart from its event, once it has heard these sentences."""
    for sentence in said:
        await socket.send_to(text_data=json.dumps(sentence))
    await asyncio.sleep(0.2)
    return {group for group in current_hub().sockets if not group.startswith("event.")}


def test_a_viewer_is_in_one_talk_and_one_room_at_a_time(track, event, make_talk):
    other, talk = TrackFactory(event=event, name="B"), make_talk()

    async def story():
        async with viewer() as socket:
            await frame(socket)
            both = await groups_after(socket, [{"follow": talk.pk}, {"room": track.pk}])
            moved = await groups_after(socket, [{"room": other.pk}])
            left = await groups_after(socket, [{"room": None}])
            return both, moved, left

    assert asyncio.run(story()) == (
        {f"talk.{talk.pk}", f"track.{track.pk}"},
        {f"talk.{talk.pk}", f"track.{other.pk}"},
        {f"talk.{talk.pk}"},
    )


def test_what_is_said_in_a_room_reaches_those_in_it(track):
    async def story():
        async with viewer() as inside, viewer() as outside:
            await frame(inside)
            await frame(outside)
            await groups_after(inside, [{"room": track.pk}])
            await sync_to_async(send_on_commit)(f"track.{track.pk}", "message.posted", 1, {"text": "hi"})
            heard = await frame(inside)
            assert (heard["kind"], heard["revision"]) == ("message.posted", 1)
            assert await outside.receive_nothing(timeout=0.2)

    asyncio.run(story())


def test_room_of_another_event_is_not_joined(track):
    foreign = TrackFactory()

    async def story():
        async with viewer() as socket:
            await frame(socket)
            assert await groups_after(socket, [{"room": foreign.pk}]) == set()

    asyncio.run(story())


def test_watching_is_counted_per_track(track, event):
    other = TrackFactory(event=event, name="B")

    async def story():
        async with viewer() as socket:
            await frame(socket)
            await socket.send_to(text_data=json.dumps({"watching": other.pk}))
            await asyncio.sleep(0.2)
            await current_hub().count()
            counted = await frame(socket)
            assert (counted["kind"], counted["body"]) == ("viewers.counted", {"tracks": {str(other.pk): 1}})

    asyncio.run(story())


def test_counts_stand_in_the_document_once_they_are_known(track, event):
    other = TrackFactory(event=event, name="B", position=2)

    async def viewers_in_document():
        answer = await sync_to_async(Client().get)("/api/v1/events/seaside/live")
        return {shown["id"]: shown["viewers"] for shown in answer.json()["tracks"]}

    async def story():
        async with viewer() as socket:
            first = await frame(socket)
            assert [shown["viewers"] for shown in first["body"]["tracks"]] == [None, None]
            await socket.send_to(text_data=json.dumps({"watching": other.pk}))
            await asyncio.sleep(0.2)
            await current_hub().count()
            assert await viewers_in_document() == {track.pk: 0, other.pk: 1}

    asyncio.run(story())


def test_unknown_event_closes_with_4404(db):
    async def story():
        async with viewer("nowhere") as socket:
            assert await close_code(socket) == 4404

    asyncio.run(story())


@pytest.fixture
def closed_event(event, track):
    event.is_open_to_all = False
    event.save()
    return event


def test_stranger_at_a_registered_only_event_is_closed_with_4401(closed_event):
    async def story():
        async with viewer() as socket:
            assert await close_code(socket) == 4401

    asyncio.run(story())


def test_draft_closes_as_what_does_not_exist(closed_event):
    closed_event.status = EventStatus.DRAFT
    closed_event.save()

    async def story():
        async with viewer() as socket:
            assert await close_code(socket) == 4404

    asyncio.run(story())


def test_person_without_registration_is_closed_with_4403(closed_event):
    cookie = cookie_of(UserFactory())

    async def story():
        async with viewer(cookie=cookie) as socket:
            assert await close_code(socket) == 4403

    asyncio.run(story())


def test_registered_person_is_let_in_by_the_cookie(closed_event):
    user = UserFactory()
    RegistrationFactory(event=closed_event, user=user)
    cookie = cookie_of(user)

    async def story():
        async with viewer(cookie=cookie) as socket:
            assert (await frame(socket))["kind"] == "live.snapshot"

    asyncio.run(story())


def test_ticket_lets_in_without_a_cookie(closed_event):
    user = UserFactory()
    RegistrationFactory(event=closed_event, user=user)
    ticket = issue_ticket(user_id=user.pk, event=closed_event, access=0)

    async def story():
        async with viewer(ticket=ticket) as socket:
            assert (await frame(socket))["kind"] == "live.snapshot"

    asyncio.run(story())


@pytest.mark.parametrize("spoil", ["forged", "other event", "access has risen"])
def test_bad_ticket_lets_nobody_in(closed_event, spoil):
    user = UserFactory()
    RegistrationFactory(event=closed_event, user=user)
    ticket = issue_ticket(user_id=user.pk, event=closed_event, access=0)
    if spoil == "forged":
        ticket = ticket[:-2] + "xx"
    elif spoil == "other event":
        ticket = issue_ticket(user_id=user.pk, event=TrackFactory().event, access=0)
    else:
        recheck_access(closed_event)

    async def story():
        async with viewer(ticket=ticket) as socket:
            assert await close_code(socket) == 4401

    asyncio.run(story())


def test_taking_a_registration_away_closes_that_persons_socket_alone(closed_event):
    leaver, stayer = UserFactory(), UserFactory()
    registration = RegistrationFactory(event=closed_event, user=leaver)
    RoleGrantFactory(event=closed_event, user=stayer, role=Role.MODERATOR)
    cookies = [cookie_of(leaver), cookie_of(stayer)]

    def withdraw():
        registration.delete()
        recheck_access(closed_event)

    async def story():
        async with viewer(cookie=cookies[0]) as gone, viewer(cookie=cookies[1]) as staying:
            await frame(gone)
            await frame(staying)
            await current_hub().watch()
            await sync_to_async(withdraw)()
            assert await close_code(gone) == 4403
            assert await staying.receive_nothing(timeout=0.3)

    asyncio.run(story())


def test_opening_the_doors_reaches_those_who_wait(track, event):
    event.status = EventStatus.ANNOUNCED
    event.save()

    def open_doors():
        event.status = EventStatus.OPENED
        event.save()
        touch(event)

    async def story():
        async with viewer() as socket:
            assert (await frame(socket))["body"]["phase"] == "before"
            await sync_to_async(open_doors)()
            assert (await frame(socket))["body"]["phase"] == "open"

    asyncio.run(story())


def test_a_hundred_viewers_cost_one_document(track, django_assert_max_num_queries):
    LiveCounter.objects.create(event=track.event)

    async def story():
        hub = current_hub()
        sockets = [WebsocketCommunicator(application, "/ws/events/seaside") for _ in range(100)]
        await asyncio.gather(*(socket.connect() for socket in sockets))
        firsts = [await frame(socket) for socket in sockets]
        assert {first["kind"] for first in firsts} == {"live.snapshot"}
        await asyncio.gather(*(socket.disconnect() for socket in sockets))
        await hub.stop()

    with django_assert_max_num_queries(20):
        asyncio.run(story())


def test_socket_whose_handler_fails_leaves_the_hub(track):
    async def story():
        hub, socket = current_hub(), WebsocketCommunicator(application, "/ws/events/seaside")
        await socket.connect()
        await frame(socket)
        await sync_to_async(lose_database)()
        await socket.send_to(text_data=json.dumps({"watching": track.pk}))
        with pytest.raises(OperationalError):
            await socket.receive_output(timeout=3)
        await sync_to_async(find_database)()
        assert hub.sockets == {}
        await hub.stop()

    asyncio.run(story())


def test_lost_push_is_healed_though_the_database_fails_meanwhile(track, event):
    async def story():
        hub = current_hub()
        async with viewer() as socket:
            await frame(socket)
            await sync_to_async(touch)(event)
            await sync_to_async(lose_database)("streaming_")
            await until_it_fails(hub.watch)
            await sync_to_async(find_database)()
            healed = await frame(socket)
            assert (healed["kind"], healed["revision"]) == ("live.snapshot", 1)

    asyncio.run(story())


def test_registration_taken_away_is_noticed_though_the_database_fails_meanwhile(closed_event):
    user = UserFactory()
    registration = RegistrationFactory(event=closed_event, user=user)
    cookie = cookie_of(user)

    def withdraw():
        registration.delete()
        recheck_access(closed_event)
        lose_database("accounts_")

    async def story():
        hub = current_hub()
        async with viewer(cookie=cookie) as socket:
            await frame(socket)
            await hub.watch()
            await sync_to_async(withdraw)()
            await until_it_fails(hub.watch)
            await sync_to_async(find_database)()
            assert await close_code(socket) == 4403

    asyncio.run(story())


async def until_it_fails(step):
    for _ in range(5):
        try:
            await step()
        except OperationalError:
            return
    raise AssertionError("it never failed")
