"""A rehearsal: the published programme in a private copy, moved so that any moment of it is now."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from dreamkast.lib.errors import DomainError
from events.models import Event
from events.services.copying import again
from events.services.rehearsing import copy_for_rehearsal, set_days
from events.services.revision import touch
from talks.live import programme_changed
from talks.models import DraftChange, Placement, ProgrammeVersion, Speaker, Talk, TalkSpeaker

MINUTE = timedelta(minutes=1)


class NothingToRehearse(DomainError):
    """No talk with a time is published."""

    code = "nothing_to_rehearse"


def programme_of(event: Event) -> Any:
    """What is rehearsed: the published talks that have a time and were not cancelled."""
    return Talk.objects.published().scheduled().filter(event=event, cancelled_at=None)


def begin_rehearsal(*, source: Event, moment: datetime, actor: User) -> Event:
    """Copy the event so that `moment` of its programme is now. Raises RehearsalThere or NothingToRehearse."""
    shift = _shift_to(moment)
    with transaction.atomic():
        talks = list(programme_of(source).prefetch_related("talk_speakers__speaker"))
        if not talks:
            raise NothingToRehearse
        event, rows = copy_for_rehearsal(source=source, shift=shift, actor=actor)
        _copy_talks(talks, event, shift, **rows)
        _settle(event)
    return event


def move_rehearsal(*, event: Event, moment: datetime) -> None:
    """Make another `moment` of the original programme now; every talk of the copy moves as far.

    What the editor of the copy could undo is forgotten: it names times that are no more.
    """
    with transaction.atomic():
        copy = Event.objects.select_for_update().get(pk=event.pk, rehearsal_of__isnull=False)
        further = _shift_to(moment) - copy.rehearsal_shift
        DraftChange.objects.filter(event=copy).delete()
        ProgrammeVersion.objects.filter(event=copy).delete()
        for rows in (Talk.objects.filter(event=copy), Placement.objects.filter(talk__event=copy)):
            rows.exclude(starts_at=None).update(
                starts_at=F("starts_at") + further, ends_at=F("ends_at") + further
            )
        Event.objects.filter(pk=copy.pk).update(rehearsal_shift=F("rehearsal_shift") + further)
        _settle(copy)


def rehearsed_time(event: Event, now: datetime) -> datetime:
    """What the clock of the original programme shows."""
    return now - event.rehearsal_shift


def _shift_to(moment: datetime) -> timedelta:
    """Whole minutes, so that talks begin on them."""
    return (timezone.now() - moment) // MINUTE * MINUTE


def _copy_talks(
    talks: list[Talk], event: Event, shift: timedelta, tracks: dict[int, Any], rooms: dict[int, Any]
) -> None:
    speakers: dict[int, Speaker] = {}
    for talk in talks:
        copy = again(talk, event_id=event.pk, **_places(talk, tracks, rooms, shift))
        copy.is_published = True
        copy.save(force_insert=True)
        for place in talk.talk_speakers.all():
            if place.speaker_id not in speakers:
                speakers[place.speaker_id] = _copy_speaker(place.speaker, event)
            speaker = speakers[place.speaker_id]
            TalkSpeaker.objects.create(talk=copy, speaker=speaker, position=place.position)


def _copy_speaker(speaker: Speaker, event: Event) -> Speaker:
    """Without the account: nobody gets mail about a rehearsal."""
    copy: Speaker = again(speaker, event_id=event.pk, user_id=None)
    copy.save(force_insert=True)
    return copy


def _places(talk: Talk, tracks: dict[int, Any], rooms: dict[int, Any], shift: timedelta) -> dict[str, Any]:
    assert talk.starts_at is not None
    assert talk.ends_at is not None
    track, room = tracks.get(talk.track_id or 0), rooms.get(talk.room_id or 0)
    return {
        "track_id": track.pk if track else None,
        "room_id": room.pk if room else None,
        "starts_at": talk.starts_at + shift,
        "ends_at": talk.ends_at + shift,
    }


def _settle(event: Event) -> None:
    talks = list(programme_of(event).with_people())
    set_days(event, {talk.starts_at.astimezone(event.zone).date() for talk in talks})
    programme_changed(event, touch(event), talks)
