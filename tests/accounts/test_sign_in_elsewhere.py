"""Signing in through an account elsewhere, against a provider that answers over HTTP."""

import json

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from accounts.services.people import sign_up
from dreamkast import providers
from events.models import RoleGrant
from events.services.roles import grant_role
from tests.factories.events import EventFactory
from tests.services.oidc_provider import OidcProvider

pytestmark = pytest.mark.django_db
LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"
AOI = {"sub": "7", "name": "Aoi Yamada", "email": "aoi@example.com", "email_verified": True}
ROLES = {"roles_claim": "groups", "roles": {"HARBOUR-Admin": "harbour:organizer"}}


@pytest.fixture(scope="module")
def peer():
    provider = OidcProvider()
    provider.start()
    yield provider
    provider.stop()


@pytest.fixture
def elsewhere(peer, settings):
    """The provider, set up as the environment would do it."""
    found = providers.parse(json.dumps([peer.entry(**ROLES)]))
    settings.SOCIALACCOUNT_PROVIDERS = providers.for_allauth(found)
    settings.SIGN_IN_ROLES = providers.role_mappings(found)
    peer.person, peer.fails = AOI, False
    return peer


def start(client, after="/harbour/ui"):
    return client.post(f"/accounts/oidc/harbour-id/login/?process=login&next={after}")


def there_and_back(client, after="/harbour/ui"):
    """Press the button, sign in over there, follow back; the answer of our own site."""
    there = start(client, after)["Location"]
    back = httpx.post(there).headers["Location"]
    return client.get(back.replace("http://testserver", ""))


def person_in(client):
    return client.session.get("_auth_user_id")


def texts(response):
    return [str(message) for message in response.context["messages"]]


def test_the_sign_in_page_has_a_button_that_sends_a_form(client, elsewhere):
    page = client.get(f"{LOGIN}?next=/harbour/ui").content.decode()
    assert "Harbour ID" in page
    assert "/accounts/oidc/harbour-id/login/?process=login&amp;next=%2Fharbour%2Fui" in page


def test_a_link_alone_starts_nothing(client, elsewhere):
    assert client.get("/accounts/oidc/harbour-id/login/").status_code == 200


def test_a_new_person_is_in_and_back_where_they_came_from(client, elsewhere, mailoutbox):
    response = there_and_back(client)
    assert response["Location"] == "/harbour/ui"
    user = User.objects.get()
    assert (user.email, user.name, person_in(client)) == ("aoi@example.com", "Aoi Yamada", str(user.pk))
    assert EmailAddress.objects.get().verified
    assert SocialAccount.objects.get().uid == "7"
    assert len(mailoutbox) == 0


def test_a_proved_address_opens_the_account_that_is_there(client, elsewhere):
    user = sign_up(email="aoi@example.com")
    there_and_back(client)
    assert person_in(client) == str(user.pk)
    assert User.objects.count() == 1


def test_a_proved_second_address_opens_the_same_account(client, elsewhere):
    user = sign_up(email="other@example.com")
    EmailAddress.objects.create(user=user, email="aoi@example.com", verified=True)
    there_and_back(client)
    assert person_in(client) == str(user.pk)


def test_an_address_that_a_stranger_only_claimed_opens_an_account_of_its_own(client, elsewhere):
    stranger = sign_up(email="stranger@example.com")
    EmailAddress.objects.create(user=stranger, email="aoi@example.com", verified=False)
    there_and_back(client)
    assert person_in(client) == str(User.objects.get(email="aoi@example.com").pk)


def test_the_second_time_the_address_does_not_matter(client, elsewhere):
    there_and_back(Client())
    elsewhere.person = {**AOI, "email": "changed@example.com", "email_verified": False}
    there_and_back(client)
    assert person_in(client) == str(User.objects.get().pk)


@pytest.mark.parametrize("proved", [False, "false", None, "yes", 1])
def test_an_unproved_address_is_asked_for_its_code_and_opens_nothing(client, elsewhere, mailoutbox, proved):
    victim = sign_up(email="aoi@example.com")
    elsewhere.person = {**AOI, "email_verified": proved}
    response = there_and_back(client)
    assert response["Location"] == f"{CONFIRM}?next=%2Fharbour%2Fui"
    assert person_in(client) is None
    assert mailoutbox[-1].to == [victim.email]
    assert SocialAccount.objects.count() == 0


def test_the_code_joins_both_accounts_and_leads_on(client, elsewhere, mailoutbox):
    elsewhere.person = {**AOI, "email_verified": False}
    there_and_back(client)
    assert User.objects.count() == 0
    answer = {"code": mailoutbox[-1].subject[:9], "next": "/harbour/ui"}
    assert client.post(CONFIRM, answer)["Location"] == "/harbour/ui"
    user = User.objects.get()
    assert SocialAccount.objects.get().user == user
    again = Client()
    assert there_and_back(again)["Location"] == "/harbour/ui"
    assert person_in(again) == str(user.pk)


