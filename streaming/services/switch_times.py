"""Write down when a switch came in, and ask that the picture tells of it (services.picture_marks does).

The wish is a row. The message behind it only makes it sooner: the tick finds the row.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from events.models import Track
from streaming.enums import GatewayName, MarkState
from streaming.mark_tasks import write_mark
from streaming.models import OnAirLog, Stream, SwitchTimes

CLOUD = {GatewayName.IVS, GatewayName.MEDIALIVE}


def begin(*, log: OnAirLog, requested_at: datetime | None) -> SwitchTimes:
    """Called in the transaction of the command. What the picture cannot tell is said at once."""
    mark = _mark_for(log.track)
    try_at = Now() if mark is MarkState.WAITING else None
    return SwitchTimes.objects.create(log=log, requested_at=requested_at, mark=mark, try_at=try_at)


def wake(times: SwitchTimes) -> None:
    """Called after the viewers' frame was registered: that one leaves first."""
    if times.mark == MarkState.WAITING:
        transaction.on_commit(_waking(times.pk), robust=True)


def _mark_for(track: Track) -> MarkState:
    stream = Stream.objects.filter(track=track).first()
    if stream is None or not stream.is_playing:
        return MarkState.NO_PICTURE
    return MarkState.WAITING if stream.gateway in CLOUD else MarkState.NOT_SUPPORTED


def _waking(times_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def wake_writer() -> None:
        write_mark.delay(times_id)

    return wake_writer
