"""Ask for a stream: write the wish, then wake the one who fulfils it (services.reconcile does).

The wish is a row. The message behind it only makes the work start sooner: when the broker is down it is
lost and logged, and the tick finds the row.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from events.models import Track
from streaming.enums import GatewayName
from streaming.errors import StreamOnAir
from streaming.models import OnAir, Stream, StreamLog
from streaming.states import Desired
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
    """Leave nothing behind that costs money. Raises StreamOnAir while the track has a talk on air."""
    if OnAir.objects.filter(track=stream.track_id, talk__isnull=False).exists():
        raise StreamOnAir
    _ask(stream, "request_delete", actor, desired=Desired.ABSENT)


def request_look(*, stream: Stream, actor: User | None) -> None:
    """The same wish once more: also a stream that was given up is tried again."""
    _ask(stream, "request_look", actor)


def _ask(stream: Stream, what: str, actor: User | None, **wish: Desired) -> None:
    with transaction.atomic():
        Stream.objects.filter(pk=stream.pk).update(
            **wish, generation=F("generation") + 1, attempts=0, look_at=Now()
        )
        stream.refresh_from_db()
        StreamLog.objects.create(stream=stream, generation=stream.generation, what=what, actor=actor)
        transaction.on_commit(_wake(stream.pk), robust=True)


def _wake(stream_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def wake() -> None:
        reconcile_stream.delay(stream_id)

    return wake
