"""Keys that let an encoder push: shown to who runs the streams, and turned when somebody else may know one.

No key is ever written into a log, a page or the control room's state: it is answered to one request.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from streaming.console_live import console_changed
from streaming.enums import GatewayName
from streaming.errors import KeyOnItsWay, NoSuchKey, StreamRuns
from streaming.models import Stream, StreamLog
from streaming.services.streams import refuse_on_air, request_look
from streaming.states import Desired, Observed

KEYED = {GatewayName.IVS, GatewayName.MEDIALIVE}
NOT_THERE = {Observed.UNKNOWN, Observed.ABSENT}
WORKING = {Observed.STARTING, Observed.RUNNING, Observed.STOPPING}


@dataclass(frozen=True)
class Key:
    """What an encoder is told."""

    address: str
    key: str = field(repr=False)


def show_key(*, stream: Stream, actor: User) -> dict[str, Key]:
    """The keys by input, the backup's too. Raises NoSuchKey or KeyOnItsWay. Who asked is logged."""
    with transaction.atomic():
        row = Stream.objects.get(pk=stream.pk)
        if row.gateway in KEYED and row.placed_key_number != row.key_number:
            raise KeyOnItsWay
        keys = _keys(row)
        if not keys:
            raise NoSuchKey
        _log(row, "show_key", actor)
    return keys


def renew_key(*, stream: Stream, actor: User) -> None:
    """Wish for another key; the reconciler puts it in place. Raises NoSuchKey, StreamOnAir or StreamRuns."""
    with transaction.atomic():
        refuse_on_air(stream)
        row = Stream.objects.select_for_update().get(pk=stream.pk)
        if row.gateway not in KEYED or row.desired == Desired.ABSENT or row.observed in NOT_THERE:
            raise NoSuchKey
        if row.desired == Desired.RUNNING or row.observed in WORKING:
            raise StreamRuns
        Stream.objects.filter(pk=row.pk).update(key_number=F("key_number") + 1, look_at=Now())
        _log(row, "new_key", actor)
        request_look(stream=row, actor=actor)


def _keys(row: Stream) -> dict[str, Key]:
    pairs = {
        "studio": Key(row.ingest_url, row.stream_key),
        "backup": Key(row.backup_ingest_url, row.backup_key),
    }
    return {name: one for name, one in pairs.items() if row.gateway in KEYED and one.key}


def _log(row: Stream, what: str, actor: User) -> None:
    StreamLog.objects.create(stream=row, generation=row.generation, what=what, actor=actor)
    console_changed(row.track.event, row.track_id)
