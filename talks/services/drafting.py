"""Edits of the next timetable. Nobody outside the team sees them before they are published."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event
from talks.draft_places import (
    Stored,
    draft_place,
    draft_revision_of,
    drafted_talks,
    frame_of,
    last_change,
    place_from,
    planned,
    stored,
)
from talks.models import Draft, DraftChange, Placement, Talk
from talks.placing import NOWHERE, Conflict, Place, find_conflicts, into_the_night


class StalePlace(DomainError):
    """Somebody else has moved the talk since; `talk` is as it stands now."""

    code = "stale"

    def __init__(self, talk: Talk) -> None:
        super().__init__(self.code)
        self.talk = talk


class PlaceTaken(DomainError):
    """Something is in the way; `conflicts` says what, `talk` is as it stands."""

    code = "conflict"

    def __init__(self, talk: Talk, conflicts: list[Conflict]) -> None:
        super().__init__(self.code)
        self.talk, self.conflicts = talk, conflicts


class NoTrack(DomainError):
    """A talk that is not for all tracks has a time but no track."""

    code = "no_track"


class NothingToUndo(DomainError):
    """The person has changed nothing in this draft that is not undone already."""

    code = "nothing_to_undo"


class MovedSince(DomainError):
    """Somebody has changed the talk after the person's last edit: that step is dropped, those before it stay.

    `talk` is as it stands, `by` whoever moved it, as far as that is known.
    """

    code = "moved_since"

    def __init__(self, talk: Talk, by: User | None) -> None:
        super().__init__(self.code)
        self.talk, self.by = talk, by


class UnknownTalk(DomainError):
    """There is no such talk in the event."""

    code = "unknown_talk"


@dataclass(frozen=True)
class Edited:
    """The talk as the edit left it (None: it is gone), and the draft's new revision."""

    talk: Talk | None
    talk_id: int
    draft_revision: int


def move_talk(
    *, event: Event, talk_id: int, place: Place, expected_revision: int, actor: User | None
) -> Edited:
    """Give the talk another place in the draft.

    Locks the event's draft, so that two editors cannot both take one hole. Raises StalePlace, PlaceTaken,
    NoTrack or UnknownTalk. The place where it stands already changes nothing.
    """
    with transaction.atomic():
        revision = lock_draft(event)
        talks = drafted_talks(event)
        talk = _find(talks, talk_id)
        if draft_revision_of(talk) != expected_revision:
            raise StalePlace(talk)
        before, place = draft_place(talk), _whole(talk, place)
        if place != before:
            _refuse_conflicts(event, talks, talk, place)
            _log(talk, before=stored(before), after=stored(place), actor=actor)
            write_place(talk, place)
    return Edited(talk, talk.pk, revision)


def undo_last(*, event: Event, actor: User) -> Edited:
    """Take the person's own last edit back.

    Raises NothingToUndo, PlaceTaken or, after that edit is dropped, MovedSince.
    """
    with transaction.atomic():
        revision = lock_draft(event)
        change = last_change(event, actor)
        if change is None:
            raise NothingToUndo
        talks = drafted_talks(event)
        talk = _find(talks, change.talk_id)
        DraftChange.objects.filter(pk=change.pk).update(undone_at=timezone.now())
        if _is_as_left(talk, change):
            return Edited(_put_back(event, talks, talk, change), change.talk_id, revision)
    raise MovedSince(talk, _mover_after(change))


def add_entry(*, event: Event, entry: Talk, actor: User | None) -> Edited:
    """Save a new talk or break; it waits among the unscheduled ones."""
    with transaction.atomic():
        revision = lock_draft(event)
        entry.event = event
        entry.save()
        write_place(entry, NOWHERE)
        _log(entry, before=None, after=stored(NOWHERE), actor=actor)
    return Edited(entry, entry.pk, revision)


def place_imported(*, event: Event, places: Mapping[Talk, Place], actor: User | None) -> None:
    """Write many places at once, conflicts too: the editor shows them and publishing refuses them."""
    if not places:
        return
    with transaction.atomic():
        lock_draft(event)
        for talk, place in places.items():
            before = draft_place(talk)
            if place != before:
                _log(talk, before=stored(before), after=stored(place), actor=actor)
            write_place(talk, place)


