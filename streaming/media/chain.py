"""What a stream of several parts lacks or has too much of: values only, tested without a cloud."""

from collections.abc import Iterable, Mapping

from streaming.enums import Part
from streaming.media.gateway import SHARED
from streaming.states import Observed, Seen

MAKING = tuple(Part)
# Whoever uses something goes before it: a parent refuses to go while children hang on it.
REMOVING = (
    Part.ENCODER,
    Part.INPUT,
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

Parts = Mapping[Part, Seen]


def observed_of(seen: Parts, *, is_last: bool) -> Observed:
    """The whole from its parts. Shared parts count as left behind only when nobody else uses them."""
    if any(seen[part] in PASSING for part in MAKING):
        return Observed.CHANGING
    if seen[Part.ENCODER] in {Seen.STARTING, Seen.STOPPING}:
        return WORKING[seen[Part.ENCODER]]
    if all(seen[part] is Seen.ABSENT for part in _counted(is_last)):
        return Observed.ABSENT
    if next_to_make(seen) is not None:
        return Observed.PARTIAL
    return WORKING.get(seen[Part.ENCODER], Observed.STOPPED)


def next_to_make(seen: Parts) -> Part | None:
    """The first part that is missing, stale or broken."""
    wanting = {Seen.ABSENT, Seen.STALE, Seen.BROKEN}
    return next((part for part in MAKING if seen[part] in wanting), None)


def next_to_remove(seen: Parts, *, is_last: bool) -> Part | None:
    there = (part for part in REMOVING if seen[part] is not Seen.ABSENT)
    return next((part for part in there if is_last or part not in SHARED), None)


def _counted(is_last: bool) -> Iterable[Part]:
    return [part for part in MAKING if part not in STAYS and (is_last or part not in SHARED)]
