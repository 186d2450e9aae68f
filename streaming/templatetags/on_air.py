"""What is on air now, for pages of the layers below: they look at the plan, their templates ask here."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from events.models import Event
from streaming.enums import Card
from streaming.live import on_air_rows
from streaming.models import OnAir
from talks.models import Talk
from talks.templatetags.programme import elapsed_percent

register = template.Library()


@dataclass
class TalksOnAir:
    """Ids of talks: `live` run now; the picture of `held` ones is covered by the technical card."""

    live: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)


@register.simple_tag
def on_air_talk_ids(event: Event) -> TalksOnAir:
    """One query while the event is open, none before and after."""
    found = TalksOnAir()
    if not event.is_opened:
        return found
    rows = OnAir.objects.filter(track__event=event, talk__isnull=False).values_list("talk_id", "card")
    for talk_id, card in rows:
        (found.held if card == Card.TECHNICAL else found.live).add(talk_id)
    # A keynote on several tracks is live as long as one of them shows it.
    found.held -= found.live
    return found


@register.simple_tag
def on_air_tracks(event: Event, now: datetime | None = None) -> list[dict[str, Any]]:
    """What each track shows, in the tracks' order; two queries while the event is open, else none."""
    if not event.is_opened:
        return []
    return [_shown(row, now or timezone.now()) for row in on_air_rows(event, "room")]


def _shown(row: OnAir, now: datetime) -> dict[str, Any]:
    talk = row.talk
    return {
        "track": row.track,
        "talk": talk,
        "card": row.card,
        "next": row.next_talk,
        "starts_at": talk and talk.starts_at,
        "ends_at": talk and talk.ends_at,
        "percent": elapsed_percent(talk, now) if talk else 0,
        "minutes_left": _minutes_left(talk, now) if talk and talk.ends_at else None,
    }


def _minutes_left(talk: Talk, now: datetime) -> int | None:
    """Until the planned end. Of a talk before its time only the length is known, not the end."""
    if now < talk.starts_at:
        return None
    return max(-int((now - talk.ends_at).total_seconds() // 60), 0)
