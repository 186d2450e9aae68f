import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.enums import Attendance, EventStatus, Role
from events.models import (
    Answer,
    JoinLink,
    LiveCounter,
    Places,
    Registration,
    RegistrationCount,
    RoleGrant,
    RoleInvitation,
)
from events.selectors import kept_until
from events.services.retention import forget_ended
from events.tasks import forget_ended as forget_ended_task
from tests.factories.accounts import UserFactory
from tests.factories.events import (
    DayFactory,
    EventFactory,
    QuestionFactory,
    RegistrationFactory,
    RoleGrantFactory,
)

pytestmark = pytest.mark.django_db
# 11 June 2026 in Tokyo begins at 15:00 UTC of the 10th.
LAST_MOMENT = datetime(2026, 6, 10, 14, 59, tzinfo=UTC)
DUE = datetime(2026, 6, 10, 15, 0, tzinfo=UTC)


@pytest.fixture
def event():
    event = EventFactory(slug="harbour", status=EventStatus.CLOSED, retention_days=30)
    for day in (10, 11):
        DayFactory(event=event, date=date(2026, 5, day))
    return event


def came(event, moment, **fields):
    registration = RegistrationFactory(event=event, **fields)
    Registration.objects.filter(pk=registration.pk).update(created_at=moment)
    return registration


def test_the_last_date_is_counted_from_the_last_public_day(event):
    DayFactory(event=event, date=date(2026, 5, 20), is_internal=True)
    assert kept_until(event) == date(2026, 6, 10)


def test_on_the_last_date_everything_is_there_and_after_it_nothing(event):
    RegistrationFactory(event=event)
    assert forget_ended(LAST_MOMENT) == 0
    assert Registration.objects.count() == 1
    assert forget_ended(DUE) == 1
    assert Registration.objects.count() == 0


def test_all_that_hangs_on_a_registration_goes_with_it(event):
    question = QuestionFactory(event=event)
    registration = RegistrationFactory(event=event)
    Answer.objects.create(registration=registration, question=question, value="secret")
    JoinLink.objects.create(event=event, user=registration.user, digest="x", expires_at=DUE)
    RoleInvitation.objects.create(event=event, email="ren@example.com", role=Role.RECEPTION)
    forget_ended(DUE)
    assert [model.objects.count() for model in (Answer, JoinLink, RoleInvitation)] == [0, 0, 0]
    assert event.questions.get() == question


def test_the_numbers_by_day_stay_in_the_events_zone(event):
    evening, night = datetime(2026, 4, 1, 14, tzinfo=UTC), datetime(2026, 4, 1, 16, tzinfo=UTC)
    came(event, evening)
    came(event, evening, attendance=Attendance.ON_SITE)
    came(event, night)
    forget_ended(DUE)
    assert list(RegistrationCount.objects.values_list("date", "online", "on_site")) == [
        (date(2026, 4, 1), 1, 1),
        (date(2026, 4, 2), 1, 0),
    ]


def test_a_second_run_changes_nothing(event):
    came(event, datetime(2026, 4, 1, tzinfo=UTC))
    forget_ended(DUE)
    assert forget_ended(DUE) == 0
    assert RegistrationCount.objects.get().online == 1
    assert LiveCounter.objects.get(event=event).access == 1


def test_a_late_registration_is_added_to_the_numbers(event):
    for _ in range(2):
        came(event, datetime(2026, 4, 1, tzinfo=UTC))
        forget_ended(DUE)
    assert RegistrationCount.objects.get().online == 2


def test_the_count_of_places_stays_right(event):
    Places.objects.create(event=event, taken=1)
    RegistrationFactory(event=event, attendance=Attendance.ON_SITE)
    forget_ended(DUE)
    assert Places.objects.get(event=event).taken == 0


@pytest.mark.parametrize("status", [EventStatus.DRAFT, EventStatus.ANNOUNCED, EventStatus.OPENED])
def test_nothing_goes_before_the_event_is_closed(event, status):
    event.status = status
    event.save()
    RegistrationFactory(event=event)
    assert forget_ended(DUE + timedelta(days=1000)) == 0
    assert Registration.objects.count() == 1


def test_nothing_goes_from_an_event_without_days(event):
    event.days.all().delete()
    RegistrationFactory(event=event)
    assert kept_until(event) is None
    assert forget_ended(DUE + timedelta(days=1000)) == 0
    assert Registration.objects.count() == 1


def test_other_events_accounts_and_roles_stay(event):
    other = RegistrationFactory()
    registration = RegistrationFactory(event=event, user=other.user)
    RoleGrantFactory(event=event, user=registration.user)
    forget_ended(DUE)
    assert list(Registration.objects.all()) == [other]
    assert RoleGrant.objects.count() == 1


def test_the_log_says_what_went_and_names_nobody(event, caplog):
    caplog.set_level(logging.INFO)
    RegistrationFactory(event=event, user=UserFactory(email="aoi@example.com", name="Aoi Umi"))
    forget_ended(DUE)
    assert [line.message for line in caplog.records if line.name == "events.services.retention"] == [
        "Event harbour: personal data of 1 registrations deleted."
    ]
    assert "aoi" not in caplog.text.lower()


def test_the_tick_forgets_what_is_due(event):
    event.days.filter(date=date(2026, 5, 11)).delete()
    event.days.update(date=date(2020, 1, 1))
    RegistrationFactory(event=event)
    forget_ended_task()
    assert Registration.objects.count() == 0


def queries_to_forget(event, people):
    for _ in range(people):
        came(event, datetime(2026, 4, 1, tzinfo=UTC))
    with CaptureQueriesContext(connection) as queries:
        forget_ended(DUE)
    return len(queries)


def test_three_people_are_forgotten_by_as_many_queries_as_one(event):
    queries_to_forget(event, people=1)  # What is made once: the row of the places, the day's count.
    assert queries_to_forget(event, people=1) == queries_to_forget(event, people=3)


@pytest.mark.parametrize("days", [29, 1826])
def test_the_days_have_bounds(event, days):
    event.retention_days = days
    with pytest.raises(ValidationError) as refused:
        event.clean_fields()
    assert list(refused.value.error_dict) == ["retention_days"]
