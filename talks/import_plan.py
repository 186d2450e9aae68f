"""What an import would do: compares a file's programme with the stored one and writes nothing."""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dreamkast.lib.text import tighten_counters
from events.models import Event, Track
from talks.exchange.entry import NAMESPACE, Entry, Fault, Person, Programme
from talks.exchange.words import prose
from talks.exports.talks import exported_talks, lane_of, minutes_of
from talks.models import Speaker, Talk
from talks.night import NIGHT_HOURS


@dataclass
class Difference:
    """What of a stored talk the file says otherwise: field, before, after."""

    talk: Talk
    entry: Entry
    fields: dict[str, tuple[Any, Any]]


@dataclass
class ImportPlan:
    event: Event
    added: list[Entry] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    missing: list[Talk] = field(default_factory=list)
    unchanged: int = 0
    new_days: list[date] = field(default_factory=list)
    new_tracks: list[str] = field(default_factory=list)
    speakers: dict[uuid.UUID, Speaker | Person] = field(default_factory=dict)
    changed_speakers: list[tuple[Speaker, dict[str, tuple[str, str]]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    @property
    def does_nothing(self) -> bool:
        parts = (self.added, self.changed, self.new_days, self.new_tracks, self.changed_speakers)
        return not any(parts)

    @property
    def new_speakers(self) -> list[Person]:
        return [person for person in self.speakers.values() if isinstance(person, Person)]


def plan_import(event: Event, programme: Programme) -> ImportPlan:
    plan = ImportPlan(event, faults=[*programme.faults], warnings=[*programme.warnings])
    _find_speakers(plan, programme)
    talks, tracks = exported_talks(event, drafts=True), list(event.tracks.all())
    stored = StoredTalks(event, talks)
    for entry in programme.entries:
        _compare(plan, entry, stored.claim(entry, plan), tracks)
    plan.missing = stored.unclaimed()
    plan.new_days = _new_days(event, programme)
    plan.new_tracks = _new_tracks(programme, tracks)
    return plan


class StoredTalks:
    """The event's talks, each found by its id, or by its title when the file has none."""

    def __init__(self, event: Event, talks: list[Talk]) -> None:
        self.event, self.talks = event, talks
        self._by_guid = {talk.guid: talk for talk in talks}
        self._claimed: set[int] = set()
        self._read: set[uuid.UUID] = set()

    def claim(self, entry: Entry, plan: ImportPlan) -> Talk | None:
        found = self._find(entry)
        if entry.guid in self._read or (found is not None and found.pk in self._claimed):
            plan.faults.append(Fault(entry.place, _("The same talk stands in the file twice.")))
        if entry.guid is not None:
            self._read.add(entry.guid)
        if found is not None:
            self._claimed.add(found.pk)
        return found

    def unclaimed(self) -> list[Talk]:
        return [talk for talk in self.talks if talk.pk not in self._claimed and not talk.is_cancelled]

    def _find(self, entry: Entry) -> Talk | None:
        if entry.guid is not None:
            return self._by_guid.get(entry.guid) or self._by_guid.get(guid_here(entry.guid, self.event))
        title = tighten_counters(entry.values["title"])
        same = [talk for talk in self.talks if talk.title == title and talk.pk not in self._claimed]
        return min(same, key=lambda talk: _distance(talk, entry), default=None)


def _distance(talk: Talk, entry: Entry) -> tuple[bool, bool, int]:
    """Of several talks with one title, such as breaks, the one at this time and on this track comes first."""
    track = talk.track.name if talk.track else None
    return talk.starts_at != entry.values.get("starts_at"), track != entry.values.get("track"), talk.pk


def guid_here(guid: uuid.UUID, event: Event) -> uuid.UUID:
    """The id of an imported talk whose own one belongs to another event's talk already."""
    return uuid.uuid5(NAMESPACE, f"{event.slug}|{guid}")


def _compare(plan: ImportPlan, entry: Entry, talk: Talk | None, tracks: list[Track]) -> None:
    if talk is None:
        plan.added.append(entry)
        return
    fields = differences(plan, entry, talk, tracks)
    if fields:
        plan.changed.append(Difference(talk, entry, fields))
    else:
        plan.unchanged += 1


def differences(
    plan: ImportPlan, entry: Entry, talk: Talk, tracks: list[Track]
) -> dict[str, tuple[Any, Any]]:
    fields = {}
    for name, value in entry.values.items():
        if name == "track" and talk.is_for_all_tracks and talk.track_id is None:
            continue
        before, after = _stored(talk, name, tracks), _as_stored(name, value)
        if before != after:
            fields[name] = (before, after)
    if entry.people is not None:
        before, after = talk.people, [plan.speakers[person.guid] for person in entry.people]
        if before != after:
            fields["speakers"] = ([s.name_ja for s in before], [_name(person) for person in after])
    return fields


def _stored(talk: Talk, name: str, tracks: list[Track]) -> Any:
    if name == "track":
        lane = lane_of(talk, tracks)
        return lane.name if lane else None
    if name == "minutes":
        return minutes_of(talk)
    return prose(talk.abstract) if name == "abstract" else getattr(talk, name)


def _as_stored(name: str, value: Any) -> Any:
    return tighten_counters(value) if name in ("title", "abstract") else value


def _name(person: Speaker | Person) -> str:
    return person.name_ja if isinstance(person, Speaker) else person.name


def _new_days(event: Event, programme: Programme) -> list[date]:
    known = set(event.days.values_list("date", flat=True)) | set(programme.days)
    starts = [entry.values.get("starts_at") for entry in programme.entries]
    here = [moment.astimezone(event.zone) for moment in starts if moment]
    waking = {moment.date() for moment in here if moment.hour >= NIGHT_HOURS}
    # A talk after midnight belongs to the evening before, unless the file says otherwise.
    evenings = known | waking
    placed = {moment.date() for moment in here if moment.date() - timedelta(days=1) not in evenings}
    return sorted((waking | placed | set(programme.days)) - set(event.days.values_list("date", flat=True)))


def _new_tracks(programme: Programme, tracks: list[Track]) -> list[str]:
    known = {track.name for track in tracks}
    used = {entry.values.get("track") for entry in programme.entries}
    return [name for name in programme.tracks if name in used and name not in known]


# Speakers


def _find_speakers(plan: ImportPlan, programme: Programme) -> None:
    stored = list(Speaker.objects.filter(event=plan.event).order_by("pk"))
    people = _first_of_each(programme)
    by_guid = {speaker.guid: speaker for speaker in stored}
    free = [speaker for speaker in stored if speaker.guid not in people]
    for guid, person in people.items():
        found = by_guid.get(guid) or _namesake(person, free)
        if found is None:
            plan.speakers[guid] = person
            continue
        plan.speakers[guid] = found
        if found in free:
            free.remove(found)
        if changes := _speaker_changes(found, person):
            plan.changed_speakers.append((found, changes))


def _first_of_each(programme: Programme) -> dict[uuid.UUID, Person]:
    people: dict[uuid.UUID, Person] = {}
    for entry in programme.entries:
        for person in entry.people or ():
            people.setdefault(person.guid, person)
    return people


def _namesake(person: Person, speakers: list[Speaker]) -> Speaker | None:
    same = [speaker for speaker in speakers if person.name in (speaker.name_ja, speaker.name_en)]
    return same[0] if len(same) == 1 else None


def _speaker_changes(speaker: Speaker, person: Person) -> dict[str, tuple[str, str]]:
    changes = {}
    if person.name not in (speaker.name_ja, speaker.name_en):
        changes["name_ja"] = (speaker.name_ja, person.name)
    bio = person.values.get("bio")
    if bio and bio not in (prose(speaker.bio_ja), prose(speaker.bio_en)):
        changes["bio_ja"] = (speaker.bio_ja, bio)
    title = person.values.get("job_title")
    if title and title != speaker.job_title:
        changes["job_title"] = (speaker.job_title, title)
    return changes
