"""When a talk takes questions: from its publication until some days after it. Values alone, no query."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from events.enums import EventStatus
from events.models import Event
from talks.discussion.errors import QuestionsClosed
from talks.discussion.models import QuestionSettings
from talks.models import Talk

CLOSED = {
    "not_public": _("Questions open once the talk is public."),
    "archived": _("The event is archived. Questions are closed."),
    "switched_off": _("The organizers have switched questions off."),
    "no_talk": _("There are no questions to this part of the programme."),
    "cancelled": _("The talk has been cancelled. Questions are closed."),
    "over": _("The time for questions to this talk is over."),
}


def settings_of(event: Event) -> QuestionSettings:
    """The row, or the defaults; no query when it was selected along with the event."""
    row: QuestionSettings | None = getattr(event, "question_settings", None)
    return row or QuestionSettings(event=event)


def closes_at(talk: Talk) -> datetime | None:
    """Never, as long as nobody knows when the talk is."""
    return talk.ends_at + timedelta(days=settings_of(talk.event).days) if talk.ends_at else None


def why_closed(talk: Talk, now: datetime) -> str:
    """A key of CLOSED; empty while the talk takes questions."""
    end = closes_at(talk)
    reasons = {
        "not_public": talk.event.status == EventStatus.DRAFT or not talk.is_published,
        "archived": talk.event.status == EventStatus.ARCHIVED,
        "switched_off": not settings_of(talk.event).takes_questions,
        "no_talk": talk.is_break,
        "cancelled": talk.is_cancelled,
        "over": end is not None and now >= end,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def refuse_closed(talk: Talk, now: datetime) -> None:
    if why := why_closed(talk, now):
        raise QuestionsClosed(why, CLOSED[why])
