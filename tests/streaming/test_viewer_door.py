"""The short way in, spoken to byte by byte: uvicorn's own HTTP protocol with a transport that records."""

import asyncio
import json
import struct
from contextlib import asynccontextmanager

import pytest
import uvicorn
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection
from uvicorn.server import ServerState
from websockets.frames import Frame as WireFrame
from websockets.frames import Opcode

from dreamkast.lib.ready_socket import ReadySocket
from dreamkast.lib.serve import OPTIONS
from dreamkast.lib.sockets import FULL, Frame
from dreamkast.lib.uvicorn_protocol import put_door
from events.services.revision import recheck_access, touch
from streaming.hub import current_hub
from streaming.tickets import issue_ticket
from streaming.viewer_door import ViewerDoor
from tests.factories.accounts import UserFactory
from tests.factories.events import RegistrationFactory, TrackFactory

pytestmark = pytest.mark.django_db(transaction=True)
KEY, ACCEPT = "dGhlIHNhbXBsZSBub25jZQ==", b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


class Transport(asyncio.Transport):
    """Keeps what is written; `waiting` bytes are as if the peer did not read."""

    def __init__(self):
        super().__init__()
        self.written, self.waiting, self.ended, self.protocol = [], 0, None, None

    def write(self, data):
        self.written.append(bytes(data))

    def get_write_buffer_size(self):
        return self.waiting

    def is_closing(self):
        return self.ended is not None

    def close(self):
        self._end("closed")

    def abort(self):
        self._end("aborted")

    def _end(self, how):
        if self.ended is None:
            self.ended = how
            asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def set_protocol(self, protocol):
        self.protocol = protocol

    def pause_reading(self):
        pass

    def resume_reading(self):
        pass


async def common_way(scope, receive, send):
    """Stands for ASGI and Channels."""
    await send({"type": "websocket.close"})


class Line:
    """One client's connection to a server of ours."""

    def __init__(self, server, ticket=None, origin="http://testserver", event="seaside"):
        config, state = server
        self.transport = Transport()
        protocol = config.http_protocol_class(config=config, server_state=state, app_state={})
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)
        query = f"?ticket={ticket}" if ticket else ""
        protocol.data_received(
            f"GET /ws/events/{event}{query} HTTP/1.1\r\nHost: testserver\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {KEY}\r\n"
            f"Origin: {origin}\r\n\r\n".encode()
        )

    @property
    def took_the_short_way(self):
        return isinstance(self.transport.protocol, ReadySocket)

    @property
    def frames(self):
        """What came after the handshake, opcode and payload."""
        return [(wire[0] & 0x0F, _payload(wire)) for wire in self.transport.written[1:]]

    @property
    def kinds(self):
        return [json.loads(text)["kind"] for opcode, text in self.frames if opcode == Opcode.TEXT]

    @property
    def close_code(self):
        codes = [payload for opcode, payload in self.frames if opcode == Opcode.CLOSE]
        return struct.unpack("!H", codes[0])[0] if codes else None

    def say(self, text, cut=None):
        wire = WireFrame(Opcode.TEXT, text.encode()).serialize(mask=True)
        for part in (wire[:cut], wire[cut:]) if cut else (wire,):
            self.transport.protocol.data_received(part)

    def send(self, opcode, payload=b"", fin=True):
        wire = WireFrame(opcode, payload, fin).serialize(mask=True)
        self.transport.protocol.data_received(wire)


def _payload(wire):
    start = {126: 4, 127: 10}.get(wire[1], 2)
    return wire[start:]


async def until(condition):
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within 3 s")


@asynccontextmanager
async def a_server():
    """A process that has served one viewer of the seaside event, so that it knows the event."""
    config = uvicorn.Config(common_way, **OPTIONS | {"log_level": "critical"})
    config.load()
    hub, state = current_hub(), ServerState()
    door = ViewerDoor(hub)
    put_door(door)
    hub.start()
    await hub.watch()
    try:
        yield config, state
    finally:
        put_door(None)
        door.stop()
        await hub.stop()


async def a_viewer(server, **asked):
    line = Line(server, **asked)
    await until(lambda: line.kinds)
    return line


def told(story):
    async def whole():
        async with a_server() as server:
            return await story(server)

    return asyncio.run(whole())


