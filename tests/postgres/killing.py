"""Kill a worker around every call that changes something in the cloud, and see what is left afterwards.

Runs beside the database (Site.run): the cloud is a thread here, each worker a process of its own that
SIGKILL ends. Which calls there are is learned from a run that nobody disturbs.
"""

import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing import Value
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from django.utils.module_loading import import_string

from streaming.media.inventory import AwsInventory
from streaming.models import MediaResource, Stream, SweepFinding
from streaming.services import streams
from streaming.services.keys import renew_key
from streaming.services.reconcile import reconcile
from streaming.services.sweeping import sweep
from streaming.states import Desired, Observed, plan
from tests.factories.events import TrackFactory
from tests.services.aws.peer import AwsPeer, Unsent

# When the worker dies: the call never left it; it was done; its answer was read and nothing of it written;
# all was written and not committed.
POINTS = ("unsent", "done", "unwritten", "uncommitted")
WISHES = (streams.request_ready, renew_key, streams.request_start, streams.request_delete)
LONG_AGO = timedelta(hours=1)


@dataclass
class Stage:
    """The cloud, and one gateway for the workers that die and one for who comes after them."""

    peer: AwsPeer
    gateway: str
    inventory: AwsInventory = field(default_factory=AwsInventory)
    is_answered: Any = field(default_factory=lambda: Value("i", 0))
    gateways: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:

        made = import_string(settings.STREAM_GATEWAYS[self.gateway])
        # A worker's process begins with what this one has: its gateway must have no open connection.
        self.gateways = {"worker": made(), "after": made()}

    def new_stream(self) -> Stream:
        self.peer.forget()
        self.is_answered.value = 0
        SweepFinding.objects.all().delete()
        MediaResource.objects.all().delete()
        Stream.objects.update(desired=Desired.ABSENT, observed=Observed.ABSENT)
        return streams.ensure_stream(TrackFactory(), self.gateway)

    def drive(self, stream: Stream, who: str) -> None:
        """As the ticks would, without their pauses, until there is nothing left to do."""
        for _ in range(100):
            reconcile(stream.pk, lambda name: self.gateways[who])
            stream.refresh_from_db()
            if _is_at_rest(stream):
                return


def main(gateway: str) -> dict[str, Any]:
    """The calls of an undisturbed life, and what was wrong after each kill: [call, point, what]."""
    settings.AWS_MEDIALIVE_ROLE_ARN, settings.ENCODER_ADDRESSES = (
        "arn:aws:iam::123456789012:role/w",
        ["203.0.113.7/32"],
    )
    peer = AwsPeer()
    settings.AWS_ENDPOINT_URL = peer.url
    peer.start()
    stage = Stage(peer, gateway)
    lives = list(_lives(stage))
    faults = [
        [f"{number} {call}", point, fault]
        for number, (wish, call) in enumerate(lives, start=1)
        for point in POINTS
        for fault in _killed(stage, number, wish, point)
    ]
    peer.stop()
    return {
        "calls": [call for _, call in lives],
        "faults": faults + [["peer", "", one] for one in peer.faults],
    }


def _lives(stage: Stage) -> Iterator[tuple[int, str]]:
    """Which wish each changing call belongs to, in order."""
    stream = stage.new_stream()
    for number, ask in enumerate(WISHES):
        seen = len(stage.peer.changes())
        ask(stream=stream, actor=None)
        stage.drive(stream, "after")
        yield from ((number, call) for call in stage.peer.changes()[seen:])


def _killed(stage: Stage, number: int, wish: int, point: str) -> list[str]:
    stream = stage.new_stream()
    for ask in WISHES[:wish]:
        ask(stream=stream, actor=None)
        stage.drive(stream, "after")
    WISHES[wish](stream=stream, actor=None)
    if not _die(stage, stream, number, point):
        return ["the worker did not die"]
    _an_hour_passes(stream)
    stage.drive(stream, "after")
    return list(_faults(stage, stream))


def _die(stage: Stage, stream: Stream, number: int, point: str) -> bool:
    """Whether the worker was killed at that point, and not somewhere else or never."""
    _leave_database()
    worker = os.fork()
    if worker == 0:
        _work(stage, stream, point)
    stage.peer.watch = _watcher(stage, worker, number, point)
    _, status = os.waitpid(worker, 0)
    stage.peer.watch = lambda number, operation, at: None
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _watcher(stage: Stage, worker: int, number: int, point: str) -> Callable[[int, str, str], None]:
    def watch(seen: int, operation: str, at: str) -> None:
        if seen != number:
            return
        if at == "before" and point == "unsent":
            os.kill(worker, signal.SIGKILL)
            raise Unsent
        if at == "after" and point == "done":
            os.kill(worker, signal.SIGKILL)
        elif at == "after":
            stage.is_answered.value = 1

    return watch


def _work(stage: Stage, stream: Stream, point: str) -> None:
    """The life of a worker: it ends itself where the parent cannot see."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        is_last = sql.startswith('INSERT INTO "streaming_streamlog"')
        if stage.is_answered.value and (point == "unwritten" or is_last):
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(wrapper):
            stage.drive(stream, "worker")
    finally:
        os._exit(1)


def _leave_database() -> None:
    """Two processes must not share a connection."""
    connections.close_all()
    connection.close_pool()


def _an_hour_passes(stream: Stream) -> None:
    """The lease runs out, and what was asked without a token is asked again."""
    then = timezone.now() - LONG_AGO
    Stream.objects.filter(pk=stream.pk).update(look_at=then)
    Stream.objects.filter(pk=stream.pk, lease_until__isnull=False).update(lease_until=then)
    MediaResource.objects.filter(asked_at__isnull=False).update(asked_at=then)


def _is_at_rest(stream: Stream) -> bool:
    is_seen = stream.observed_generation == stream.generation
    return is_seen and plan(Desired(stream.desired), Observed(stream.observed)) is None


def _faults(stage: Stage, stream: Stream) -> Iterator[str]:
    if not _is_at_rest(stream):
        yield f"wished {stream.desired}, is {stream.observed}: {stream.error}"
    there = stage.peer.there()
    wished = {} if stream.desired == Desired.ABSENT else WHOLE[stage.gateway]
    if there != wished | STAYS[stage.gateway]:
        yield f"in the cloud: {there}"
    found = sweep(cloud=stage.inventory, may_delete=False)
    if found.strays or found.error:
        yield f"not recorded: {[str(one) for one in SweepFinding.objects.all()]} {found.error}"


WHOLE = {
    "ivs": {"picture": 1, "key": 1},
    "medialive": {
        "picture": 1,
        "key": 1,
        "fence": 1,
        "input": 1,
        "encoder": 1,
        "group": 1,
        "package": 1,
        "endpoint": 2,
    },
}
STAYS: dict[str, dict[str, int]] = {"ivs": {}, "medialive": {"group": 1}}
