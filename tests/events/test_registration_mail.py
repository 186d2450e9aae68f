import datetime as dt

import pytest
from django.core import mail
from django.utils import translation
from icalendar import Calendar

from accounts.models import OutgoingMail
from accounts.services.mail import send_due_mail
from events.services.places import set_places
from events.services.registration import change_attendance, register, withdraw
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    event = EventFactory(
        slug="cndt", name_ja="港の会議", name_en="Harbour", venue_ja="横浜", venue_en="Yokohama"
    )
    for day in (23, 24):
        DayFactory(event=event, date=dt.date(2026, 11, day))
    DayFactory(event=event, date=dt.date(2026, 11, 22), is_internal=True)
    return event


def entries(text):
    return Calendar.from_ical(text).walk("VEVENT")


def test_confirmation_waits_in_the_outbox_and_is_sent_with_a_calendar_file(event):
    register(event=event, user=UserFactory(email="aoi@example.com"))
    assert mail.outbox == []
    assert send_due_mail() == 1
    [message] = mail.outbox
    [(name, content, kind)] = message.attachments
    assert (message.to, name, kind) == (["aoi@example.com"], "event.ics", "text/calendar")
    assert len(entries(content)) == 2


def test_calendar_is_forgotten_once_it_is_sent(event):
    register(event=event, user=UserFactory())
    send_due_mail()
    assert OutgoingMail.objects.values_list("to", "body", "calendar").get() == ("", "", "")


@pytest.mark.parametrize(("language", "subject"), [("ja", "港の会議"), ("en", "Harbour")])
def test_mail_is_in_the_persons_language(event, language, subject):
    with translation.override(language):
        register(event=event, user=UserFactory())
    assert subject in OutgoingMail.objects.get().subject


def test_file_has_one_whole_day_for_each_public_day(event):
    register(event=event, user=UserFactory())
    days = [
        (row.decoded("dtstart"), row.decoded("dtend")) for row in entries(OutgoingMail.objects.get().calendar)
    ]
    assert days == [
        (dt.date(2026, 11, 23), dt.date(2026, 11, 24)),
        (dt.date(2026, 11, 24), dt.date(2026, 11, 25)),
    ]


def test_file_is_valid(event):
    register(event=event, user=UserFactory())
    text = OutgoingMail.objects.get().calendar
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    rows = entries(text)
    assert len({str(row["uid"]) for row in rows}) == 2
    assert all(row.errors == [] and "dtstamp" in row for row in rows)


def test_same_day_keeps_its_uid_so_that_a_newer_file_replaces_it(event):
    set_places(event=event, has_on_site=True, on_site_places=None, actor=None)
    row = register(event=event, user=UserFactory())
    change_attendance(registration=row, attendance="on_site")
    first, second = [
        entries(text)[0] for text in OutgoingMail.objects.order_by("pk").values_list("calendar", flat=True)
    ]
    assert first["uid"] == second["uid"]
    assert "Yokohama" in str(second["location"]) or "横浜" in str(second["location"])


def test_event_without_days_sends_no_file():
    register(event=EventFactory(), user=UserFactory())
    assert OutgoingMail.objects.get().calendar == ""


def test_who_waits_is_told_the_number(event):
    set_places(event=event, has_on_site=True, on_site_places=0, actor=None)
    with translation.override("en"):
        register(event=event, user=UserFactory(), attendance="on_site")
    assert "You are number 1 on the waiting list" in OutgoingMail.objects.get().body


def test_registering_twice_mails_once(event):
    person = UserFactory()
    for _ in range(2):
        register(event=event, user=person)
    assert OutgoingMail.objects.count() == 1


def test_nobody_is_flooded_with_mails(event):
    person = UserFactory()
    for _ in range(45):
        withdraw(registration=register(event=event, user=person))
    assert OutgoingMail.objects.count() == 40
