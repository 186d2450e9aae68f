"""The talks that a file tells of, each where it stands or shall stand."""

from events.models import Event, Track
from talks.draft_places import own_place, talks_as_drafted
from talks.models import Talk


def exported_talks(event: Event, *, drafts: bool) -> list[Talk]:
    """The talks in an order that stays; with `drafts` each stands where the draft has put it (not saved)."""
    if drafts:
        return talks_as_drafted(event)
    published = Talk.objects.filter(event=event).published().filter(starts_at__isnull=False)
    return list(published.with_people().order_by("pk"))


def minutes_of(talk: Talk) -> int | None:
    return own_place(talk).minutes or talk.minutes


def lane_of(talk: Talk, tracks: list[Track]) -> Track | None:
    """Its track; what is for all tracks stands in the first one, since files know no such thing."""
    if talk.track is not None or not talk.is_for_all_tracks:
        return talk.track
    return tracks[0] if tracks else None
