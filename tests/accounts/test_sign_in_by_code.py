import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import sign_up
from tests.races import at_once

pytestmark = pytest.mark.django_db
LOGIN, CODE = "/accounts/login/", "/accounts/login/code/confirm/"


def ask(client, email, **query):
    return client.post(LOGIN, {"email": email, **query})


def mailed_code(mailoutbox):
    return re.search(r"\d{4}-\d{4}", mailoutbox[-1].body)[0]


def signed_in(client):
    return client.session.get("_auth_user_id")


def texts(response):
    return [str(message) for message in response.context["messages"]]


def test_an_unknown_address_gets_its_account_when_the_code_comes_back(client, mailoutbox):
    ask(client, "New@Example.com")
    assert User.objects.count() == 0
    response = client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert response.status_code == 302
    user = User.objects.get()
    assert (user.email, signed_in(client)) == ("new@example.com", str(user.pk))
    address = EmailAddress.objects.get()
    assert (address.user, address.verified, address.primary) == (user, True, True)
    assert not user.has_usable_password()


def test_a_known_person_comes_in_by_code(client, mailoutbox):
    user = User.objects.create_user("known@example.com")
    ask(client, "known@example.com")
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert signed_in(client) == str(user.pk)
    assert User.objects.count() == 1


def test_the_code_may_be_typed_without_its_dash_and_with_spaces(client, mailoutbox):
    ask(client, "new@example.com")
    client.post(CODE, {"code": f" {mailed_code(mailoutbox).replace('-', ' ')} "})
    assert signed_in(client)


def test_known_and_unknown_addresses_are_answered_alike(mailoutbox):
    User.objects.create_user("known@example.com")
    pages, mails = [], []
    for email in ["known@example.com", "other@example.com"]:
        client = Client()
        response = ask(client, email)
        page = client.get(response["Location"]).content.decode()
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page)
        pages.append((response.status_code, response["Location"], page.replace(email, "ADDRESS")))
        mails.append(re.sub(r"\d{4}-\d{4}", "CODE", mailoutbox[-1].subject + mailoutbox[-1].body))
    assert pages[0] == pages[1]
    assert mails[0] == mails[1]


def test_a_wrong_code_is_said_and_what_was_typed_is_kept(client, mailoutbox):
    ask(client, "new@example.com")
    response = client.post(CODE, {"code": "0000-1111x"})
    assert response.status_code == 200
    assert 'value="0000-1111x"' in response.content.decode()
    assert list(response.context["form"].errors) == ["code"]
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert signed_in(client)


def test_the_fourth_wrong_code_ends_the_attempt_and_keeps_address_and_next(client, mailoutbox):
    ask(client, "new@example.com", next="/cndt/")
    for _ in range(4):
        response = client.post(CODE, {"code": "x", "next": "/cndt/"})
    assert response["Location"] == "/accounts/login/?next=%2Fcndt%2F"
    page = client.get(response["Location"])
    assert 'value="new@example.com"' in page.content.decode()
    assert len(texts(page)) == 1
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert not signed_in(client)


def test_an_expired_code_leads_back_with_a_sentence(client, mailoutbox, settings):
    ask(client, "new@example.com")
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = client.post(CODE, {"code": mailed_code(mailoutbox), "next": "/cndt/"}, follow=True)
    assert response.redirect_chain == [("/accounts/login/?next=%2Fcndt%2F", 302)]
    assert len(texts(response)) == 1
    assert not signed_in(client)


def test_a_second_press_after_signing_in_goes_on_to_the_same_place(client, mailoutbox):
    ask(client, "new@example.com")
    answer = {"code": mailed_code(mailoutbox), "next": "/cndt/"}
    first = client.post(CODE, answer)
    second = client.post(CODE, answer)
    assert (first["Location"], second["Location"]) == ("/cndt/", "/cndt/")
    assert User.objects.count() == 1


def test_the_code_page_without_a_request_for_a_code_leads_to_sign_in(client):
    response = client.get(CODE)
    assert (response.status_code, response["Location"]) == (302, LOGIN)


def test_going_back_shows_the_form_with_the_address_to_correct(client):
    ask(client, "typo@exampel.com")
    page = client.get(LOGIN)
    assert page.status_code == 200
    assert 'value="typo@exampel.com"' in page.content.decode()


def test_another_address_replaces_the_first(client, mailoutbox):
    ask(client, "first@example.com")
    ask(client, "second@example.com")
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert User.objects.get().email == "second@example.com"


