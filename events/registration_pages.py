"""Reads for the page of a registration and for those who set it up."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q

from events.enums import Attendance
from events.models import Answer, Choice, Event, Places, Question, Registration
from events.postal_codes import address_of
from events.question_kinds import Autofill


def asked_questions(event: Event) -> list[Question]:
    """With the choices that are offered; two queries."""
    offered = Prefetch("choices", Choice.objects.filter(is_archived=False), to_attr="offered")
    return list(Question.objects.for_event(event).asked().prefetch_related(offered))


def given_answers(registration: Registration) -> dict[int, Any]:
    """By the question's id."""
    return dict(Answer.objects.filter(registration=registration).values_list("question", "value"))


def answers_in_words(registration: Registration) -> list[tuple[str, str]]:
    """Question and answer as people read them, archived ones too; two queries."""
    rows = Answer.objects.filter(registration=registration).select_related("question")
    rows = rows.prefetch_related("question__choices").order_by("question__position", "question")
    return [(row.question.label, _in_words(row)) for row in rows]


def _in_words(answer: Answer) -> str:
    labels = {choice.value: str(choice.label) for choice in answer.question.choices.all()}
    values = answer.value if isinstance(answer.value, list) else [answer.value]
    return ", ".join(labels.get(value, str(value)) for value in values)


def waiting_position(registration: Registration) -> int | None:
    """1 is the next who gets a place; None for whoever does not wait."""
    if registration.waiting_number is None:
        return None
    ahead = Registration.objects.filter(
        event=registration.event_id, waiting_number__lt=registration.waiting_number
    )
    return ahead.count() + 1


def places_left(event: Event) -> int | None:
    """None without a limit. A look at the counter: the place itself is taken in events.services.places."""
    if not event.has_on_site or event.on_site_places is None:
        return None
    taken = Places.objects.filter(event=event).values_list("taken", flat=True).first() or 0
    return max(event.on_site_places - taken, 0)


def filled_in_by(event: Event, code: str) -> dict[str, str]:
    """The answers that a postal code gives, by autofill name; empty when there is no such code."""
    found = address_of(code)
    if found is None:
        return {}
    prefecture = Choice.objects.filter(
        question__event=event, question__autofill=Autofill.PREFECTURE, label_ja=found.prefecture
    ).first()
    return {
        Autofill.PREFECTURE.value: prefecture.value if prefecture else found.prefecture,
        Autofill.CITY.value: found.city,
        Autofill.STREET.value: found.street,
    }


@dataclass(frozen=True)
class Turnout:
    online: int
    on_site: int
    waiting: int


def turnout(event: Event) -> Turnout:
    """How many take part, and how; those who wait take part online meanwhile. One query."""
    return Turnout(
        **Registration.objects.filter(event=event).aggregate(
            online=Count("pk", filter=Q(attendance=Attendance.ONLINE, waiting_number=None)),
            on_site=Count("pk", filter=Q(attendance=Attendance.ON_SITE)),
            waiting=Count("pk", filter=Q(waiting_number__isnull=False)),
        )
    )
