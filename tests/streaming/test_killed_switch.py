"""A worker dies around every single call of a switch; the next one finds out and finishes, once."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from streaming.models import InputSwitch, Stream
from streaming.services import streams
from streaming.services.inputs import cancel_switch, request_switch, set_inputs
from streaming.services.switching import drive
from tests.streaming.medialive_line import running


class Killed(BaseException):
    """Nothing in the product catches it, as nothing catches SIGKILL."""


@dataclass
class Deadly:
    """A switcher that counts its calls and dies at one: before it is sent, or after its effect."""

    real: object
    at: tuple[int, str] = (0, "")
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name):
        def call(*args):
            self.calls.append(name)
            self._die("before")
            done = getattr(self.real, name)(*args)
            self._die("after")
            return done

        return call

    def _die(self, moment):
        if self.at == (len(self.calls), moment):
            raise Killed


@pytest.fixture
def stream(track, gateway):
    made = streams.ensure_stream(track, "medialive")
    set_inputs(stream=made, has_backup=True, slate_url="", actor=None)
    return running(made, gateway)


def now(stream):
    return request_switch(stream=stream, to="backup", number=1, actor=None)


def planned(stream):
    at = timezone.now() + timedelta(minutes=5)
    return request_switch(stream=stream, to="backup", number=1, at=at, actor=None)


def cancelled(stream, peer):
    switch = planned(stream)
    drive(stream.pk, lambda: peer.switcher)
    cancel_switch(switch=switch, actor=None)


def follow(stream, deadly):
    """Runs until all is done; one that dies leaves its lease behind, which ends some time."""
    for _ in range(4):
        try:
            drive(stream.pk, lambda: deadly)
        except Killed:
            lease(stream, timedelta(seconds=15))
            assert drive(stream.pk, lambda: deadly) is None
            lease(stream, timedelta(seconds=-1))
    return InputSwitch.objects.get().state


def lease(stream, left):
    Stream.objects.filter(pk=stream.pk).update(inputs_lease_until=timezone.now() + left)


def scheduled(peer):
    with peer.cloud.lock:
        return [row["ActionName"] for row in peer.cloud.listed("encoder")[0].get("_schedule", [])]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_switch_now_happens_once(stream, peer, number, moment):
    now(stream)
    deadly = Deadly(peer.switcher, (number, moment))
    assert follow(stream, deadly) == "effective"
    assert deadly.calls[:2] in (["switch", "look"], ["switch", "switch"])
    assert scheduled(peer) == [f"{stream.track_id}-1"]
    assert peer.calls.count("StartChannel") == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_plan_is_made_once(stream, peer, moment):
    planned(stream)
    assert follow(stream, Deadly(peer.switcher, (1, moment))) == "accepted"
    assert scheduled(peer) == [f"{stream.track_id}-1"]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_plan_is_taken_back_once(stream, peer, number, moment):
    cancelled(stream, peer)
    deadly = Deadly(peer.switcher, (number, moment))
    assert follow(stream, deadly) == "cancelled"
    assert deadly.calls[0] == "scheduled"
    assert scheduled(peer) == []


def test_a_switch_now_has_no_other_calls(stream, peer):
    now(stream)
    calm = Deadly(peer.switcher)
    follow(stream, calm)
    assert calm.calls == ["switch", "look"]


def test_taking_back_has_no_other_calls(stream, peer):
    cancelled(stream, peer)
    calm = Deadly(peer.switcher)
    follow(stream, calm)
    assert calm.calls == ["scheduled", "drop"]
