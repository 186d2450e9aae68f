"""What the viewer page shows: a fixed number of queries, however many tracks and talks there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone

from events.models import Event, Sponsor, SponsorTier, Track
from streaming.live import live_document
from talks.live import talk_body
from talks.models import Speaker, Talk

ROWS_TO_COME = 12
CARDS_ON_TABS = {"break", "technical"}


@dataclass(frozen=True)
class Tab:
    """One track in the row of tabs. `title` is what is on air, else what comes next."""

    track: Track
    state: dict[str, Any]

    @property
    def talk(self) -> dict[str, Any] | None:
        talk: dict[str, Any] | None = self.state["on_air"] or self.state["next"]
        return talk

    @property
    def is_held(self) -> bool:
        return self.state["card"] in CARDS_ON_TABS


@dataclass(frozen=True)
class ProgrammeDay:
    date: date
    talks: list[Talk]


@dataclass(frozen=True)
class WatchPage:
    event: Event
    document: dict[str, Any]
    tabs: list[Tab]
    current: Tab | None
    is_track_unknown: bool
    talk: Talk | None
    next_talk: Talk | None
    days: list[ProgrammeDay]
    programme: list[dict[str, Any]]
    sponsors: list[tuple[SponsorTier, list[Sponsor]]]

    @property
    def shown(self) -> Talk | None:
        """The talk whose words stand under the picture: what is on air, else what comes next."""
        return self.talk or self.next_talk


def watch_page(event: Event, *, track_name: str | None, with_playback: bool) -> WatchPage:
    document = live_document(event, with_playback=with_playback)
    talks = list(Talk.objects.filter(event=event).published().scheduled().with_people())
    tabs = _tabs(event, document)
    chosen = next((tab for tab in tabs if tab.track.name == track_name), None)
    current = chosen or next(iter(tabs), None)
    by_id = {talk.pk: talk for talk in talks}
    today = _shown_day(event, talks)
    return WatchPage(
        event=event,
        document=document,
        tabs=tabs,
        current=current,
        is_track_unknown=bool(track_name) and chosen is None,
        talk=_talk_of(current, "on_air", by_id),
        next_talk=_talk_of(current, "next", by_id),
        days=_days(event, [talk for talk in talks if _is_to_come(talk, current)][:ROWS_TO_COME]),
        programme=[programme_row(talk, event, today) for talk in talks],
        sponsors=_sponsors(event),
    )


def _tabs(event: Event, document: dict[str, Any]) -> list[Tab]:
    tracks = {track.pk: track for track in event.tracks.select_related("room")}
    return [Tab(tracks[state["id"]], state) for state in document["tracks"] if state["id"] in tracks]


def _talk_of(tab: Tab | None, key: str, by_id: dict[int, Talk]) -> Talk | None:
    state = tab.state[key] if tab else None
    return by_id.get(state["talk_id"]) if state else None


def _is_to_come(talk: Talk, tab: Tab | None) -> bool:
    """On the current track from its next talk on: what was on air is over, whatever the plan says."""
    if tab is None or not (talk.is_for_all_tracks or talk.track_id == tab.track.pk):
        return False
    on_air, to_come = tab.state["on_air"], tab.state["next"]
    start = datetime.fromisoformat(to_come["starts_at"]) if to_come else timezone.now()
    return _starts_at(talk) >= start and not (on_air and on_air["talk_id"] == talk.pk)


def _starts_at(talk: Talk) -> datetime:
    assert talk.starts_at is not None
    # The wire has milliseconds, and the two are compared.
    return talk.starts_at.replace(microsecond=talk.starts_at.microsecond // 1000 * 1000)


def _day_of(talk: Talk, event: Event) -> date:
    return _starts_at(talk).astimezone(event.zone).date()


def _days(event: Event, talks: Iterable[Talk]) -> list[ProgrammeDay]:
    grouped = groupby(talks, key=lambda talk: _day_of(talk, event))
    return [ProgrammeDay(day, list(of_day)) for day, of_day in grouped]


def _shown_day(event: Event, talks: list[Talk]) -> date | None:
    """Today in the event's zone, else the next day with talks, else the last one."""
    today = timezone.now().astimezone(event.zone).date()
    days = sorted({_day_of(talk, event) for talk in talks})
    return next((day for day in days if day >= today), days[-1] if days else None)


def programme_row(talk: Talk, event: Event, today: date | None) -> dict[str, Any]:
    """A talk for the page's script. Abstracts only of the shown day, so that the page stays light."""
    day = _day_of(talk, event)
    return talk_body(talk) | {
        "kind": talk.kind,
        "people": [_person(speaker, talk) for speaker in talk.people],
        "abstract": talk.abstract if day == today else None,
        "tags": tags_of(talk),
        "track_id": None if talk.is_for_all_tracks else talk.track_id,
        "url": talk.get_absolute_url(),
    }


def tags_of(talk: Talk) -> list[str]:
    named = [talk.category, talk.get_difficulty_display() if talk.difficulty else ""]
    return [str(name) for name in named if name]


def _person(speaker: Speaker, talk: Talk) -> dict[str, Any]:
    """`wire` is the name as the live document writes it; the rest is for this page."""
    return {
        "wire": speaker.name_in(talk.lang),
        "name": str(speaker.name),
        "organisation": speaker.organisation,
        "initials": speaker.initials,
        "picture": speaker.avatar.url if speaker.avatar else None,
    }


def _sponsors(event: Event) -> list[tuple[SponsorTier, list[Sponsor]]]:
    rows = event.sponsors.select_related("tier")
    return [(tier, list(of_tier)) for tier, of_tier in groupby(rows, key=lambda row: row.tier)]