def test_an_account_that_waits_is_not_joined_to_somebody_else(client, elsewhere, mailoutbox):
    elsewhere.person = {**AOI, "email_verified": False}
    there_and_back(client)
    client.post(LOGIN, {"email": "ren@example.com"})
    client.post(CONFIRM, {"code": mailoutbox[-1].subject[:9]})
    assert User.objects.get().email == "ren@example.com"
    assert SocialAccount.objects.count() == 0


def test_without_an_address_the_usual_way_is_shown(client, elsewhere):
    elsewhere.person = {"sub": "7", "name": "Aoi"}
    response = there_and_back(client)
    assert response["Location"] == f"{LOGIN}?next=%2Fharbour%2Fui"
    assert len(texts(client.get(response["Location"]))) == 1
    assert User.objects.count() == 0


def test_the_second_factor_is_asked_for_on_this_way_too(client, elsewhere):
    TOTP.activate(sign_up(email="aoi@example.com"), generate_totp_secret())
    assert there_and_back(client)["Location"] == "/accounts/2fa/authenticate/"
    assert person_in(client) is None


def test_a_closed_account_stays_out(client, elsewhere):
    user = sign_up(email="aoi@example.com")
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert there_and_back(client)["Location"] == "/accounts/inactive/"
    assert person_in(client) is None


def test_the_way_back_never_leads_to_another_site(client, elsewhere):
    assert there_and_back(client, "https://evil.example/")["Location"] == "/"


def test_a_provider_that_is_down_leads_back_to_the_code(client, elsewhere):
    elsewhere.fails = True
    response = start(client)
    assert response["Location"] == f"{LOGIN}?next=%2Fharbour%2Fui"
    assert len(texts(client.get(response["Location"]))) == 1


def test_a_provider_that_fails_on_the_way_back_leads_back_to_the_code(client, elsewhere):
    back = httpx.post(start(client)["Location"]).headers["Location"]
    elsewhere.fails = True
    response = client.get(back.replace("http://testserver", ""))
    assert response["Location"] == f"{LOGIN}?next=%2Fharbour%2Fui"


def test_a_provider_that_is_gone_leads_back_to_the_code(client, elsewhere, settings):
    entry = elsewhere.entry(issuer="http://localhost:9")
    settings.SOCIALACCOUNT_PROVIDERS = providers.for_allauth(providers.parse(json.dumps([entry])))
    assert start(client)["Location"] == f"{LOGIN}?next=%2Fharbour%2Fui"


def test_whoever_stops_over_there_is_back_at_the_sign_in_page(client, elsewhere):
    query = dict(httpx.URL(start(client)["Location"]).params)
    back = f"/accounts/oidc/harbour-id/login/callback/?error=access_denied&state={query['state']}"
    assert client.get(back)["Location"] == f"{LOGIN}?next=%2Fharbour%2Fui"


def test_an_answer_that_nobody_asked_for_opens_nothing(client, elsewhere):
    response = client.get("/accounts/oidc/harbour-id/login/callback/?code=x&state=y")
    assert response["Location"] == LOGIN
    assert person_in(client) is None


def test_the_same_answer_opens_once(client, elsewhere):
    back = httpx.post(start(client)["Location"]).headers["Location"].replace("http://testserver", "")
    client.get(back)
    client.logout()
    assert client.get(back)["Location"] == LOGIN
    assert person_in(client) is None


def test_a_claim_gives_its_role_and_takes_it_at_the_next_sign_in(client, elsewhere):
    EventFactory(slug="harbour")
    elsewhere.person = {**AOI, "groups": ["HARBOUR-Admin", "other"]}
    there_and_back(client)
    grant = RoleGrant.objects.get()
    assert (grant.user.email, grant.role, grant.source) == ("aoi@example.com", "organizer", "harbour-id")
    elsewhere.person = AOI
    there_and_back(Client())
    assert RoleGrant.objects.count() == 0


def test_a_role_given_by_hand_outlives_the_claim(client, elsewhere):
    event = EventFactory(slug="harbour")
    grant_role(event=event, user=sign_up(email="aoi@example.com"), role="organizer", actor=None)
    there_and_back(client)
    assert RoleGrant.objects.get().source == ""


def test_signing_in_by_code_takes_no_claimed_role(client, elsewhere, mailoutbox):
    EventFactory(slug="harbour")
    elsewhere.person = {**AOI, "groups": "HARBOUR-Admin"}
    there_and_back(Client())
    client.post(LOGIN, {"email": "aoi@example.com"})
    client.post(CONFIRM, {"code": mailoutbox[-1].subject[:9]})
    assert person_in(client)
    assert RoleGrant.objects.count() == 1


def test_a_person_joins_and_removes_an_account_elsewhere(client, elsewhere, mailoutbox):
    client.force_login(sign_up(email="ren@example.com"))
    there = client.post("/accounts/oidc/harbour-id/login/?process=connect")["Location"]
    back = httpx.post(there).headers["Location"].replace("http://testserver", "")
    assert client.get(back)["Location"] == "/accounts/3rdparty/"
    account = SocialAccount.objects.get()
    assert account.user.email == "ren@example.com"
    assert "Harbour ID" in client.get("/accounts/3rdparty/").content.decode()
    client.post("/accounts/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.count() == 0
