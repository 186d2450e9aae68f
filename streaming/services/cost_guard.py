"""Stop what nobody needs any more, never what is on air."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from streaming import stop_rules
from streaming.console_live import console_changed
from streaming.models import OnAir, Stream, StreamLog
from streaming.selectors.costs import auto_stop, running_streams, times_of
from streaming.services.streams import request_stop
from streaming.states import Desired

logger = logging.getLogger(__name__)


def stop_forgotten_streams() -> list[Stream]:
    """Stop each cloud stream whose time has come; returns those."""
    now = timezone.now()
    times = times_of(running_streams().filter(desired=Desired.RUNNING), now)
    due = [stream for stream, one in times.items() if _is_due(one, now)]
    return [stream for stream in due if _stop(stream)]


def keep_running(*, stream: Stream, actor: User) -> datetime:
    """Two more hours from now. Returns until when."""
    until = timezone.now() + stop_rules.KEEP
    with transaction.atomic():
        Stream.objects.filter(pk=stream.pk).update(keep_until=until)
        row = {"generation": stream.generation, "what": "keep_running", "actor": actor}
        StreamLog.objects.create(stream=stream, detail=f"{until:%Y-%m-%d %H:%M} UTC", **row)
        console_changed(stream.track.event, stream.track_id)
    return until


def _is_due(times: stop_rules.Times, now: datetime) -> bool:
    end = stop_rules.stop_at(times, now, auto_stop())
    return end is not None and end <= now


def _stop(stream: Stream) -> bool:
    """Under the on-air row's lock: a take that is being written waits, one that was written is seen."""
    with transaction.atomic():
        on_air = OnAir.objects.select_for_update().filter(track=stream.track_id).first()
        if on_air and on_air.talk_id:
            return False
        request_stop(stream=stream, actor=None)
    logger.warning("stopped by itself after the last talk: %s", stream)
    return True
