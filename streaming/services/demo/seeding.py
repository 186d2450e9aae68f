"""The demo conference, made or brought to the present."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from dreamkast.lib.errors import DomainError
from events.models import Event
from events.services.revision import touch
from streaming.demo.programme import Anchor, anchor_at
from streaming.services.demo.frame import draw_logos, ensure_event, make_frame
from streaming.services.demo.on_air import air_current_talks
from streaming.services.demo.people import draw_portraits, ensure_accounts, make_speakers
from streaming.services.demo.programme import make_programme, move_programme
from streaming.services.demo.streams import want_streams
from streaming.services.demo.words import draw_team, make_words


class NoDemoHere(DomainError):
    """The demo lets everybody sign in as staff, so it stays off a real site."""

    code = "no_demo_here"


def seed_demo(now: datetime | None = None) -> list[str]:
    """Make the demo, or move it to `now`; safe to run again. Returns one line per effect."""
    if not (settings.DEMO or settings.DEBUG):
        raise NoDemoHere("The demo is only for DREAMKAST_DEBUG=1: it lets everybody sign in as staff.")
    now = now or timezone.now()
    lines = [_line("Drew {} pictures.", draw_logos() + draw_portraits() + draw_team())]
    with transaction.atomic():
        event, is_new = ensure_event()
        anchor = anchor_at(now, event.zone)
        lines += _make(event, anchor) if is_new else _move(event, anchor)
        lines += [f"{email} can sign in." for email in ensure_accounts(event)]
    return [line for line in lines if line] + air_current_talks(event, now) + want_streams(event)


def _make(event: Event, anchor: Anchor) -> list[str]:
    lines = [f"Made the event “{event.slug}”.", make_frame(event, anchor), make_words(event)]
    speakers = make_speakers(event)
    lines += [
        f"Made {len(speakers)} speakers and {make_programme(event, anchor, speakers)} programme entries."
    ]
    touch(event)
    return lines


def _move(event: Event, anchor: Anchor) -> list[str]:
    shift = move_programme(event, anchor)
    return [f"Moved the programme by {shift}."] if shift else []


def _line(text: str, count: int) -> str:
    return text.format(count) if count else ""