@pytest.fixture
def closed_event(event, track):
    event.is_open_to_all = False
    event.save()
    return event


@pytest.fixture
def guest(closed_event):
    user = UserFactory()
    RegistrationFactory(event=closed_event, user=user)
    return user


def test_a_stranger_at_an_open_event_is_answered_without_asgi(track):
    async def story(server):
        line = await a_viewer(server)
        return line.took_the_short_way, line.transport.written[0], line.kinds

    short, answer, kinds = told(story)
    assert (short, kinds) == (True, ["live.snapshot"])
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"\r\nSec-WebSocket-Accept: " + ACCEPT + b"\r\n\r\n" in answer


def test_a_ticket_names_the_person_at_a_closed_event(closed_event, guest):
    ticket = issue_ticket(user_id=guest.pk, event=closed_event, access=0)

    async def story(server):
        line = await a_viewer(server, ticket=ticket)
        return line.transport.protocol.user_id

    assert told(story) == guest.pk


@pytest.mark.parametrize("spoil", ["none", "forged", "other event", "access has risen"])
def test_without_a_good_ticket_the_common_way_decides_on_a_closed_event(closed_event, guest, spoil):
    ticket = issue_ticket(user_id=guest.pk, event=closed_event, access=0)
    if spoil == "none":
        ticket = None
    elif spoil == "forged":
        ticket = ticket[:-2] + "xx"
    elif spoil == "other event":
        ticket = issue_ticket(user_id=guest.pk, event=TrackFactory().event, access=0)
    else:
        recheck_access(closed_event)

    async def story(server):
        return Line(server, ticket=ticket).took_the_short_way

    assert told(story) is False


@pytest.mark.parametrize("asked", [{"origin": "https://evil.example"}, {"event": "nowhere"}, {"origin": "["}])
def test_what_the_door_does_not_know_takes_the_common_way(track, settings, asked):
    settings.ALLOWED_HOSTS = ["testserver"]

    async def story(server):
        return Line(server, **asked).took_the_short_way

    assert told(story) is False


def test_a_missed_push_is_healed(track, event):
    async def story(server):
        line = await a_viewer(server)
        await sync_to_async(touch)(event)
        await until(lambda: len(line.kinds) == 2)
        return line.kinds

    assert told(story) == ["live.snapshot", "live.snapshot"]


@pytest.mark.parametrize("text", ["{}", "no json", '{"take": 1}', "x" * 300])
def test_anything_but_the_three_sentences_closes_with_4400(track, text):
    async def story(server):
        line = await a_viewer(server)
        line.say(text)
        line.send(Opcode.CLOSE, struct.pack("!H", 4400))
        await until(lambda: line.transport.ended)
        return line.close_code, line.transport.ended, current_hub().sockets

    assert told(story) == (4400, "closed", {})


def test_wishes_are_fulfilled_in_the_order_they_were_said(track, event):
    async def story(server):
        line = await a_viewer(server)
        hub, pk = current_hub(), track.pk
        for wish in ({"room": pk}, {"watching": pk}, {"room": None}, {"room": -1}, {"room": pk}):
            line.say(json.dumps(wish))
        await until(lambda: line.transport.protocol.wishes is None)
        return line.transport.protocol.watching, set(hub.sockets)

    assert told(story) == (track.pk, {f"event.{event.pk}", f"track.{track.pk}"})


def test_a_message_may_come_in_pieces_and_in_fragments(track):
    async def story(server):
        line = await a_viewer(server)
        line.say(json.dumps({"watching": track.pk}), cut=3)
        await until(lambda: line.transport.protocol.watching == track.pk)
        line.send(Opcode.TEXT, b'{"watching"', fin=False)
        line.send(Opcode.CONT, b":null}")
        await until(lambda: line.transport.protocol.watching is None)
        line.send(Opcode.PING, b"hey")
        return line.frames[-1], line.transport.ended

    assert told(story) == ((Opcode.PONG, b"hey"), None)


