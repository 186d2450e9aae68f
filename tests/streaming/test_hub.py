"""The shape of the fan-out: what one flip costs does not grow with the viewers."""

import asyncio

import pytest
from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from channels.sessions import SessionMiddlewareStack
from django.db import connection

from dreamkast.lib.sockets import Frame, Socket
from dreamkast.lib.uvicorn_protocol import EXTENSION
from events.services.revision import touch
from streaming.hub import current_hub
from streaming.routing import websocket_urlpatterns
from streaming.services.on_air import run_command
from tests.websocket import WebsocketCommunicator

pytestmark = pytest.mark.django_db(transaction=True)
application = SessionMiddlewareStack(URLRouter(websocket_urlpatterns))


class Recorder:
    """Stands where uvicorn's transport stands, and keeps the very objects that were written."""

    def __init__(self):
        self.wires, self.is_full, self.is_aborted = [], False, False

    def write(self, wire):
        if not self.is_full:
            self.wires.append(wire)
        return not self.is_full

    def has_room(self):
        return not self.is_full

    def abort(self):
        self.is_aborted = True


async def connect(recorder):
    socket = WebsocketCommunicator(application, "/ws/events/seaside")
    socket.scope["extensions"][EXTENSION] = recorder
    assert await socket.connect()
    await until(lambda: recorder.wires)
    return socket


async def until(condition):
    for _ in range(300):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within 3 s")


def flip_cost(viewers, track, talk, key):
    """The queries of one flip with so many viewers, and the frames that they got."""
    queries = []

    def count(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    def flip():
        with connection.execute_wrapper(count):
            return run_command(
                track=track, command="take", talk=talk, expected_revision=0, idempotency_key=key,
                source="console", actor=None,
            )  # fmt: skip

    async def story():
        recorders = [Recorder() for _ in range(viewers)]
        sockets = [await connect(recorder) for recorder in recorders]
        await sync_to_async(flip)()
        await until(lambda: all(len(recorder.wires) == 2 for recorder in recorders))
        await asyncio.gather(*(socket.disconnect() for socket in sockets))
        await current_hub().stop()
        return recorders

    return asyncio.run(story()), queries


def test_a_flip_to_a_hundred_sockets_is_encoded_once(track, make_talk):
    recorders, _ = flip_cost(100, track, make_talk(), "k")
    frames = {id(recorder.wires[1]) for recorder in recorders}
    assert len(frames) == 1
    assert b"on_air.changed" in recorders[0].wires[1]


def test_a_flip_costs_the_same_queries_for_one_viewer_and_for_a_hundred(track, event, make_talk):
    other = event.tracks.create(name="B")
    touch(event)
    _, for_one = flip_cost(1, track, make_talk(), "k")
    _, for_hundred = flip_cost(100, other, make_talk(track=other), "k")
    assert len(for_hundred) == len(for_one)


def test_process_subscribes_once_however_many_come(track):
    async def story():
        hub = current_hub()
        sockets = [await connect(Recorder()) for _ in range(20)]
        await until(lambda: hub._mailbox)
        assert hub._subscribed == {f"event.{track.event.pk}"}
        await asyncio.gather(*(socket.disconnect() for socket in sockets))
        assert not hub.sockets
        await hub.stop()

    asyncio.run(story())


def test_slow_viewer_misses_frames_gets_the_newest_state_and_slows_nobody(track, event):
    async def story():
        hub = current_hub()
        slow, quick = Recorder(), Recorder()
        sockets = [await connect(slow), await connect(quick)]
        slow.is_full = True
        for number in range(3):
            hub.deliver(f"event.{event.pk}", Frame(f"frame {number}"))
        assert (len(slow.wires), len(quick.wires)) == (1, 4)
        slow.is_full = False
        await hub.watch()
        assert b"live.snapshot" in slow.wires[-1]
        assert (len(slow.wires), len(quick.wires)) == (2, 4)
        await asyncio.gather(*(socket.disconnect() for socket in sockets))
        await hub.stop()

    asyncio.run(story())


def test_viewer_who_never_reads_is_ended(track, event):
    async def story():
        hub = current_hub()
        stuck = Recorder()
        socket = await connect(stuck)
        stuck.is_full = True
        hub.deliver(f"event.{event.pk}", Frame("x"))
        [mine] = hub.sockets[f"event.{event.pk}"]
        mine.lagging_since -= 60
        await hub.watch()
        assert stuck.is_aborted
        await socket.disconnect()
        await hub.stop()

    asyncio.run(story())


def test_frames_bytes_are_a_plain_unmasked_text_frame():
    assert Frame("hé").wire == b"\x81\x03h\xc3\xa9"
    assert len(Frame("x" * 300).wire) == 304


def test_socket_without_a_writer_goes_through_the_consumers_own_send():
    class Consumer:
        def __init__(self):
            self.sent = []

        async def send(self, text_data):
            self.sent.append(text_data)

    async def story():
        consumer = Consumer()
        socket = Socket(consumer, None)
        socket.open(Frame("0"))
        for number in (1, 2):
            socket.push(Frame(str(number)))
        await until(lambda: len(consumer.sent) == 3)
        socket.end()
        return consumer.sent

    assert asyncio.run(story()) == ["0", "1", "2"]


def test_frames_that_come_before_the_first_state_follow_it_unless_it_tells_them():
    recorder = Recorder()
    socket = Socket(None, recorder)
    told, news, count = Frame("told", 7), Frame("news", 8), Frame("count")
    for frame in (told, news, count):
        socket.push(frame)
    assert recorder.wires == []
    state = Frame("state", 7)
    socket.open(state)
    assert recorder.wires == [state.wire, news.wire, count.wire]


def test_frame_that_overtakes_the_snapshot_of_a_new_viewer_comes_after_it(track):
    """The viewer is in the group already while the snapshot is made."""

    async def story():
        hub, recorder = current_hub(), Recorder()
        facts = await hub.facts_of("seaside")
        socket = WebsocketCommunicator(application, "/ws/events/seaside")
        socket.scope["extensions"][EXTENSION] = recorder
        assert await socket.connect()
        await until(lambda: hub.sockets[f"event.{facts.id}"])
        hub.deliver(f"event.{facts.id}", Frame("overtaking", 1))
        await until(lambda: len(recorder.wires) == 2)
        await socket.disconnect()
        await hub.stop()
        return [b"live.snapshot" in wire for wire in recorder.wires]

    assert asyncio.run(story()) == [True, False]
