"""The draft becomes what everybody sees, and an earlier version can be put back."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event, Room, Track
from events.services.revision import touch
from talks.draft_places import (
    Move,
    conflicts_of,
    draft_place,
    drafted_talks,
    frame_of,
    moves_of,
    place_from,
    planned,
    published_place,
    stored,
)
from talks.live import programme_changed
from talks.models import ProgrammeVersion, Talk
from talks.placing import NOWHERE, Conflict, standing_conflicts
from talks.services.drafting import lock_draft, write_places
from talks.services.programme import keep_changes, values_of

PLACE_FIELDS = ["track", "room", "starts_at", "ends_at", "is_published", "minutes", "updated_at"]


class StaleDraft(DomainError):
    """Somebody has changed the draft since it was looked at."""

    code = "stale"


class DraftConflicts(DomainError):
    """The draft cannot be published as it stands; `conflicts` says why."""

    code = "conflict"

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(self.code)
        self.conflicts = conflicts


class NothingToPublish(DomainError):
    """Nothing differs from what is published."""

    code = "nothing_to_publish"


def publish_timetable(
    *, event: Event, expected_revision: int, note: str, actor: User | None
) -> ProgrammeVersion:
    """All or nothing. A talk that is on air stays on air; only its place in the plan changes.

    Raises StaleDraft, DraftConflicts or NothingToPublish.
    """
    with transaction.atomic():
        if not lock_draft(event, expected_revision):
            raise StaleDraft
        talks = drafted_talks(event)
        if conflicts := conflicts_of(event, talks):
            raise DraftConflicts(conflicts)
        moves = moves_of(talks)
        if not moves:
            raise NothingToPublish
        _keep_what_was(event, talks)
        return _publish(event, talks, moves, note, actor)


def restore_version(
    *, event: Event, number: int, expected_revision: int, actor: User | None
) -> ProgrammeVersion:
    """Publish an earlier version again; the draft becomes the same. What was deleted since stays away.

    Raises StaleDraft, DraftConflicts, or ProgrammeVersion.DoesNotExist.
    """
    with transaction.atomic():
        if not lock_draft(event, expected_revision):
            raise StaleDraft
        version = ProgrammeVersion.objects.get(event=event, number=number)
        talks = drafted_talks(event)
        moves = _moves_to(version, talks)
        if conflicts := _conflicts_after(event, talks, moves):
            raise DraftConflicts(conflicts)
        return _publish(event, talks, moves, f"↺ {number}", actor)


def _moves_to(version: ProgrammeVersion, talks: list[Talk]) -> list[Move]:
    tracks = {None, *version.event.tracks.values_list("pk", flat=True)}
    rooms = {None, *version.event.rooms.values_list("pk", flat=True)}
    moves = []
    for talk in talks:
        row = version.placements.get(str(talk.pk))
        place = place_from(row) if row and row["track_id"] in tracks else NOWHERE
        if place.room_id not in rooms:
            place = replace(place, room_id=None)
        moves.append(Move(talk, published_place(talk), place))
    return [move for move in moves if move.before != move.after or draft_place(move.talk) != move.after]


def _conflicts_after(event: Event, talks: list[Talk], moves: list[Move]) -> list[Conflict]:
    """What would be wrong with the timetable once the moves were done: people and rooms change meanwhile."""
    after = {move.talk.pk: move.after for move in moves}
    plan = [planned(talk, after.get(talk.pk, published_place(talk))) for talk in talks]
    return standing_conflicts(frame_of(event, talks), plan)


def _publish(
    event: Event, talks: list[Talk], moves: list[Move], note: str, actor: User | None
) -> ProgrammeVersion:
    changed = [move for move in moves if move.before != move.after]
    # Restored over the draft: whoever has such a talk in the hand holds an older one.
    drafted = {move.talk: move.after for move in moves if draft_place(move.talk) != move.after}
    _write_published(event, changed, actor)
    write_places(drafted)
    version = _version(event, talks, note, actor)
    present = Talk.objects.with_people().filter(pk__in=[move.talk.pk for move in changed])
    programme_changed(event, touch(event), present)
    return version


def _write_published(event: Event, moves: list[Move], actor: User | None) -> None:
    """The talks' own rows and the record of what changed, in as many queries for thirty moves as for one."""
    before = {move.talk: values_of(move.talk) for move in moves}
    tracks, rooms = event.tracks.in_bulk(), event.rooms.in_bulk()
    for move in moves:
        _stand(move, tracks, rooms)
    Talk.objects.bulk_update(before, PLACE_FIELDS)
    keep_changes(before, actor=actor)


def _stand(move: Move, tracks: dict[int, Track], rooms: dict[int, Room]) -> None:
    talk, place = move.talk, move.after
    talk.track = tracks[place.track_id] if place.track_id else None
    talk.room = rooms[place.room_id] if place.room_id else None
    talk.starts_at, talk.ends_at = place.starts_at, place.ends_at
    talk.is_published, talk.updated_at = place.is_placed, timezone.now()
    if not place.is_placed:
        # Without a time nothing else tells how long it is.
        talk.minutes = move.before.minutes


def _keep_what_was(event: Event, talks: list[Talk]) -> None:
    """Before the first version from here there is one of what stood already, so that it can be put back."""
    placed = any(published_place(talk).is_placed for talk in talks)
    if placed and not ProgrammeVersion.objects.filter(event=event).exists():
        _version(event, talks, "", None)


def _version(event: Event, talks: list[Talk], note: str, actor: User | None) -> ProgrammeVersion:
    last = ProgrammeVersion.objects.filter(event=event).values_list("number", flat=True).first() or 0
    places = {str(talk.pk): stored(place) for talk in talks if (place := published_place(talk)).is_placed}
    return ProgrammeVersion.objects.create(
        event=event, number=last + 1, actor=actor, note=note[:200], placements=places
    )
