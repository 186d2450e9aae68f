"""Reads for the public pages of the programme."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from events.models import Day, Event, Track
from talks.enums import TalkKind
from talks.models import Speaker, Talk, TalkSpeaker
from talks.search import Fold, words_of
from talks.timetable import Grid, Window, grid_of, window_of


def public_days(event: Event) -> list[date]:
    return list(Day.objects.filter(event=event, is_internal=False).values_list("date", flat=True))


def tracks_of(event: Event) -> list[Track]:
    return list(event.tracks.select_related("room"))


def day_grid(event: Event, day: date, days: Collection[date], tracks: list[Track]) -> Grid | None:
    """The published programme of one day; two queries, speakers included."""
    window = window_of(day, list(days), event.zone)
    columns = {track.pk: number for number, track in enumerate(tracks, start=1)}
    return grid_of(talks_within(event, window), columns, window, event.zone)


def talks_within(event: Event, window: Window) -> QuerySet[Talk]:
    talks = Talk.objects.filter(event=event).published().scheduled().with_people()
    return talks.filter(starts_at__lt=window.ends_at, ends_at__gt=window.starts_at)


def listed_talks(event: Event) -> QuerySet[Talk]:
    """Everything with a title of its own: the breaks are no talks."""
    talks = Talk.objects.filter(event=event).published().exclude(kind=TalkKind.BREAK).with_people()
    return talks.order_by(F("starts_at").asc(nulls_last=True), "track__position", "id")


def find_talks(event: Event, wanted: dict[str, str]) -> QuerySet[Talk]:
    """The listed talks that match everything of `wanted`: q, category, level, language, day."""
    talks = listed_talks(event)
    for word in words_of(wanted.get("q", "")):
        talks = talks.filter(_mentions(word))
    for name, field in (("category", "category"), ("level", "difficulty"), ("language", "lang")):
        if name in wanted:
            talks = talks.filter(**{field: wanted[name]})
    if "day" in wanted:
        talks = talks.filter(**_on_day(event, date.fromisoformat(wanted["day"])))
    return talks


def _mentions(word: str) -> Q:
    people = TalkSpeaker.objects.alias(
        ja=Fold("speaker__name_ja"), en=Fold("speaker__name_en"), place=Fold("speaker__organisation")
    ).filter(Q(ja__contains=word) | Q(en__contains=word) | Q(place__contains=word), talk=OuterRef("pk"))
    return Q(_contains(Fold("title"), word)) | Q(_contains(Fold("abstract"), word)) | Q(Exists(people))


def _contains(expression: Any, word: str) -> Any:
    lookup = expression.get_lookup("contains")
    return lookup(expression, word)


def _on_day(event: Event, day: date) -> dict[str, Any]:
    window = window_of(day, [day + timedelta(days=1)], event.zone)
    return {"starts_at__gte": window.starts_at, "starts_at__lt": window.ends_at}


def categories_of(event: Event) -> list[str]:
    named = Talk.objects.filter(event=event).published().exclude(category="")
    return list(named.order_by("category").values_list("category", flat=True).distinct())


def talks_at_the_same_time(talk: Talk) -> QuerySet[Talk]:
    if talk.starts_at is None:
        return Talk.objects.none()
    others = listed_talks(talk.event).exclude(pk=talk.pk)
    return others.filter(starts_at__lt=talk.ends_at, ends_at__gt=talk.starts_at)


def more_by_the_speakers(talk: Talk) -> QuerySet[Talk]:
    theirs = TalkSpeaker.objects.filter(talk=OuterRef("pk"), speaker__in=talk.people)
    return listed_talks(talk.event).exclude(pk=talk.pk).filter(Exists(theirs))


def speakers_of(event: Event) -> QuerySet[Speaker]:
    """The people of the published programme with their talks, by name."""
    places = TalkSpeaker.objects.filter(talk__in=listed_talks(event).order_by())
    given = Prefetch(
        "talk_speakers", places.select_related("talk__event").order_by("talk__starts_at"), "given"
    )
    return Speaker.objects.filter(Exists(places.filter(speaker=OuterRef("pk")))).prefetch_related(given)


def talks_of(speaker: Speaker) -> QuerySet[Talk]:
    """What the speaker gives in the published programme."""
    return listed_talks(speaker.event).filter(speakers=speaker).with_people()


def first_speakers(event: Event, count: int) -> list[Speaker]:
    """Some people for the landing page: keynotes first, then those with a picture, then by the programme."""
    keynotes = TalkSpeaker.objects.filter(
        speaker=OuterRef("pk"), talk__kind=TalkKind.KEYNOTE, talk__is_published=True
    )
    people = speakers_of(event).annotate(speaks_to_all=Exists(keynotes))
    return list(people.order_by("-speaks_to_all", "id")[:count])
