"""Runs beside the site: a talk with a question and many registered people, and what became of the votes."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from events.enums import EventStatus
from events.models import Event, Track
from talks.discussion.models import QuestionVote, TalkQuestion
from talks.models import Talk
from tests.postgres.seated_hall import _guest


def main(slug: str, people: int = 0) -> dict[str, Any]:
    """Make the hall, or with no people read what was counted."""
    return build(slug, people) if people else read(slug)


def build(slug: str, people: int) -> dict[str, Any]:
    event = Event.objects.create(slug=slug, name_ja=slug, name_en=slug, status=EventStatus.OPENED)
    now = timezone.now()
    talk = Talk.objects.create(
        event=event,
        track=Track.objects.create(event=event, name="A"),
        title="Talk",
        starts_at=now,
        ends_at=now + timedelta(minutes=40),
        is_published=True,
    )
    question = TalkQuestion.objects.create(talk=talk, body="Why?")
    sessions = [_guest(event, number) for number in range(people)]
    return {"talk": talk.pk, "question": question.pk, "sessions": sessions}


def read(slug: str) -> dict[str, Any]:
    rows = TalkQuestion.objects.filter(talk__event__slug=slug)
    return {
        "questions": rows.count(),
        "votes": sum(rows.values_list("votes", flat=True)),
        "rows": QuestionVote.objects.filter(question__in=rows).count(),
        "told": sum(rows.values_list("told_votes", flat=True)),
    }
