"""What a rehearsal does to what is on air: a jump in time begins anew, and its end leaves nothing."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event
from events.services.revision import touch
from streaming.console_live import console_changed
from streaming.enums import Card
from streaming.models import (
    AttemptLog,
    DutyLog,
    InputSwitch,
    MediaResource,
    OnAir,
    OnAirLog,
    Override,
    Recording,
    RunningTime,
    Stream,
    StreamLog,
)
from streaming.services.automation import disarm
from streaming.states import Observed
from talks.models import Placement, Talk
from talks.services.rehearsing import move_rehearsal


class StreamsThere(DomainError):
    """A stream of the rehearsal is not gone yet: what runs costs money."""

    code = "streams_there"


def jump(*, event: Event, moment: datetime, actor: User) -> None:
    """Make a `moment` of the original programme now; nothing is on air, and nothing has been."""
    tracks = list(event.tracks.select_related("event"))
    with transaction.atomic():
        move_rehearsal(event=event, moment=moment)
        for track in tracks:
            disarm(track=track, reason="changed", actor=actor)
        OnAirLog.objects.filter(track__in=tracks).delete()
        OnAir.objects.filter(track__in=tracks).update(
            talk=None, card=Card.WAITING, next_talk=None, since=Now(), revision=F("revision") + 1
        )
        console_changed(event)
        # Without a frame of its own: the hubs see it and send the whole state.
        touch(event)


def end_rehearsal(*, event: Event) -> None:
    """Delete a rehearsal for good. Raises StreamsThere; deletes no real event."""
    with transaction.atomic():
        copy = Event.objects.select_for_update().get(pk=event.pk, rehearsal_of__isnull=False)
        if _paid_for(copy):
            raise StreamsThere
        for rows in _kept_back(copy):
            rows.delete()
        copy.delete()


def _paid_for(event: Event) -> bool:
    streams = Stream.objects.filter(track__event=event)
    parts = MediaResource.objects.filter(stream__in=streams, gone_at=None)
    return streams.exclude(observed=Observed.ABSENT).exists() or parts.exists()


def _kept_back(event: Event) -> list[QuerySet[Any]]:
    """What protects talks and tracks of a real event from being deleted, in the order of its going."""
    streams = Stream.objects.filter(track__event=event)
    return [
        Recording.objects.filter(track__event=event),
        OnAirLog.objects.filter(track__event=event),
        OnAir.objects.filter(track__event=event),
        DutyLog.objects.filter(track__event=event),
        AttemptLog.objects.filter(talk__event=event),
        Override.objects.filter(talk__event=event),
        MediaResource.objects.filter(stream__in=streams),
        InputSwitch.objects.filter(stream__in=streams),
        RunningTime.objects.filter(stream__in=streams),
        StreamLog.objects.filter(stream__in=streams),
        streams,
        Placement.objects.filter(talk__event=event),
        Talk.objects.filter(event=event),
    ]
