"""The talks that a file tells of, each where it stands or shall stand."""

from events.models import Event, Track
from talks.models import Talk


def exported_talks(event: Event, *, drafts: bool) -> list[Talk]:
    """The talks in an order that stays; with `drafts` each stands where the draft has put it (not saved)."""
    talks = Talk.objects.filter(event=event).with_people().order_by("pk")
    if not drafts:
        return list(talks.published().filter(starts_at__isnull=False))
    found = list(talks.select_related("placement__track__room", "placement__room"))
    for talk in found:
        _put_as_drafted(talk)
    return found


def _put_as_drafted(talk: Talk) -> None:
    place = getattr(talk, "placement", None)
    if place is not None:
        talk.track, talk.room, talk.starts_at, talk.ends_at = (
            place.track,
            place.room,
            place.starts_at,
            place.ends_at,
        )


def minutes_of(talk: Talk) -> int | None:
    if talk.starts_at and talk.ends_at:
        return int((talk.ends_at - talk.starts_at).total_seconds()) // 60
    return talk.minutes


def lane_of(talk: Talk, tracks: list[Track]) -> Track | None:
    """Its track; what is for all tracks stands in the first one, since files know no such thing."""
    if talk.track is not None or not talk.is_for_all_tracks:
        return talk.track
    return tracks[0] if tracks else None
