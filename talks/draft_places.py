"""Where talks stand, in the published timetable and in its draft, read from the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from events.models import Event
from talks.models import DraftChange, Talk
from talks.placing import NOWHERE, Conflict, Frame, Place, Planned, hours_around, standing_conflicts

Stored = dict[str, Any]


def published_place(talk: Talk) -> Place:
    """Where everybody sees it; nowhere while it is not published or has no time."""
    return own_place(talk) if talk.is_published else NOWHERE


def draft_place(talk: Talk) -> Place:
    """Where it shall stand. No query when the talk was read with its placement."""
    row = getattr(talk, "placement", None)
    if row is None:
        return own_place(talk)
    return Place(row.track_id, row.room_id, row.starts_at, row.ends_at)


def own_place(talk: Talk) -> Place:
    """Where its own row puts it, published or not."""
    if talk.starts_at is None:
        return NOWHERE
    return Place(talk.track_id, talk.room_id, talk.starts_at, talk.ends_at)


def draft_revision_of(talk: Talk) -> int:
    """How often the talk has been moved in the draft."""
    row = getattr(talk, "placement", None)
    return row.revision if row is not None else 0


def drafted_talks(event: Event) -> list[Talk]:
    """All talks of the event with their places in the draft; three queries however many there are."""
    return list(Talk.objects.filter(event=event).with_people().select_related("placement").order_by("pk"))


def talks_as_drafted(event: Event) -> list[Talk]:
    """All talks, each standing where the draft has it, in memory only; the number of queries is fixed."""
    talks = Talk.objects.filter(event=event).with_people().order_by("pk")
    found = list(talks.select_related("placement__track__room", "placement__room"))
    for talk in found:
        _stand_as_drafted(talk)
    return found


def _stand_as_drafted(talk: Talk) -> None:
    row = getattr(talk, "placement", None)
    if row is not None:
        talk.track, talk.room = row.track, row.room
        talk.starts_at, talk.ends_at = row.starts_at, row.ends_at


def planned(talk: Talk, place: Place | None = None) -> Planned:
    return Planned(
        id=talk.pk,
        place=draft_place(talk) if place is None else place,
        is_for_all_tracks=talk.is_for_all_tracks,
        is_cancelled=talk.is_cancelled,
        speakers=frozenset(speaker.pk for speaker in talk.people),
    )


def frame_of(event: Event, talks: Iterable[Talk]) -> Frame:
    """The event's days and tracks, and the hours around everything that stands in draft or timetable."""
    days = [day.date for day in event.days.all()]
    places = [place for talk in talks for place in (draft_place(talk), published_place(talk))]
    starts, ends = hours_around(event.zone, days, places)
    return Frame(event.zone, days, starts, ends, dict(event.tracks.values_list("pk", "room_id")))


def stored(place: Place) -> Stored:
    """A place as JSON keeps it."""
    return {
        "track_id": place.track_id,
        "room_id": place.room_id,
        "starts_at": place.starts_at.isoformat() if place.starts_at else None,
        "ends_at": place.ends_at.isoformat() if place.ends_at else None,
    }


def place_from(row: Stored) -> Place:
    return Place(row["track_id"], row["room_id"], _moment(row["starts_at"]), _moment(row["ends_at"]))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Move:
    """How a talk's place in the draft differs from the published one."""

    talk: Talk
    before: Place
    after: Place

    @property
    def kind(self) -> str:
        if not self.before.is_placed:
            return "added"
        if not self.after.is_placed:
            return "removed"
        same_time = (self.before.starts_at, self.before.ends_at) == (self.after.starts_at, self.after.ends_at)
        return "room" if same_time and self.before.track_id == self.after.track_id else "moved"


def moves_of(talks: Iterable[Talk]) -> list[Move]:
    """What publishing the draft would change."""
    pairs = ((talk, published_place(talk), draft_place(talk)) for talk in talks)
    return [Move(talk, before, after) for talk, before, after in pairs if before != after]


def conflicts_of(event: Event, talks: list[Talk]) -> list[Conflict]:
    """What is in the way of publishing."""
    return standing_conflicts(frame_of(event, talks), [planned(talk) for talk in talks])


def last_change(event: Event, actor: User) -> DraftChange | None:
    """The person's newest edit of the draft that is not undone."""
    mine = DraftChange.objects.filter(event=event, actor=actor, undone_at=None)
    return mine.select_related("talk").first()
