import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def careful_person():
    user = User.objects.create_user("careful@example.com")
    TOTP.activate(user, generate_totp_secret())
    return user


def enter_code(client, mailoutbox):
    client.post("/accounts/login/", {"email": "careful@example.com", "next": "/accounts/"})
    return client.post(
        "/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9], "next": "/accounts/"}
    )


def test_the_mailed_code_alone_does_not_open_an_account_with_a_second_factor(
    client, mailoutbox, careful_person
):
    response = enter_code(client, mailoutbox)
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    page = client.get("/accounts/2fa/authenticate/")
    assert page.status_code == 200
    assert "css/pages/account.css" in page.content.decode()


def test_the_second_factor_opens_it_and_goes_on(client, mailoutbox, careful_person):
    codes = RecoveryCodes.activate(careful_person)
    enter_code(client, mailoutbox)
    response = client.post("/accounts/2fa/authenticate/", {"code": codes.get_unused_codes()[0]})
    assert response["Location"] == "/accounts/"
    assert client.session["_auth_user_id"] == str(careful_person.pk)


def test_a_wrong_second_factor_is_said(client, mailoutbox, careful_person):
    enter_code(client, mailoutbox)
    response = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["code"]
    assert Authenticator.objects.count() == 1
