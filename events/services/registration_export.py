"""All registrations of an event as a file: the same columns each time, and a note of who took it."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from openpyxl import Workbook

from accounts.models import User
from dreamkast.lib.spreadsheet import harmless
from events.models import Event, Question, Registration, RegistrationExport

FIXED = (
    "id",
    "registered_at",
    "name",
    "email",
    "attendance",
    "waiting_number",
    "language",
    "consent_version",
    "consented_at",
)
AT_A_TIME = 500
Row = list[str]


def export_registrations(*, event: Event, kind: str, file: IO[bytes], actor: User | None) -> int:
    """Write `csv` or `xlsx` into the file; how many registrations there are in it."""
    with transaction.atomic():
        rows = WRITERS[kind](_rows(event), file)
        RegistrationExport.objects.create(event=event, actor=actor, kind=kind, rows=rows)
    return rows


def columns(event: Event) -> list[str]:
    """The fixed ones, then one for each question that was ever asked."""
    return [*FIXED, *(question.key for question in _questions(event))]


def _questions(event: Event) -> list[Question]:
    return list(Question.objects.for_event(event))


def _rows(event: Event) -> Iterator[Row]:
    questions = _questions(event)
    yield columns(event)
    rows = Registration.objects.filter(event=event).select_related("user").prefetch_related("answers")
    for row in rows.order_by("created_at", "pk").iterator(chunk_size=AT_A_TIME):
        given = {answer.question_id: answer.value for answer in row.answers.all()}
        answers = [_text(given.get(question.pk)) for question in questions]
        yield [harmless(text) for text in (*_fixed(row, event), *answers)]


def _fixed(row: Registration, event: Event) -> Row:
    return [
        str(row.public_id),
        _time(row.created_at, event),
        row.user.name,
        row.user.email,
        row.attendance,
        _text(row.waiting_number),
        row.language,
        row.consent_version,
        _time(row.consented_at, event),
    ]


def _time(at: Any, event: Event) -> str:
    return timezone.localtime(at, event.zone).isoformat(" ", "seconds")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


def _write_csv(rows: Iterator[Row], file: IO[bytes]) -> int:
    """With a byte order mark, without which spreadsheets take Japanese for something else."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    written = sum(1 for row in rows if writer.writerow(row))
    text.detach()
    return written - 1


def _write_xlsx(rows: Iterator[Row], file: IO[bytes]) -> int:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("registrations")
    written = 0
    for row in rows:
        sheet.append(row)
        written += 1
    book.save(file)
    return written - 1


WRITERS: dict[str, Callable[[Iterator[Row], IO[bytes]], int]] = {"csv": _write_csv, "xlsx": _write_xlsx}
