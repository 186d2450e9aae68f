"""Edits of the programme: each change of a published talk is kept, and those who watch learn of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.models import Day, Event
from events.services.revision import touch
from talks.live import programme_changed
from talks.models import ProgrammeChange, Speaker, Talk
from talks.services.bookings import refuse_double_booking
from talks.services.drafting import lock_draft

PUBLIC_FIELDS = [
    "kind",
    "title",
    "lang",
    "abstract",
    "track",
    "room",
    "starts_at",
    "ends_at",
    "is_published",
    "is_for_all_tracks",
    "do_not_stream",
    "do_not_record",
    "slides_url",
    "video_url",
    "category",
    "difficulty",
]
Values = dict[str, str]


def stored_values(talk: Talk) -> Values | None:
    """What the database has of the talk before an edit; None for a new one."""
    row = Talk.objects.with_people().filter(pk=talk.pk).first() if talk.pk else None
    return values_of(row) if row else None


def record_edit(*, talk: Talk, before: Values | None, actor: User | None) -> None:
    """The last write of an edit: keep what was published before, and tell the people who watch."""
    present = Talk.objects.with_people().get(pk=talk.pk)
    after = values_of(present)
    if before == after or not (present.is_published or (before and before["is_published"] == "True")):
        return
    with transaction.atomic():
        if before is not None:
            keep_changes({present: before}, actor=actor)
        _tell(present.event, [present])


def set_published(*, talks: Iterable[Talk], is_published: bool, actor: User | None) -> int:
    """Publish the talks, or take them back; returns how many changed. Raises PlaceGivenAway."""
    changed = [talk for talk in talks if talk.is_published != is_published]
    with transaction.atomic():
        for event in {talk.event for talk in changed} if is_published else ():
            lock_draft(event)
            refuse_double_booking(event, [talk for talk in changed if talk.event == event])
        Talk.objects.filter(pk__in=[talk.pk for talk in changed]).update(
            is_published=is_published, updated_at=timezone.now()
        )
        _keep_publication(changed, is_published, actor)
        for event in {talk.event for talk in changed}:
            _tell(
                event, Talk.objects.with_people().filter(pk__in=[t.pk for t in changed if t.event == event])
            )
    return len(changed)


def delete_talk(talk: Talk) -> None:
    """Raises ProtectedError while the talk is on air or in an on-air log."""
    with transaction.atomic():
        event = talk.event
        talk.delete()
        touch(event)


def rename_speaker(*, speaker: Speaker, actor: User | None) -> None:
    """Save a speaker; what the pages of published talks say of the person is new at once."""
    before = Speaker.objects.filter(pk=speaker.pk).first() if speaker.pk else None
    with transaction.atomic():
        speaker.save()
        talks = list(Talk.objects.published().with_people().filter(speakers=speaker))
        if not talks:
            return
        if before is not None and before.name_ja != speaker.name_ja:
            _keep_name(talks, before.name_ja, speaker.name_ja, actor)
        _tell(speaker.event, talks)


def delete_speaker(speaker: Speaker) -> None:
    """Their talks stay, without the name."""
    with transaction.atomic():
        event, talk_ids = speaker.event, list(speaker.talks.values_list("pk", flat=True))
        speaker.delete()
        _tell(event, Talk.objects.with_people().filter(pk__in=talk_ids))


def _keep_name(talks: list[Talk], before: str, after: str, actor: User | None) -> None:
    ProgrammeChange.objects.bulk_create(
        ProgrammeChange(talk=talk, field="speakers", before=before, after=after, actor=actor)
        for talk in talks
    )


def span_of(day: Day) -> dict[str, datetime]:
    """The lookups for the talks that start on a day, from midnight to midnight in the event's zone."""
    start = datetime.combine(day.date, time.min, day.event.zone)
    return {"starts_at__gte": start, "starts_at__lt": start + timedelta(days=1)}


def values_of(talk: Talk) -> Values:
    """What the public sees of a talk, as text."""
    values = {field: _text(getattr(talk, field)) for field in PUBLIC_FIELDS}
    return values | {"speakers": ", ".join(person.name_ja for person in talk.people)}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def keep_changes(before: Mapping[Talk, Values], *, actor: User | None) -> None:
    """Record what of published talks differs from before; the talks are as they were just written."""
    ProgrammeChange.objects.bulk_create(
        ProgrammeChange(talk=talk, field=field, before=known[field], after=value, actor=actor)
        for talk, known in before.items()
        for field, value in values_of(talk).items()
        if known[field] != value
    )


def _keep_publication(talks: list[Talk], is_published: bool, actor: User | None) -> None:
    before, after = str(not is_published), str(is_published)
    ProgrammeChange.objects.bulk_create(
        ProgrammeChange(talk=talk, field="is_published", before=before, after=after, actor=actor)
        for talk in talks
    )


def _tell(event: Event, talks: Iterable[Talk]) -> None:
    revision = touch(event)
    programme_changed(event, revision, [talk for talk in talks if talk.is_published])
