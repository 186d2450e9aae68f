"""Questions of an event and the answers to them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from events.errors import QuestionInUse
from events.models import Answer, Choice, Event, Question, Registration
from events.preset import PRESET, PresetQuestion

FIXED = ("key", "kind")


def save_answers(*, registration: Registration, answers: Mapping[int, Any]) -> None:
    """Keep what was answered; an empty answer is none. Questions that are not named keep theirs."""
    asked = set(
        Question.objects.filter(event=registration.event_id, pk__in=answers).values_list("pk", flat=True)
    )
    given = {pk: value for pk, value in answers.items() if pk in asked and value not in ("", [], None)}
    with transaction.atomic():
        Answer.objects.filter(registration=registration, question__in=asked - set(given)).delete()
        Answer.objects.bulk_create(
            [Answer(registration=registration, question_id=pk, value=value) for pk, value in given.items()],
            update_conflicts=True,
            update_fields=["value"],
            unique_fields=["registration", "question"],
        )


def save_question(question: Question) -> None:
    """Make or change a question. One that was answered keeps its column and its kind."""
    with transaction.atomic():
        before = Question.objects.select_for_update().filter(pk=question.pk).first() if question.pk else None
        if before is not None and _differs(before, question) and is_answered(question):
            raise QuestionInUse
        question.save()


def delete_question(question: Question) -> None:
    with transaction.atomic():
        Question.objects.select_for_update().filter(pk=question.pk).first()
        if is_answered(question):
            raise QuestionInUse
        question.delete()


def archive_question(question: Question) -> bool:
    """No longer asked; the answers stay. False when it was archived already."""
    return bool(Question.objects.filter(pk=question.pk, is_archived=False).update(is_archived=True))


def delete_choice(choice: Choice) -> None:
    """Raises QuestionInUse when somebody chose it: such a one is archived instead."""
    with transaction.atomic():
        Question.objects.select_for_update().filter(pk=choice.question_id).first()
        if is_chosen(choice):
            raise QuestionInUse
        choice.delete()


def save_choice(choice: Choice) -> None:
    with transaction.atomic():
        Question.objects.select_for_update().filter(pk=choice.question_id).first()
        before = Choice.objects.filter(pk=choice.pk).first() if choice.pk else None
        if before is not None and before.value != choice.value and is_chosen(before):
            raise QuestionInUse
        choice.save()


def is_answered(question: Question) -> bool:
    return Answer.objects.filter(question=question.pk).exists()


def is_chosen(choice: Choice) -> bool:
    values = Answer.objects.filter(question=choice.question_id).values_list("value", flat=True)
    return any(choice.value in (value if isinstance(value, list) else [value]) for value in values.iterator())


def add_preset(*, event: Event) -> int:
    """The questions of Japanese technical conferences. Columns that are there already stay as they are."""
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        there = set(Question.objects.filter(event=event).values_list("key", flat=True))
        missing = [(place, row) for place, row in enumerate(PRESET, 1) if row.key not in there]
        for place, row in missing:
            _make(event, place, row)
    return len(missing)


def _make(event: Event, place: int, row: PresetQuestion) -> None:
    question = Question.objects.create(event=event, position=place * 10, **row.fields())
    Choice.objects.bulk_create(
        Choice(question=question, value=value, label_ja=ja, label_en=en, position=number * 10)
        for number, (value, ja, en) in enumerate(row.choices, 1)
    )


def _differs(before: Question, after: Question) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in FIXED)
