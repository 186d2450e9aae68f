"""The first page of the admin: what needs doing in each own event, and who has registered."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import OutgoingMail, User
from events.enums import EventStatus, Role
from events.models import Places, Registration
from events.registration_days import registration_bars
from events.services.roles import grant_role
from events.todo import todos
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    DayFactory,
    EventFactory,
    EventTextFactory,
    RegistrationFactory,
    TrackFactory,
)
from tests.factories.talks import TalkFactory

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def event(db):
    return EventFactory(slug="harbour", name_en="Harbour Conf", status=EventStatus.ANNOUNCED)


@pytest.fixture
def organizer(client, event):
    user = UserFactory()
    grant_role(event=event, user=user, role=Role.ORGANIZER, actor=None)
    client.force_login(user)
    return user


@pytest.fixture
def queries_of(client):
    def queries_of(path):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    return queries_of


def texts(event):
    with translation.override("en"):
        return [todo.text for todo in todos(event)]


def day_in(event, days):
    today = timezone.now().astimezone(event.zone).date()
    return DayFactory(event=event, date=today + timedelta(days=days))


def registered(event, *moments):
    for moment in moments:
        row = RegistrationFactory(event=event)
        Registration.objects.filter(pk=row.pk).update(created_at=moment)


def test_a_new_event_has_much_to_do(event):
    found = texts(event)
    assert "Add the days of the event." in found
    assert "Write the privacy policy." in found
    assert "Add the first talks, or import a programme." in found


def test_what_is_there_is_not_asked_for(event):
    EventTextFactory(event=event, kind="privacy")
    day_in(event, 40)
    found = texts(event)
    assert "Write the privacy policy." not in found
    assert "Add the days of the event." not in found


def test_an_archived_event_has_nothing_to_do(event):
    event.status = EventStatus.ARCHIVED
    assert todos(event) == []


@pytest.mark.parametrize(
    ("status", "days", "text"),
    [
        (EventStatus.DRAFT, 5, "5 days are left: announce the event."),
        (EventStatus.ANNOUNCED, 0, "It is the day: open the doors."),
        (EventStatus.OPENED, -1, "The last day is over: close the event."),
    ],
)
def test_a_step_is_proposed_when_its_time_has_come(event, status, days, text):
    event.status = status
    day_in(event, days)
    assert text in texts(event)


@pytest.mark.parametrize(
    ("facts", "has_talk", "steps"),
    [
        ({"shows_timetable": False}, False, []),
        ({"shows_timetable": False}, True, ["show the timetable"]),
        ({"takes_registrations": False}, True, []),
        ({"takes_registrations": False, "is_open_to_all": False}, True, ["open registration"]),
        ({"takes_registrations": False, "has_on_site": True}, True, ["open registration"]),
    ],
)
def test_a_step_is_proposed_only_where_it_makes_sense(event, facts, has_talk, steps):
    day_in(event, 5)
    for name, value in facts.items():
        setattr(event, name, value)
    if has_talk:
        TalkFactory(event=event)
    assert [text for text in texts(event) if "days are left" in text] == [
        f"5 days are left: {step}." for step in steps
    ]


@pytest.mark.parametrize(
    ("taken", "has_on_site", "text"),
    [
        (2, True, None),
        (1, True, "1 person waits although a place on site is free."),
        (2, False, "1 person waits for a place, but the event takes nobody on site."),
    ],
)
def test_a_waiting_list_is_reported_when_it_waits_for_nothing(event, taken, has_on_site, text):
    event.has_on_site, event.on_site_places = has_on_site, 2
    RegistrationFactory(event=event, waiting_number=1)
    Places.objects.create(event=event, taken=taken)
    assert [found for found in texts(event) if "waits" in found] == ([text] if text else [])


def test_before_registrations_are_deleted_the_organizers_hear_of_it(event):
    event.retention_days, event.status = 30, EventStatus.CLOSED
    day_in(event, -20)
    assert "deleted" not in " ".join(texts(event))
    RegistrationFactory(event=event)
    assert "its registrations are deleted: export before then what you still need." in " ".join(texts(event))


def test_registrations_that_nothing_deletes_are_reported(event):
    event.retention_days = 30
    day_in(event, -31)
    RegistrationFactory(event=event)
    assert "They are deleted once the event is closed." in " ".join(texts(event))


def waiting_mail(age, **facts):
    now = timezone.now()
    mail = OutgoingMail.objects.create(
        **{"next_try_at": now, "expires_at": now + timedelta(hours=1), "to": "aoi@example.com"} | facts
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(created_at=now - timedelta(minutes=age))


def test_mail_that_does_not_leave_is_said_on_the_first_page(client, organizer):
    waiting_mail(1)
    assert client.get("/admin/", headers=ENGLISH).context["site_todos"] == []
    waiting_mail(12)
    waiting_mail(30, sent_at=timezone.now(), last_error="SMTPRecipientsRefused")
    waiting_mail(90, expires_at=timezone.now())
    found = client.get("/admin/", headers=ENGLISH)
    assert [(todo.text.replace("\xa0", " "), todo.page) for todo in found.context["site_todos"]] == [
        ("1 mail has waited for the mail server for 12 minutes.", ""),
        ("2 mails could not be delivered in the last day.", ""),
    ]
    assert "aoi@example.com" not in found.text


def test_the_owner_is_led_to_the_outbox(db, client):
    client.force_login(User.objects.create_superuser("owner@example.com", "correct horse battery"))
    waiting_mail(12)
    assert 'href="/admin/accounts/outgoingmail/"' in client.get("/admin/", headers=ENGLISH).text


def test_what_is_urgent_stands_first(event):
    day_in(event, 0)
    assert todos(event)[0].is_urgent is True


def test_conflicts_and_changes_of_the_draft_are_counted(event):
    track, day = TrackFactory(event=event), day_in(event, 30)
    start = datetime.combine(day.date, datetime.min.time(), event.zone) + timedelta(hours=10)
    for _ in range(2):
        TalkFactory(event=event, track=track, starts_at=start, ends_at=start + timedelta(hours=1))
    TalkFactory(event=event, track=None, room=None, starts_at=None, ends_at=None, is_published=False)
    found = texts(event)
    assert "1 conflict in the timetable." in found
    assert "1 talk has no time yet." in found
    assert "2 published talks have no speaker." in found


def test_registrations_are_counted_by_the_events_day(event):
    tokyo = ZoneInfo("Asia/Tokyo")
    registered(event, datetime(2026, 5, 1, 23, 30, tzinfo=tokyo), datetime(2026, 5, 2, 0, 30, tzinfo=tokyo))
    event.registration_counts.create(date=date(2026, 5, 4), online=3, on_site=1)
    bars = registration_bars(event)
    assert [(bar.day.day, bar.count, bar.total) for bar in bars] == [
        (1, 1, 1),
        (2, 1, 2),
        (3, 0, 2),
        (4, 4, 6),
    ]
    assert [bar.height for bar in bars] == [30.0, 30.0, 0.0, 120.0]


def test_nobody_registered_is_no_picture(event):
    assert registration_bars(event) == []


def test_a_long_time_shows_its_last_sixty_days_and_all_in_the_sum(event):
    first = datetime(2026, 1, 1, 12, tzinfo=event.zone)
    registered(event, first, first + timedelta(days=99))
    bars = registration_bars(event)
    assert (len(bars), bars[0].total, bars[-1].total) == (60, 1, 2)


def test_the_first_page_shows_own_events_only(client, organizer):
    EventFactory(slug="theirs", name_en="Theirs Conf")
    page = client.get("/admin/", headers=ENGLISH).text
    assert "Harbour Conf" in page
    assert "Theirs Conf" not in page
    assert "What needs doing" in page


def test_the_lists_stand_in_the_order_of_the_work(client, organizer):
    groups = [group["name"] for group in client.get("/admin/", headers=ENGLISH).context["app_list"]]
    assert groups == ["Event", "Registration", "Programme", "On the day", "People", "Logs and more"]


def test_every_list_is_in_one_group(client, organizer):
    shown = client.get("/admin/").context["app_list"]
    names = [model["object_name"] for group in shown for model in group["models"]]
    assert len(names) == len(set(names)) > 20


def test_the_first_page_asks_the_same_with_one_row_and_with_three(client, organizer, event, queries_of):
    """Whatever there is to do: the sentences count, and their rows are never asked for one by one."""
    day_in(event, 5)

    def add():
        TalkFactory(event=event, track=TrackFactory(event=event))
        RegistrationFactory(event=event)
        waiting_mail(12)

    add()
    client.get("/admin/")
    one = queries_of("/admin/")
    add()
    add()
    assert queries_of("/admin/") == one
    assert one <= 46
