import csv
import io

import pytest
from openpyxl import load_workbook

from dreamkast.lib.spreadsheet import harmless
from events.enums import Role
from events.models import Answer, RegistrationExport
from events.services.questions import archive_question
from events.services.registration_export import FIXED, columns, export_registrations
from events.services.roles import grant_role
from tests.admin_pages import page
from tests.admin_rows import organizer_of
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, QuestionFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory(slug="cndt")


@pytest.fixture
def answered(event):
    """One registration with an answer to the second of two questions."""
    QuestionFactory(event=event, key="team", position=1)
    days = QuestionFactory(event=event, key="days", position=2)
    row = RegistrationFactory(event=event, user=UserFactory(name="=cmd()", email="aoi@example.com"))
    Answer.objects.create(registration=row, question=days, value=["one", "two"])
    return row


def csv_of(event):
    file = io.BytesIO()
    export_registrations(event=event, kind="csv", file=file, actor=None)
    return file.getvalue()


def test_columns_are_the_fixed_ones_and_one_for_each_question(event, answered):
    assert columns(event) == [*FIXED, "team", "days"]


def test_archived_question_keeps_its_column(event, answered):
    archive_question(event.questions.get(key="team"))
    assert columns(event) == [*FIXED, "team", "days"]


def test_csv_opens_in_japanese_spreadsheets(event, answered):
    content = csv_of(event)
    assert content.startswith(b"\xef\xbb\xbf")
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert header == columns(event)
    shown = dict(zip(header, row, strict=True))
    assert (shown["id"], shown["email"]) == (str(answered.public_id), "aoi@example.com")
    assert (shown["team"], shown["days"]) == ("", "one;two")
    assert shown["registered_at"].endswith("+09:00")


@pytest.mark.parametrize("text", ["=1+1", "+81", "-1", "@SUM(A1)", "\tx", "＝1+1", "＋1", "－1", "＠x"])
def test_formula_becomes_a_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "田中", "aoi@example.com", "0312345678", "a=b"])
def test_text_stays_as_it_is(text):
    assert harmless(text) == text


def test_formula_in_a_name_reaches_no_spreadsheet(event, answered):
    assert ",'=cmd()," in csv_of(event).decode()


def test_xlsx_has_the_same_rows_and_no_formula(event, answered):
    answered.user.name = "\x0b=cmd()"
    answered.user.save()
    file = io.BytesIO()
    export_registrations(event=event, kind="xlsx", file=file, actor=None)
    header, row = load_workbook(file).active.iter_rows()
    assert [cell.value for cell in header] == columns(event)
    assert (row[2].value, row[2].data_type) == ("'=cmd()", "s")


def test_another_events_registrations_are_not_in_it(event, answered):
    RegistrationFactory(user=UserFactory(email="other@example.com"))
    assert b"other@example.com" not in csv_of(event)


def test_it_is_noted_who_took_them_out(event, answered):
    actor = UserFactory()
    export_registrations(event=event, kind="xlsx", file=io.BytesIO(), actor=actor)
    row = RegistrationExport.objects.get()
    assert (row.event, row.actor, row.kind, row.rows) == (event, actor, "xlsx", 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_export_asks_the_database_as_often_for_three_as_for_one(event, rows, django_assert_num_queries):
    question = QuestionFactory(event=event)
    for _ in range(rows):
        Answer.objects.create(registration=RegistrationFactory(event=event), question=question, value="x")
    with django_assert_num_queries(7):
        csv_of(event)


def export(client, event, kind="csv"):
    return client.post(page("events_registrationsettings_export", event.pk, kind))


def test_organizer_takes_the_file_from_the_admin(client, event, answered):
    client.force_login(organizer_of(event))
    answer = export(client, event)
    assert answer["Content-Disposition"].startswith('attachment; filename="cndt-registrations-')
    assert "no-store" in answer["Cache-Control"]
    assert b"aoi@example.com" in b"".join(answer.streaming_content)
    assert RegistrationExport.objects.count() == 1


def test_looking_at_the_address_exports_nothing(client, event):
    client.force_login(organizer_of(event))
    assert client.get(page("events_registrationsettings_export", event.pk, "csv")).status_code == 405
    assert RegistrationExport.objects.count() == 0


@pytest.mark.parametrize("role", [Role.BROADCASTER, Role.MODERATOR, Role.RECEPTION, None])
def test_nobody_else_exports(client, event, role):
    person = UserFactory()
    if role:
        grant_role(event=event, user=person, role=role, actor=None)
    client.force_login(person)
    assert export(client, event).status_code == 403
    assert RegistrationExport.objects.count() == 0


def test_organizer_of_another_event_finds_nothing_to_export(client, event):
    client.force_login(organizer_of(EventFactory(slug="other")))
    assert export(client, event).status_code == 404


def test_kind_that_does_not_exist_is_not_found(client, event):
    client.force_login(organizer_of(event))
    assert export(client, event, "pdf").status_code == 404