def lock_draft(event: Event, expected: int | None = None) -> int:
    """Raise the draft's revision and hold its row until the transaction ends. Returns the new revision.

    With `expected` the draft must still be at that revision: else 0, and nothing is locked.
    """
    Draft.objects.get_or_create(event=event)
    rows = Draft.objects.filter(event=event)
    if expected is not None:
        rows = rows.filter(revision=expected)
    if not rows.update(revision=F("revision") + 1):
        return 0
    return Draft.objects.values_list("revision", flat=True).get(event=event)


def _whole(talk: Talk, place: Place) -> Place:
    """A place has a time, and a track unless the talk is for all of them."""
    if not place.is_placed:
        return NOWHERE
    if talk.is_for_all_tracks:
        return replace(place, track_id=None)
    if place.track_id is None:
        raise NoTrack
    return place


def _find(talks: list[Talk], talk_id: int) -> Talk:
    found = next((talk for talk in talks if talk.pk == talk_id), None)
    if found is None:
        raise UnknownTalk
    return found


def _refuse_conflicts(event: Event, talks: list[Talk], talk: Talk, place: Place) -> None:
    frame = into_the_night(frame_of(event, talks), place)
    conflicts = find_conflicts(frame, [planned(other) for other in talks], planned(talk, place))
    if conflicts:
        raise PlaceTaken(talk, conflicts)


def _delete(talk: Talk) -> None:
    """What a log names stays: then there is nothing to undo any more."""
    try:
        with transaction.atomic():
            talk.delete()
    except ProtectedError as error:
        raise NothingToUndo from error


def _put_back(event: Event, talks: list[Talk], talk: Talk, change: DraftChange) -> Talk | None:
    if change.before is None:
        _delete(talk)
        return None
    place = place_from(change.before)
    _refuse_conflicts(event, talks, talk, place)
    write_place(talk, place)
    return talk


def _is_as_left(talk: Talk, change: DraftChange) -> bool:
    """Nobody has touched the talk since the change."""
    if draft_place(talk) != place_from(change.after):
        return False
    return change.before is not None or _is_as_made(talk)


def _mover_after(change: DraftChange) -> User | None:
    later = DraftChange.objects.filter(talk=change.talk_id, pk__gt=change.pk, undone_at=None)
    newest = later.exclude(actor=change.actor_id).select_related("actor").first()
    return newest.actor if newest else None


def _is_as_made(talk: Talk) -> bool:
    """Nobody has seen the new entry or written into it: then taking it back loses nothing."""
    changes = talk.draft_changes.count()
    return not (talk.is_published or talk.abstract or talk.people or talk.changes.exists()) and changes == 1


def write_place(talk: Talk, place: Place) -> None:
    """The talk's row in the draft; its `placement` is as written afterwards. The draft is locked already."""
    values = {
        "track_id": place.track_id,
        "room_id": place.room_id,
        "starts_at": place.starts_at,
        "ends_at": place.ends_at,
    }
    row, is_new = Placement.objects.get_or_create(talk=talk, defaults={**values, "revision": 1})
    if not is_new:
        Placement.objects.filter(talk=talk).update(**values, revision=F("revision") + 1)
        row.refresh_from_db()
    talk.placement = row


def write_places(places: Mapping[Talk, Place]) -> None:
    """Like `write_place` for many, which were read with their placements after the draft was locked."""
    rows = {talk: getattr(talk, "placement", None) for talk in places}
    known = [row for row in rows.values() if row is not None]
    for talk, place in places.items():
        talk.placement = _moved(rows[talk] or Placement(talk=talk), place)
    Placement.objects.bulk_update(known, ["track", "room", "starts_at", "ends_at", "revision"])
    Placement.objects.bulk_create(talk.placement for talk, row in rows.items() if row is None)


def _moved(row: Placement, place: Place) -> Placement:
    row.track_id, row.room_id = place.track_id, place.room_id
    row.starts_at, row.ends_at = place.starts_at, place.ends_at
    row.revision += 1
    return row


def _log(talk: Talk, *, before: Stored | None, after: Stored, actor: User | None) -> None:
    DraftChange.objects.create(event_id=talk.event_id, talk=talk, before=before, after=after, actor=actor)