def test_next_is_carried_through_the_code_page(client, mailoutbox):
    response = ask(client, "new@example.com", next="/cndt/ui?track=A")
    assert response["Location"] == f"{CODE}?next=%2Fcndt%2Fui%3Ftrack%3DA"
    page = client.get(response["Location"])
    assert 'name="next" value="/cndt/ui?track=A"' in page.content.decode()
    done = client.post(CODE, {"code": mailed_code(mailoutbox), "next": "/cndt/ui?track=A"})
    assert done["Location"] == "/cndt/ui?track=A"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_next_never_leads_to_another_site(client, mailoutbox, evil):
    ask(client, "new@example.com", next=evil)
    done = client.post(CODE, {"code": mailed_code(mailoutbox), "next": evil})
    assert done["Location"] == "/"


def test_a_new_code_replaces_the_old_one(client, mailoutbox):
    ask(client, "new@example.com")
    old = mailed_code(mailoutbox)
    response = client.post(CODE, {"action": "resend", "next": "/cndt/"})
    assert response["Location"] == f"{CODE}?next=%2Fcndt%2F"
    new = mailed_code(mailoutbox)
    assert len(mailoutbox) == 2
    client.post(CODE, {"code": old})
    assert not signed_in(client)
    client.post(CODE, {"code": new})
    assert signed_in(client)


def test_a_closed_account_stays_out(client, mailoutbox):
    User.objects.create_user("closed@example.com", is_active=False)
    ask(client, "closed@example.com")
    response = client.post(CODE, {"code": mailed_code(mailoutbox)}, follow=True)
    assert response.redirect_chain == [("/accounts/inactive/", 302)]
    assert response.status_code == 200
    assert not signed_in(client)


def test_an_address_that_a_stranger_has_only_claimed_opens_an_account_of_its_own(client, mailoutbox):
    stranger = User.objects.create_user("stranger@example.com")
    EmailAddress.objects.create(user=stranger, email="mine@example.com", verified=False)
    ask(client, "mine@example.com")
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert signed_in(client) == str(User.objects.get(email="mine@example.com").pk)
    assert signed_in(client) != str(stranger.pk)


def test_a_proved_second_address_opens_the_same_account(client, mailoutbox):
    user = User.objects.create_user("first@example.com")
    EmailAddress.objects.create(user=user, email="second@example.com", verified=True)
    ask(client, "second@example.com")
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert signed_in(client) == str(user.pk)


@pytest.mark.parametrize("email", ["", "no-address", "a\x00b@example.com", f"{'a' * 300}@example.com"])
def test_what_is_no_address_is_said_and_kept(client, mailoutbox, email):
    response = ask(client, email)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["email"]
    assert len(mailoutbox) == 0


def test_signing_in_gives_a_new_session(client, mailoutbox):
    ask(client, "new@example.com")
    before = client.session.session_key
    client.post(CODE, {"code": mailed_code(mailoutbox)})
    assert client.session.session_key != before
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_signing_up_is_signing_in(client):
    for name in ["account_signup", "account_request_login_code"]:
        response = client.get(reverse(name), {"next": "/cndt/"})
        assert response["Location"] == "/accounts/login/?next=%2Fcndt%2F"


def test_the_first_form_asks_for_no_password(client):
    page = client.get(LOGIN).content.decode()
    assert 'type="password"' not in page
    assert 'type="email"' in page


def test_signing_out_needs_a_post(client):
    client.force_login(User.objects.create_user("known@example.com"))
    client.get("/accounts/logout/")
    assert signed_in(client)
    client.post("/accounts/logout/")
    assert not signed_in(client)


def test_a_password_somebody_has_set_opens_the_account(client):
    user = User.objects.create_user("known@example.com", "correct horse battery")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    response = client.post(
        "/accounts/login/password/",
        {"login": "known@example.com", "password": "correct horse battery", "next": "/cndt/"},
    )
    assert response["Location"] == "/cndt/"
    assert signed_in(client) == str(user.pk)


def test_a_page_from_before_signing_in_is_answered_with_a_sentence(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post(LOGIN, {"email": "new@example.com"})
    assert response.status_code == 403
    assert f'<a class="btn primary" href="{LOGIN}">' in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_confirming_in_two_tabs_at_once_makes_one_account():
    people = at_once(lambda: sign_up(email="new@example.com").pk, 4)
    assert people == [User.objects.get().pk] * 4
    assert EmailAddress.objects.count() == 1
