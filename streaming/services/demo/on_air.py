"""Put the demo's current talks on air."""

from datetime import datetime

from events.models import Event, Track
from streaming.enums import Command, Source
from streaming.errors import OnAirRefused
from streaming.models import OnAirLog
from streaming.services.on_air import ensure_on_air, run_command, store_next_talks
from talks.models import Talk


def air_current_talks(event: Event, now: datetime) -> list[str]:
    lines = [_air(track, now) for track in event.tracks.select_related("event")]
    store_next_talks(event)
    return lines


def _air(track: Track, now: datetime) -> str:
    on_air = ensure_on_air(track)
    if _is_in_staff_hands(track):
        return f"Track {track.name}: left alone, because staff chose what it shows."
    talk = _current_talk(track, now)
    if talk is None or talk == on_air.talk:
        return f"Track {track.name}: nothing to change."
    key = f"seed-{talk.pk}-{on_air.revision}"
    try:
        run_command(
            track=track,
            command=Command.TAKE,
            talk=talk,
            expected_revision=on_air.revision,
            idempotency_key=key,
            source=Source.SEED,
            actor=None,
        )
    except OnAirRefused as refusal:
        return f"Track {track.name}: left alone ({refusal.code})."
    return f"Track {track.name}: on air is “{talk.title}”."


def _is_in_staff_hands(track: Track) -> bool:
    last = OnAirLog.objects.filter(track=track).order_by("-revision").first()
    return last is not None and last.source != Source.SEED


def _current_talk(track: Track, now: datetime) -> Talk | None:
    talks = Talk.objects.published().for_track(track).filter(starts_at__lte=now, ends_at__gt=now)
    talks = talks.filter(cancelled_at=None)
    return talks.order_by("starts_at", "pk").last()
