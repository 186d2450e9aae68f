"""What a stream of several parts lacks or has too much of: values only, tested without a cloud."""

from collections.abc import Iterable, Mapping

from streaming.enums import Part
from streaming.media.gateway import SHARED
from streaming.states import Observed, Seen

MAKING = tuple(Part)
ALL = frozenset(Part)
# Made only for tracks that want them.
EXTRAS = frozenset({Part.BACKUP, Part.SLATE})
# MediaLive lets go of an input only when no encoder holds it.
HELD = {Part.INPUT, *EXTRAS}
# Whoever uses something goes before it: a parent refuses to go while children hang on it.
REMOVING = (
    Part.ENCODER,
    Part.INPUT,
    Part.BACKUP,
    Part.SLATE,
    Part.FENCE,
    Part.ARCHIVE_POLICY,
    Part.ARCHIVE,
    Part.LIVE_POLICY,
    Part.LIVE,
    Part.PACKAGE,
    Part.PICTURE,
)
# The CDN's origin is the group's own host: made anew it would be another one. It costs nothing.
STAYS = {Part.GROUP}
PASSING = {Seen.MAKING, Seen.REMOVING}
WORKING = {
    Seen.STARTING: Observed.STARTING,
    Seen.RUNNING: Observed.RUNNING,
    Seen.STOPPING: Observed.STOPPING,
}

WANTING = {Seen.ABSENT, Seen.STALE, Seen.BROKEN}

Parts = Mapping[Part, Seen]
Wanted = frozenset[Part]


def observed_of(seen: Parts, *, is_last: bool, wanted: Wanted = ALL) -> Observed:
    """The whole from its parts. Shared parts count as left behind only when nobody else uses them."""
    if any(seen[part] in PASSING for part in MAKING):
        return Observed.CHANGING
    if seen[Part.ENCODER] in {Seen.STARTING, Seen.STOPPING}:
        return WORKING[seen[Part.ENCODER]]
    if all(seen[part] is Seen.ABSENT for part in _counted(is_last)):
        return Observed.ABSENT
    if next_to_make(seen, wanted) is not None:
        return Observed.PARTIAL
    return WORKING.get(seen[Part.ENCODER], Observed.STOPPED)


def next_to_make(seen: Parts, wanted: Wanted = ALL) -> Part | None:
    """The first part that is missing, stale or broken, or there although nobody wants it."""
    return next((part for part in MAKING if _is_wrong(part, seen, wanted)), None)


def _is_wrong(part: Part, seen: Parts, wanted: Wanted) -> bool:
    """An input that has to go waits for the encoder that may hold it: that one goes first."""
    is_there = seen[part] is not Seen.ABSENT
    is_wrong = seen[part] in WANTING if part in wanted else is_there
    may_be_held = part in HELD and is_there and seen[Part.ENCODER] not in {Seen.ABSENT, Seen.READY}
    return is_wrong and not may_be_held


def next_to_remove(seen: Parts, *, is_last: bool) -> Part | None:
    there = (part for part in REMOVING if seen[part] is not Seen.ABSENT)
    return next((part for part in there if is_last or part not in SHARED), None)


def _counted(is_last: bool) -> Iterable[Part]:
    return [part for part in MAKING if part not in STAYS and (is_last or part not in SHARED)]
