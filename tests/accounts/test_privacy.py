import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from accounts.models import OutgoingMail, User
from accounts.services.mail import queue
from accounts.services.privacy import ErasureRefused, erase, outlook, refusals
from accounts.tasks import forget_old_rows
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
WORDS = "correct horse battery"
ADDRESS = "aoi@example.com"


def come_in(mailoutbox, email=ADDRESS):
    client = Client(headers={"accept-language": "en"})
    client.post("/accounts/login/", {"email": email})
    client.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9]})
    return client


@pytest.fixture
def person(mailoutbox):
    return come_in(mailoutbox)


def confirm(client, email=ADDRESS):
    return client.post("/accounts/privacy/erase/", {"email": email})


def unpacked(response):
    archive = zipfile.ZipFile(BytesIO(response.content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_the_download_has_what_belongs_to_the_person(person):
    User.objects.update(name="青井")
    files = unpacked(person.get("/accounts/privacy/download/"))
    found = json.loads(files["my-data.json"])
    assert sorted(files) == ["my-data.json", "readme.txt"]
    assert [entry["name"] for entry in found["account"]] == ["青井"]
    assert [entry["email"] for entry in found["e-mail addresses"]] == [ADDRESS]
    assert len(found["sign-ins"]) == 1


def test_the_download_carries_no_secret_and_nobody_else(person, mailoutbox):
    come_in(mailoutbox, "ren@example.com")
    user = User.objects.get(email=ADDRESS)
    user.set_password(WORDS)
    user.save()
    person.force_login(user)
    person.post("/accounts/reauthenticate/", {"password": WORDS})
    text = unpacked(person.get("/accounts/privacy/download/"))["my-data.json"].decode()
    assert ADDRESS in text
    assert "ren@example.com" not in text
    assert user.password not in text
    assert person.session.session_key not in text


def test_the_download_is_kept_by_no_cache(person):
    response = person.get("/accounts/privacy/download/")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/zip"
    assert response["Content-Disposition"].startswith('attachment; filename="dreamkast-my-data-')


@pytest.mark.parametrize("path", ["/accounts/privacy/download/", "/accounts/privacy/erase/"])
def test_whoever_has_a_password_is_asked_for_it_again(client, path):
    user = UserFactory(password="")
    user.set_password(WORDS)
    user.save()
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/reauthenticate/?next={path.replace('/', '%2F')}"


def test_after_the_password_the_account_can_be_erased(client):
    user = UserFactory(email=ADDRESS)
    user.set_password(WORDS)
    user.save()
    client.force_login(user)
    client.post("/accounts/reauthenticate/", {"password": WORDS})
    assert confirm(client)["Location"] == "/accounts/privacy/erased/"
    assert not User.objects.exists()


def test_a_person_erases_themselves(person):
    response = confirm(person)
    assert response["Location"] == "/accounts/privacy/erased/"
    assert person.get(response["Location"]).status_code == 200
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()


def test_the_address_may_be_typed_in_capitals(person):
    confirm(person, ADDRESS.upper())
    assert not User.objects.exists()


@pytest.mark.parametrize("typed", ["", "ren@example.com", "aoi"])
def test_a_wrong_confirmation_erases_nothing(person, typed):
    response = confirm(person, typed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert User.objects.filter(email=ADDRESS).exists()
    assert person.get("/accounts/").status_code == 200


def test_looking_at_the_page_erases_nothing(person):
    html = person.get("/accounts/privacy/erase/").content.decode()
    assert "Your account: name, addresses" in html
    assert User.objects.filter(email=ADDRESS).exists()


def test_erasing_signs_out_everywhere(person, mailoutbox):
    other = come_in(mailoutbox)
    confirm(person)
    assert [client.get("/accounts/").status_code for client in (person, other)] == [302, 302]
    assert not UserSession.objects.exists()


def test_a_second_click_finds_the_account_gone(person):
    confirm(person)
    assert confirm(person)["Location"].startswith("/accounts/login/")


def test_erasing_twice_at_once_erases_once():
    user = UserFactory()
    same = User.objects.get(pk=user.pk)
    assert erase(user=user) is True
    assert erase(user=same) is False


def test_mail_that_waits_for_the_person_goes_and_others_stay(person):
    for to in (ADDRESS, "ren@example.com"):
        queue(EmailMultiAlternatives("subject", "text", to=[to]), good_for=timedelta(days=1))
    confirm(person)
    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["ren@example.com"]


def test_others_stay_as_they_are(person, mailoutbox):
    other = come_in(mailoutbox, "ren@example.com")
    confirm(person)
    assert User.objects.get().email == "ren@example.com"
    assert other.get("/accounts/").status_code == 200


def test_an_erased_person_may_sign_up_anew(person, mailoutbox):
    before = User.objects.get().pk
    confirm(person)
    again = come_in(mailoutbox)
    assert again.get("/accounts/").status_code == 200
    assert User.objects.get().pk != before


def test_the_only_owner_of_the_site_cannot_go(person):
    User.objects.update(is_superuser=True)
    response = confirm(person)
    assert response.status_code == 200
    assert "Make somebody else an owner first." in response.content.decode()
    assert User.objects.filter(email=ADDRESS).exists()


def test_an_owner_who_is_switched_off_takes_nothing_over():
    owner = UserFactory(is_superuser=True)
    UserFactory(is_superuser=True, is_active=False)
    with pytest.raises(ErasureRefused):
        erase(user=owner)


def test_one_of_two_owners_may_go():
    owner, other = UserFactory(is_superuser=True), UserFactory(is_superuser=True)
    assert refusals(user=owner) == []
    erase(user=owner)
    assert list(User.objects.all()) == [other]


def test_the_outlook_says_each_sentence_once(person):
    future = outlook(user=User.objects.get())
    sentences = [sentence for kind in future.values() for sentence in kind]
    assert len(sentences) == len(set(sentences)) == 1


def test_sign_ins_are_forgotten_with_their_session(person):
    forget_old_rows()
    assert UserSession.objects.count() == 1
    person.session.delete()
    forget_old_rows()
    assert UserSession.objects.count() == 0
