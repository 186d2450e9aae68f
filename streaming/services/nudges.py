"""A message from outside makes us look sooner. It says nothing that we believe, and writes no state."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from streaming.health_tasks import look_at_pictures
from streaming.models import MediaResource, Stream, StreamHealth
from streaming.tasks import reconcile_stream

# However many messages come, nothing is looked at twice in the same second.
LEAST = timedelta(seconds=1)


def nudge(names: Iterable[str]) -> int:
    """Look now at the streams that the cloud's names mean. Returns how many streams these are."""
    found = _streams_of({word for name in names for word in _words(name)})
    with transaction.atomic():
        if _sooner_health(found):
            transaction.on_commit(_ask_pictures, robust=True)
        for stream_id in _sooner_look(found):
            transaction.on_commit(_ask_stream(stream_id), robust=True)
    return len(found)


def _words(name: str) -> set[str]:
    """A name itself and its parts: MediaLive numbers its encoders, MediaPackage's paths contain our names."""
    tail = name.rpartition(":")[2]
    return {name, tail, *tail.split("/")} - {""}


def _streams_of(words: set[str]) -> list[int]:
    parts = MediaResource.objects.filter(Q(external_id__in=words) | Q(name__in=words), stream__isnull=False)
    known = set(parts.values_list("stream_id", flat=True))
    return sorted(known | set(Stream.objects.filter(external_id__in=words).values_list("pk", flat=True)))


def _sooner_health(streams: list[int]) -> int:
    now = timezone.now()
    rows = StreamHealth.objects.filter(Q(asked_at=None) | Q(asked_at__lt=now - LEAST), stream__in=streams)
    return rows.filter(next_at__gt=now).update(next_at=now)


def _sooner_look(streams: list[int]) -> list[int]:
    now = timezone.now()
    old = Q(observed_at=None) | Q(observed_at__lt=now - LEAST)
    later = Stream.objects.filter(old, pk__in=streams, look_at__gt=now)
    return [pk for pk in later.values_list("pk", flat=True) if later.filter(pk=pk).update(look_at=now)]


def _ask_pictures() -> None:
    look_at_pictures.delay()


def _ask_stream(stream_id: int) -> Callable[[], None]:
    """A function with a name: Django cannot log the failure of a partial."""

    def ask() -> None:
        reconcile_stream.delay(stream_id)

    return ask
