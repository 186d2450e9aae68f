"""Brings a file's programme in: talks, speakers, tracks and days at once, times into the draft only."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Day, Event, Track
from events.services.revision import touch
from talks.draft_places import draft_place
from talks.exchange.entry import Entry, Fault, Person
from talks.exchange.formats import read_programme
from talks.import_plan import Difference, ImportPlan, guid_here, plan_import
from talks.models import ProgrammeImport, Speaker, Talk, TalkSpeaker
from talks.placing import NOWHERE, Place
from talks.services.cancelling import cancel_talk
from talks.services.drafting import place_imported
from talks.services.programme import record_edit, stored_values

# Fields that stand in the talk's row; the rest (time, length, track) is the draft's, or people.
CONTENT = {
    "title",
    "kind",
    "lang",
    "abstract",
    "category",
    "difficulty",
    "is_for_all_tracks",
    "seats",
    "do_not_stream",
    "do_not_record",
    "slides_url",
    "video_url",
}


UNUSED_FOR, USED_FOR = timedelta(days=7), timedelta(days=30)


class FileRefused(DomainError):
    """The file has faults; `faults` says where and what. Nothing was imported."""

    code = "file_refused"

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(self.code)
        self.faults = faults


class ImportedAlready(DomainError):
    """A kept file is imported once: what was edited since then would be lost."""

    code = "imported_already"


@dataclass(frozen=True)
class Imported:
    added: int
    changed: int
    dropped: int


def keep_file(*, event: Event, name: str, content: bytes, actor: User | None) -> ProgrammeImport:
    """Keep a file between the look at what it would do and the import itself."""
    return ProgrammeImport.objects.create(event=event, name=name[:200], content=content, actor=actor)


def look(row: ProgrammeImport) -> ImportPlan:
    """What the kept file would do now. Raises Unreadable."""
    return plan_import(row.event, read_programme(bytes(row.content), row.name, row.event.zone))


def import_kept(*, row: ProgrammeImport, drop_missing: bool, actor: User | None) -> Imported:
    """Import a kept file once. Raises Unreadable, FileRefused, ImportedAlready; then nothing was written."""
    with transaction.atomic():
        row = ProgrammeImport.objects.select_for_update(of=("self",)).select_related("event").get(pk=row.pk)
        if row.applied_at:
            raise ImportedAlready
        done = import_plan(plan=look(row), drop_missing=drop_missing, actor=actor)
        row.applied_at = timezone.now()
        row.added, row.changed, row.dropped = done.added, done.changed, done.dropped
        row.save(update_fields=["applied_at", "added", "changed", "dropped", "updated_at"])
    return done


def forget_files(now: datetime) -> int:
    """Files name people. Those never imported go with their row; of the others the row stays as the record.

    How many there were. Safe to run twice.
    """
    unused = ProgrammeImport.objects.filter(applied_at=None, created_at__lt=now - UNUSED_FOR)
    used = ProgrammeImport.objects.filter(applied_at__lt=now - USED_FOR).exclude(content=b"")
    return unused.delete()[0] + used.update(content=b"")


def import_plan(*, plan: ImportPlan, drop_missing: bool, actor: User | None) -> Imported:
    """All or nothing. Times go into the draft: publishing is a step of its own, and refuses conflicts."""
    if plan.faults:
        raise FileRefused(plan.faults)
    dropped = plan.missing if drop_missing else []
    if plan.does_nothing and not dropped:
        return Imported(0, 0, 0)
    with transaction.atomic():
        Import(plan, actor).run()
        for talk in dropped:
            _drop(talk, actor)
        touch(plan.event)
    return Imported(len(plan.added), len(plan.changed), len(dropped))


class Import:
    """One run: what it has made so far, by the names and ids that the file uses."""

    def __init__(self, plan: ImportPlan, actor: User | None) -> None:
        self.plan, self.event, self.actor = plan, plan.event, actor
        self.places: dict[Talk, Place] = {}

    def run(self) -> None:
        self._make_days()
        self.tracks = self._make_tracks()
        self.speakers = self._make_speakers()
        for entry in self.plan.added:
            self._add(entry)
        for difference in self.plan.changed:
            self._change(difference)
        place_imported(event=self.event, places=self.places, actor=self.actor)

    def _make_days(self) -> None:
        Day.objects.bulk_create(Day(event=self.event, date=day) for day in self.plan.new_days)

    def _make_tracks(self) -> dict[str, Track]:
        last = self.event.tracks.aggregate(last=Max("position"))["last"] or 0
        for position, name in enumerate(self.plan.new_tracks, last + 1):
            Track.objects.create(event=self.event, name=name, position=position)
        return {track.name: track for track in self.event.tracks.all()}

    def _make_speakers(self) -> dict[uuid.UUID, Speaker]:
        for speaker, changes in self.plan.changed_speakers:
            for name, (_, after) in changes.items():
                setattr(speaker, name, after)
            speaker.save()
        return {guid: self._speaker(person) for guid, person in self.plan.speakers.items()}

    def _speaker(self, person: Speaker | Person) -> Speaker:
        if isinstance(person, Speaker):
            return person
        values = {name: person.values.get(key, "") for name, key in (("bio_ja", "bio"), ("job_title",) * 2)}
        return Speaker.objects.create(event=self.event, guid=person.guid, name_ja=person.name, **values)

    def _add(self, entry: Entry) -> None:
        content = {name: value for name, value in entry.values.items() if name in CONTENT}
        talk = Talk(event=self.event, minutes=entry.values.get("minutes"), **content)
        if entry.guid is not None:
            talk.guid = self._free_guid(entry.guid)
        talk.save()
        self._seat_people(talk, entry)
        self.places[talk] = self._place(entry.values, NOWHERE, talk)

    def _free_guid(self, guid: uuid.UUID) -> uuid.UUID:
        taken = Talk.objects.filter(guid=guid).exists()
        return guid_here(guid, self.event) if taken else guid

    def _change(self, difference: Difference) -> None:
        talk = Talk.objects.with_people().get(pk=difference.talk.pk)
        before = stored_values(talk)
        changed = difference.fields.keys()
        for name in changed & CONTENT:
            setattr(talk, name, difference.entry.values[name])
        if "minutes" in changed:
            talk.minutes = difference.entry.values["minutes"]
        talk.save()
        if "speakers" in changed:
            self._seat_people(talk, difference.entry)
        record_edit(talk=talk, before=before, actor=self.actor)
        if changed & {"track", "starts_at", "minutes"}:
            self.places[talk] = self._place(difference.entry.values, draft_place(talk), talk)

    def _seat_people(self, talk: Talk, entry: Entry) -> None:
        if entry.people is None:
            return
        talk.talk_speakers.all().delete()
        TalkSpeaker.objects.bulk_create(
            TalkSpeaker(talk=talk, speaker=self.speakers[person.guid], position=position)
            for position, person in enumerate(entry.people, 1)
        )

    def _place(self, values: Any, present: Place, talk: Talk) -> Place:
        """Where the file puts the talk; what it does not say stays."""
        track_id = self._track_id(values["track"]) if "track" in values else present.track_id
        starts = values.get("starts_at", present.starts_at)
        minutes = values.get("minutes") or present.minutes or talk.minutes
        room_id = present.room_id if track_id == present.track_id else None
        ends = starts + timedelta(minutes=minutes) if starts and minutes else None
        return Place(track_id, room_id, starts if ends else None, ends)

    def _track_id(self, name: str | None) -> int | None:
        return self.tracks[name].pk if name in self.tracks else None


def _drop(talk: Talk, actor: User | None) -> None:
    """A talk that people have seen is cancelled and stays known; one that nobody has seen goes."""
    if talk.is_published:
        cancel_talk(talk=talk, actor=actor)
        return
    try:
        with transaction.atomic():
            Talk.objects.filter(pk=talk.pk).delete()
    except ProtectedError:
        cancel_talk(talk=talk, actor=actor)