@pytest.mark.parametrize(
    ("wire", "code"),
    [
        (b"\x81\x02hi", 1002),
        (b"\xc1\x80\0\0\0\0", 1002),
        (b"\x80\x80\0\0\0\0", 1002),
        (b"\x81\x81\0\0\0\0\xff", 1007),
        (b"\x81\xff\0\0\0\0\0\x02\0\0\0\0\0\0", 1009),
    ],
    ids=["not masked", "an extension's bit", "nothing to continue", "not UTF-8", "too long"],
)
def test_unlawful_bytes_end_the_socket(track, wire, code):
    async def story(server):
        line = await a_viewer(server)
        line.transport.protocol.data_received(wire)
        await until(lambda: line.transport.ended)
        return line.close_code

    assert told(story) == code


def test_a_client_that_says_good_bye_is_answered_and_forgotten(track):
    async def story(server):
        line = await a_viewer(server)
        line.send(Opcode.CLOSE, struct.pack("!H", 1000))
        await until(lambda: not current_hub().sockets)
        return line.close_code, line.transport.ended, server[1].connections

    assert told(story) == (1000, "closed", set())


def test_who_leaves_while_a_wish_is_looked_up_joins_nothing(track):
    async def story(server):
        line = await a_viewer(server)
        line.say(json.dumps({"room": track.pk}))
        line.transport.abort()
        await until(lambda: line.transport.protocol.wishes is None)
        return current_hub().sockets

    assert told(story) == {}


def test_losing_the_registration_closes_the_socket(closed_event, guest):
    ticket = issue_ticket(user_id=guest.pk, event=closed_event, access=0)

    def withdraw():
        guest.registrations.all().delete()
        recheck_access(closed_event)

    async def story(server):
        line = await a_viewer(server, ticket=ticket)
        await current_hub().watch()
        await sync_to_async(withdraw)()
        await until(lambda: line.close_code)
        return line.close_code

    assert told(story) == 4403


def test_a_slow_reader_misses_frames_and_gets_the_newest_state_alone(track, event):
    async def story(server):
        slow, quick = await a_viewer(server), await a_viewer(server)
        slow.transport.waiting = FULL + 1
        for number in range(3):
            current_hub().deliver(f"event.{event.pk}", Frame(json.dumps({"kind": str(number)})))
        slow.transport.waiting = 0
        await current_hub().watch()
        return slow.kinds, quick.kinds

    assert told(story) == (["live.snapshot", "live.snapshot"], ["live.snapshot", "0", "1", "2"])


def test_unanswered_pings_end_the_socket_and_an_answer_keeps_it(track):
    async def story(server):
        gone, alive = await a_viewer(server), await a_viewer(server)
        for _ in range(3):
            gone.transport.protocol.ping()
            alive.transport.protocol.ping()
            alive.send(Opcode.PONG)
        return gone.transport.ended, alive.transport.ended, alive.frames[-1]

    assert told(story) == ("aborted", None, (Opcode.PING, b""))


def test_a_process_that_ends_tells_each_viewer_a_time_of_its_own(track):
    async def story(server):
        lines = [await a_viewer(server) for _ in range(200)]
        for socket in list(server[1].connections):
            socket.shutdown()
        farewells = [json.loads(line.frames[-2][1]) for line in lines]
        return {line.close_code for line in lines}, farewells

    codes, farewells = told(story)
    waits = [farewell["body"]["after_ms"] for farewell in farewells]
    assert codes == {1012}
    assert {farewell["kind"] for farewell in farewells} == {"reconnect"}
    assert (min(waits) >= 2000, max(waits) <= 2320, len(set(waits)) > 1) == (True, True, True)


def test_a_frame_that_overtakes_the_first_state_follows_it(track, event):
    async def story(server):
        line = Line(server)
        current_hub().deliver(f"event.{event.pk}", Frame('{"kind":"overtaking"}', 1))
        await until(lambda: len(line.kinds) == 2)
        return line.kinds

    assert told(story) == ["live.snapshot", "overtaking"]


def test_a_database_that_is_away_ends_the_socket_that_wished(track):
    def fail(execute, sql, *rest):
        raise OperationalError("the database is away")

    def lose():
        connection.execute_wrappers.append(fail)

    def find():
        connection.execute_wrappers.clear()

    async def story(server):
        line = await a_viewer(server)
        await sync_to_async(lose)()
        line.say(json.dumps({"watching": track.pk}))
        await until(lambda: line.close_code)
        await sync_to_async(find)()
        return line.close_code

    assert told(story) == 1011
