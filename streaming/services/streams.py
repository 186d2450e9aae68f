"""Ask for a stream: write the wish, then wake the one who fulfils it (services.reconcile does).

The wish is a row. The message behind it only makes the work start sooner: when the broker is down it is
lost and logged, and the tick finds the row.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from events.models import Event, Track
from streaming.console_live import console_changed
from streaming.enums import GatewayName, PlaybackKind
from streaming.errors import AddressNotPlayable, RecordingUnderWay, StreamExists, StreamOnAir
from streaming.media.embed import kind_of
from streaming.models import OnAir, Stream, StreamLog
from streaming.selectors.recordings import has_open_cuts
from streaming.states import Desired, Observed
from streaming.tasks import reconcile_stream


def ensure_stream(track: Track, gateway: str = "") -> Stream:
    """The track's stream. A new one uses `gateway`, else the site's; nothing is asked of it yet."""
    name = GatewayName(gateway or settings.STREAM_GATEWAY)
    stream, _ = Stream.objects.get_or_create(track=track, defaults={"gateway": name})
    return stream


def request_start(*, stream: Stream, actor: User | None) -> None:
    _ask(stream, "request_start", actor, desired=Desired.RUNNING)


def request_ready(*, stream: Stream, actor: User | None) -> None:
    """Make it exist, so that encoders can be set up, without running."""
    _ask(stream, "request_ready", actor, desired=Desired.READY)


def request_stop(*, stream: Stream, actor: User | None) -> None:
    """The same wish as ready, said by somebody who wants the picture to end."""
    _ask(stream, "request_stop", actor, desired=Desired.READY)


def request_delete(*, stream: Stream, actor: User | None) -> None:
    """Leave nothing behind that costs money.

    Raises StreamOnAir while the track has a talk on air, RecordingUnderWay while one is cut from it.
    """
    with transaction.atomic():
        refuse_on_air(stream)
        if has_open_cuts(stream):
            raise RecordingUnderWay
        _ask(stream, "request_delete", actor, desired=Desired.ABSENT)


def request_look(*, stream: Stream, actor: User | None) -> None:
    """The same wish once more: also a stream that was given up is tried again."""
    _ask(stream, "request_look", actor)


def prepare_all(*, event: Event, actor: User) -> dict[str, int]:
    """Make every stream exist that does not yet; how many were asked, and how many had no need."""
    return _ask_all(event, request_ready, {Desired.READY, Desired.RUNNING}, actor)


def start_all(*, event: Event, actor: User) -> dict[str, int]:
    """Let every stream run that does not yet; how many were asked, and how many had no need."""
    return _ask_all(event, request_start, {Desired.RUNNING}, actor)


def choose_gateway(*, track: Track, gateway: str, source_url: str, actor: User) -> Stream:
    """Let the track's picture come another way, or from another address.

    Raises AddressNotPlayable, StreamOnAir, or StreamExists: what was made one way is not taken down another.
    """
    name = GatewayName(gateway)
    if name is GatewayName.EMBED and kind_of(source_url) is PlaybackKind.NONE:
        raise AddressNotPlayable
    with transaction.atomic():
        stream = ensure_stream(track)
        if (stream.gateway, stream.source_url) == (name, source_url):
            return stream
        if stream.gateway == name == GatewayName.EMBED:
            return _correct_address(stream, source_url, actor)
        refuse_on_air(stream)
        row = Stream.objects.select_for_update().get(pk=stream.pk)
        if may_exist(row):
            raise StreamExists
        return _change(row, actor, gateway=name, source_url=source_url)


def may_exist(stream: Stream) -> bool:
    """Whether something may be there: only a sure no to the latest wish says that nothing is."""
    is_gone = stream.desired == Desired.ABSENT and stream.observed == Observed.ABSENT
    return stream.generation > 0 and not is_gone


def refuse_on_air(stream: Stream) -> None:
    """Inside a transaction: a take that is being written is waited for, one that was written is seen."""
    on_air = OnAir.objects.select_for_update().filter(track=stream.track_id).first()
    if on_air and on_air.talk_id:
        raise StreamOnAir


def _correct_address(row: Stream, source_url: str, actor: User) -> Stream:
    """Of a picture that somebody else makes, at any time: a wrong one is corrected when it is seen."""
    stream = _change(row, actor, gateway=row.gateway, source_url=source_url)
    request_look(stream=stream, actor=actor)
    return stream


def _change(row: Stream, actor: User, **fields: Any) -> Stream:
    Stream.objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
    detail = f"{row.gateway} {row.source_url}".strip()
    log = {"generation": row.generation, "what": "gateway", "detail": detail, "actor": actor}
    StreamLog.objects.create(stream=row, **log)
    console_changed(row.track.event, row.track_id)
    return row


def _ask_all(event: Event, ask: Callable[..., None], enough: set[Desired], actor: User) -> dict[str, int]:
    """One that was given up is asked again."""
    streams = [ensure_stream(track) for track in event.tracks.order_by("position", "pk")]
    idle = [one for one in streams if one.desired not in enough or one.observed == Observed.FAILED]
    for stream in idle:
        ask(stream=stream, actor=actor)
    return {"asked": len(idle), "already": len(streams) - len(idle)}


def _ask(stream: Stream, what: str, actor: User | None, **wish: Desired) -> None:
    with transaction.atomic():
        Stream.objects.filter(pk=stream.pk).update(
            **wish, generation=F("generation") + 1, attempts=0, look_at=Now()
        )
        stream.refresh_from_db()
        StreamLog.objects.create(stream=stream, generation=stream.generation, what=what, actor=actor)
        console_changed(stream.track.event, stream.track_id)
        transaction.on_commit(_wake(stream.pk), robust=True)


def _wake(stream_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def wake() -> None:
        reconcile_stream.delay(stream_id)

    return wake
