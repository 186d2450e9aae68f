import pytest
from django.test import Client

from accounts.models import User
from events.consent import CONSENT_VERSION
from events.errors import RegistrationClosed
from events.models import LiveCounter, Registration
from events.services.registration import register
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db
ANSWERS = {"name": "Aoi", "attendance": "online", "consent": "on"}


@pytest.fixture
def event():
    return EventFactory(slug="cndt", venue_ja="東京", is_open_to_all=False, has_on_site=True)


@pytest.fixture
def person(client):
    person = UserFactory(name="")
    client.force_login(person)
    return person


def access(event):
    return LiveCounter.objects.filter(event=event).values_list("access", flat=True).first() or 0


def test_a_stranger_is_led_to_sign_in_and_back(client, event):
    response = client.get("/cndt/registration?next=/cndt/ui")
    assert response["Location"] == "/accounts/login/?next=/cndt/registration%3Fnext%3D/cndt/ui"


def test_registering_keeps_way_consent_version_and_time(client, event, person):
    response = client.post("/cndt/registration", {**ANSWERS, "attendance": "on_site"})
    assert response["Location"] == "/cndt/registration"
    row = Registration.objects.get()
    assert (row.event, row.user, row.attendance) == (event, person, "on_site")
    assert row.consent_version == CONSENT_VERSION
    assert row.consented_at is not None
    assert User.objects.get().name == "Aoi"


def test_after_registering_the_person_goes_where_they_wanted(client, event, person):
    page = client.get("/cndt/registration?next=/cndt/ui")
    assert 'name="next" value="/cndt/ui"' in page.content.decode()
    response = client.post("/cndt/registration", {**ANSWERS, "next": "/cndt/ui"})
    assert response["Location"] == "/cndt/ui"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_after_registering_nobody_is_led_to_another_site(client, event, person, evil):
    response = client.post("/cndt/registration", {**ANSWERS, "next": evil})
    assert response["Location"] == "/cndt/registration"


def test_without_consent_nothing_is_kept_but_what_was_typed(client, event, person):
    response = client.post("/cndt/registration", {"name": "Aoi", "attendance": "on_site"})
    assert list(response.context["form"].errors) == ["consent"]
    assert 'value="Aoi"' in response.content.decode()
    assert Registration.objects.count() == 0


def test_pressing_twice_registers_once(client, event, person):
    client.post("/cndt/registration", ANSWERS)
    response = client.post("/cndt/registration", ANSWERS)
    assert response.status_code == 302
    assert Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_registering_in_two_tabs_at_once_registers_once(event):
    person = UserFactory()
    rows = at_once(lambda: register(event=event, user=person).pk, 4)
    assert rows == [Registration.objects.get().pk] * 4


def test_a_registration_can_be_changed_without_a_new_consent(client, event, person):
    row = RegistrationFactory(event=event, user=person, consent_version=CONSENT_VERSION)
    before = row.consented_at
    client.post("/cndt/registration", {"name": "Ren", "attendance": "on_site"})
    row.refresh_from_db()
    person.refresh_from_db()
    assert (row.attendance, row.consented_at, person.name) == ("on_site", before, "Ren")


def test_withdrawing_asks_first(client, event, person):
    RegistrationFactory(event=event, user=person)
    page = client.get("/cndt/registration?withdraw=1")
    assert 'value="withdraw"' in page.content.decode()
    assert Registration.objects.count() == 1


def test_withdrawing_deletes_the_row_and_rechecks_who_may_watch(client, event, person):
    RegistrationFactory(event=event, user=person)
    response = client.post("/cndt/registration", {"action": "withdraw"})
    assert response["Location"] == "/cndt/"
    assert Registration.objects.count() == 0
    assert access(event) == 1


def test_withdrawing_twice_is_answered_like_once(client, event, person):
    RegistrationFactory(event=event, user=person)
    answers = [client.post("/cndt/registration", {"action": "withdraw"}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/cndt/", "/cndt/"]
    assert access(event) == 1


def test_one_person_cannot_touch_anothers_registration(client, event, person):
    other = RegistrationFactory(event=event)
    client.post("/cndt/registration", {"action": "withdraw"})
    assert Registration.objects.get() == other


@pytest.mark.parametrize("status", ["closed", "archived"])
def test_an_event_that_is_over_takes_no_registrations(client, person, status):
    EventFactory(slug="over", status=status)
    response = client.post("/over/registration", ANSWERS)
    assert response.status_code == 200
    assert Registration.objects.count() == 0


def test_the_service_refuses_for_an_event_that_is_over():
    with pytest.raises(RegistrationClosed):
        register(event=EventFactory(status="closed"), user=UserFactory())


def test_a_draft_is_not_there_for_outsiders(client, person):
    EventFactory(slug="secret", status="draft")
    assert client.get("/secret/registration").status_code == 404


def test_an_event_that_takes_nobody_on_site_is_online_only(client, person):
    EventFactory(slug="online")
    assert 'value="on_site"' not in client.get("/online/registration").content.decode()
    client.post("/online/registration", {**ANSWERS, "attendance": "on_site"})
    assert Registration.objects.count() == 0


def test_what_was_typed_survives_an_expired_session(client, event, person):
    page = client.get("/cndt/registration").content.decode()
    assert f'data-draft="registration-cndt-{person.pk}"' in page
    assert 'data-session-url="/api/v1/events/cndt/me"' in page
    response = Client().post("/cndt/registration", {**ANSWERS, "next": "/cndt/ui"})
    assert response["Location"].startswith("/accounts/login/?next=/cndt/registration")
