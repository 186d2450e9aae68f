import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
PAGES = [
    "/accounts/",
    "/accounts/email/",
    "/accounts/sessions/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/second-factor/",
    "/accounts/join-links/",
    "/accounts/3rdparty/",
    "/accounts/password/set/",
    "/accounts/logout/",
]
STRANGERS_PAGES = [
    "/accounts/login/",
    "/accounts/login/password/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/x-y/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
]


def come_in(mailoutbox, email="aoi@example.com"):
    client = Client()
    client.post("/accounts/login/", {"email": email})
    client.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9]})
    return client


@pytest.fixture
def person(mailoutbox):
    cache.clear()  # allauth counts there how often a person changes their addresses
    return come_in(mailoutbox)


def breaks_of_policy(html):
    """What a page with a strict policy may not carry."""
    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", html)
    return scripts + re.findall(r"<style|\sstyle=|\son\w+=", html)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_page_of_the_account_stands_in_our_frame(person, path, language):
    response = person.get(path, headers={"accept-language": language})
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert "css/pages/account.css" in html
    assert breaks_of_policy(html) == []


@pytest.mark.parametrize("path", STRANGERS_PAGES)
def test_each_page_for_strangers_stands_in_our_frame(client, path):
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert "css/pages/account.css" in html
    assert breaks_of_policy(html) == []


def test_a_failed_sign_in_elsewhere_is_said_in_our_frame(client):
    response = client.get("/accounts/3rdparty/login/error/")
    assert response.status_code == 401
    assert "css/pages/account.css" in response.content.decode()


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_stranger_is_led_to_sign_in(client, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_the_name_is_changed(person):
    response = person.post("/accounts/", {"name": "Aoi"})
    assert response["Location"] == "/accounts/"
    assert User.objects.get().name == "Aoi"


def test_too_long_a_name_is_said_and_kept(person):
    response = person.post("/accounts/", {"name": "x" * 121})
    assert list(response.context["form"].errors) == ["name"]
    assert "x" * 121 in response.content.decode()


def test_the_language_is_chosen(person):
    person.post("/i18n/setlang/", {"language": "en", "next": "/accounts/"})
    assert '<html lang="en">' in person.get("/accounts/").content.decode()


def test_a_second_address_is_added_by_its_code(person, mailoutbox):
    person.post("/accounts/email/", {"action_add": "", "email": "second@example.com"})
    assert mailoutbox[-1].to == ["second@example.com"]
    code = re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0]
    response = person.post("/accounts/confirm-email/", {"code": code})
    assert response.status_code == 302
    assert EmailAddress.objects.get(email="second@example.com").verified


def test_the_other_devices_are_signed_out(person, mailoutbox):
    other = come_in(mailoutbox)
    assert other.get("/accounts/").status_code == 200
    person.post("/accounts/sessions/")
    assert other.get("/accounts/").status_code == 302
    assert person.get("/accounts/").status_code == 200


def test_a_password_can_be_set_and_used(person, mailoutbox):
    words = "correct horse battery"
    person.post("/accounts/password/set/", {"password1": words, "password2": words})
    stranger = Client()
    stranger.post("/accounts/login/password/", {"login": "aoi@example.com", "password": words})
    assert stranger.session.get("_auth_user_id") == str(User.objects.get().pk)


def password_of(person, words):
    person.post("/accounts/password/set/", {"password1": words, "password2": words})


@pytest.mark.parametrize(("old", "is_changed"), [("correct horse battery", True), ("wrong", False)])
def test_a_password_is_changed_by_whoever_knows_it(person, old, is_changed):
    password_of(person, "correct horse battery")
    new = "another horse battery"
    person.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    assert User.objects.get().check_password(new) is is_changed


def test_a_forgotten_password_is_set_anew_by_mail(person, mailoutbox):
    password_of(person, "correct horse battery")
    stranger, new = Client(), "another horse battery"
    stranger.post("/accounts/password/reset/", {"email": "aoi@example.com"})
    path = re.search(r"http://testserver(\S+)", mailoutbox[-1].body)[1]
    form = stranger.get(path)["Location"]
    assert breaks_of_policy(stranger.get(form).content.decode()) == []
    stranger.post(form, {"password1": new, "password2": new})
    assert User.objects.get().check_password(new)
    assert stranger.get(path).context["token_fail"]


def test_an_unusable_password_is_said(person):
    response = person.post("/accounts/password/set/", {"password1": "12345678", "password2": "12345678"})
    assert response.context["form"].errors
    assert User.objects.get().has_usable_password() is False


@pytest.mark.parametrize(("language", "words"), [("ja", "サインインコード"), ("en", "is your sign-in code")])
def test_the_mail_speaks_the_language_of_the_page(client, mailoutbox, language, words):
    client.post("/accounts/login/", {"email": "new@example.com"}, headers={"accept-language": language})
    assert words in mailoutbox[0].subject


def add_second(person, mailoutbox):
    person.post("/accounts/email/", {"action_add": "", "email": "second@example.com"})
    code = re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0]
    person.post("/accounts/confirm-email/", {"code": code})


def test_the_second_address_becomes_the_main_one(person, mailoutbox):
    add_second(person, mailoutbox)
    assert 'name="action_primary"' in person.get("/accounts/email/").content.decode()
    person.post("/accounts/email/", {"action_primary": "", "email": "second@example.com"})
    assert User.objects.get().email == "second@example.com"


def test_the_second_address_is_removed(person, mailoutbox):
    add_second(person, mailoutbox)
    person.post("/accounts/email/", {"action_remove": "", "email": "second@example.com"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["aoi@example.com"]


def test_the_only_address_cannot_be_removed(person):
    person.post("/accounts/email/", {"action_remove": "", "email": "aoi@example.com"})
    assert EmailAddress.objects.count() == 1


def test_somebody_elses_address_cannot_be_taken(person, mailoutbox):
    come_in(mailoutbox, "ren@example.com")
    person.post("/accounts/email/", {"action_add": "", "email": "ren@example.com"})
    owner = EmailAddress.objects.get(email="ren@example.com", verified=True).user
    assert owner.email == "ren@example.com"
    assert EmailAddress.objects.filter(user__email="aoi@example.com", verified=True).count() == 1
