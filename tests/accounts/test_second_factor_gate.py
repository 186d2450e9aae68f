"""Everything that a role opens asks for a second factor in this session."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import sign_up
from events.enums import Role
from tests.factories.events import EventFactory, RoleGrantFactory, TrackFactory
from tests.sign_in import without_second_factor

pytestmark = pytest.mark.django_db
PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}
NEEDED = "/accounts/second-factor/"


@pytest.fixture
def event():
    event = EventFactory(slug="harbour")
    TrackFactory(event=event)
    return event


@pytest.fixture
def organizer(event):
    cache.clear()  # allauth keeps there which codes were used
    user = sign_up(email="organizer@example.com")
    RoleGrantFactory(event=event, user=user, role=Role.ORGANIZER)
    return user


@pytest.fixture
def visitor(client, organizer):
    client.force_login(organizer)
    return without_second_factor(client)


def present_code(secret):
    *_, counter = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def set_up_app(client):
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    return client.post("/accounts/2fa/totp/activate/", {"code": present_code(secret)})


def come_in_by_code(client, mailoutbox, email, after):
    client.post("/accounts/login/", {"email": email, "next": after})
    answer = {"code": mailoutbox[-1].subject[:9], "next": after}
    return client.post("/accounts/login/code/confirm/", answer)


@pytest.mark.parametrize("path", ["/admin/", "/admin/events/event/", "/harbour/console"])
def test_a_page_of_a_role_leads_to_the_second_factor_and_knows_the_way_back(visitor, path):
    response = visitor.get(path, **PAGE)
    assert response["Location"] == f"{NEEDED}?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", ["/harbour/console/state", "/harbour/console/announcements"])
def test_a_script_is_told_that_a_second_factor_is_needed(visitor, path):
    method = visitor.post if path.endswith("announcements") else visitor.get
    response = method(path)
    assert (response.status_code, response.json()) == (403, {"code": "second_factor"})


def test_a_command_by_session_is_refused(visitor, event):
    url = reverse("api:commands", args=[event.slug, event.tracks.get().pk])
    assert visitor.post(url, {}, content_type="application/json").status_code == 403


def test_what_a_form_sent_leads_back_to_its_page(visitor):
    came_from = {"referer": "http://testserver/admin/x/?y=1", "accept": "text/html"}
    response = visitor.post("/admin/events/event/add/", headers=came_from)
    assert response["Location"] == f"{NEEDED}?next=%2Fadmin%2Fx%2F%3Fy%3D1"


def test_whoever_lacks_the_role_is_refused_and_not_asked_for_a_factor(client, event):
    client.force_login(User.objects.create_user("outsider@example.com"))
    assert without_second_factor(client).get("/harbour/console", **PAGE).status_code == 403


def test_the_page_explains_both_ways(visitor):
    page = visitor.get(f"{NEEDED}?next=/admin/").content.decode()
    assert "/accounts/2fa/webauthn/add/" in page
    assert "/accounts/2fa/totp/activate/" in page


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_admin_in_the_same_session(visitor):
    visitor.get(f"{NEEDED}?next=/admin/")
    response = set_up_app(visitor)
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    codes = visitor.get(response["Location"])
    assert 'href="/admin/"' in codes.content.decode()
    assert all(code in codes.content.decode() for code in codes.context["unused_codes"])
    assert visitor.get("/admin/", **PAGE).status_code == 200


def test_a_wrong_code_sets_nothing_up(visitor):
    visitor.get("/accounts/2fa/totp/activate/")
    response = visitor.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert list(response.context["form"].errors) == ["code"]
    assert Authenticator.objects.count() == 0
    assert visitor.get("/admin/", **PAGE).status_code == 302


def test_a_factor_of_another_session_does_not_count(visitor, organizer):
    TOTP.activate(organizer, generate_totp_secret())
    assert visitor.get("/admin/", **PAGE).status_code == 302


def test_whoever_has_a_factor_is_asked_for_it_and_led_on(visitor, organizer):
    secret = generate_totp_secret()
    TOTP.activate(organizer, secret)
    response = visitor.get(f"{NEEDED}?next=/admin/")
    assert response["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"
    page = visitor.get(response["Location"])
    assert page.status_code == 200
    done = visitor.post("/accounts/2fa/reauthenticate/", {"code": present_code(secret), "next": "/admin/"})
    assert done["Location"] == "/admin/"
    assert visitor.get("/admin/", **PAGE).status_code == 200


def test_signing_in_with_the_factor_opens_the_console_at_once(client, organizer, mailoutbox):
    secret = generate_totp_secret()
    TOTP.activate(organizer, secret)
    come_in_by_code(client, mailoutbox, organizer.email, "/harbour/console")
    done = client.post("/accounts/2fa/authenticate/", {"code": present_code(secret)})
    assert done["Location"] == "/harbour/console"
    assert client.get("/harbour/console", **PAGE).status_code == 200


def test_a_recovery_code_opens_it_once_when_the_device_is_lost(client, organizer, mailoutbox):
    TOTP.activate(organizer, generate_totp_secret())
    code = RecoveryCodes.activate(organizer).get_unused_codes()[0]
    come_in_by_code(client, mailoutbox, organizer.email, "/admin/")
    assert client.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/admin/"
    assert client.get("/admin/", **PAGE).status_code == 200
    second = Client()
    come_in_by_code(second, mailoutbox, organizer.email, "/admin/")
    assert second.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_guessing_codes_ends_after_ten(client, organizer, mailoutbox):
    secret = generate_totp_secret()
    TOTP.activate(organizer, secret)
    come_in_by_code(client, mailoutbox, organizer.email, "/admin/")
    for _ in range(10):
        client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    response = client.post("/accounts/2fa/authenticate/", {"code": present_code(secret)})
    assert list(response.context["form"].errors) == ["code"]
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db(transaction=True)
def test_removing_the_last_factor_closes_the_door_and_the_other_devices(client, organizer, mailoutbox):
    other = Client()
    come_in_by_code(other, mailoutbox, organizer.email, "/accounts/")
    assert other.get("/accounts/").status_code == 200
    come_in_by_code(client, mailoutbox, organizer.email, "/accounts/")
    set_up_app(client)
    assert client.get("/admin/", **PAGE).status_code == 200
    client.post("/accounts/2fa/totp/deactivate/")
    assert client.get("/admin/", **PAGE).status_code == 302
    assert other.get("/accounts/").status_code == 302


def test_the_way_back_never_leads_to_another_site(visitor):
    page = visitor.get(f"{NEEDED}?next=https://evil.example/")
    assert page.context["goal"] == "/accounts/"


def test_the_demo_asks_for_none(visitor, settings):
    settings.DEMO = True
    assert visitor.get("/admin/", **PAGE).status_code == 200


def test_the_issuer_that_the_app_shows_is_ours(organizer):
    assert get_adapter().get_totp_issuer() == "Dreamkast"
