"""The published timetable never shows two talks in one place, whichever way a talk comes into it."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from dreamkast.lib.errors import DomainError
from events.models import Event
from talks.draft_places import drafted_talks, frame_of, own_place, planned
from talks.models import Talk
from talks.placing import Conflict, find_conflicts

BOOKED = {"track_overlap", "speaker_twice", "room_twice"}
GIVEN_AWAY = _(
    "Nothing changed: another talk stands in that place. Move one of them in the timetable editor."
)


class PlaceGivenAway(DomainError):
    """Another talk stands there in the published timetable; `conflicts` says which."""

    code = "place_given_away"

    def __init__(self, conflicts: list[Conflict]) -> None:
        super().__init__(self.code)
        self.conflicts = conflicts


def refuse_double_booking(event: Event, coming: Iterable[Talk]) -> None:
    """Check talks that are about to be shown where their own rows say. The draft is locked already."""
    ids = {talk.pk for talk in coming}
    talks = drafted_talks(event)
    shown = [
        replace(planned(talk, own_place(talk)), is_cancelled=talk.is_cancelled and talk.pk not in ids)
        for talk in talks
        if talk.is_published or talk.pk in ids
    ]
    frame = frame_of(event, talks)
    found = [one for talk in shown if talk.id in ids for one in find_conflicts(frame, shown, talk)]
    conflicts = [one for one in found if one.code in BOOKED]
    if conflicts:
        raise PlaceGivenAway(conflicts)
