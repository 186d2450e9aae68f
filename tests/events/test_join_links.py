"""The personal link of a reminder: it signs in one person, and no more than that."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.services.people import sign_up
from events.enums import Role
from events.models import JoinLink
from events.services.join_links import digest_of, issue_join_link, revoke_join_links
from events.services.reminders import send_reminders
from tests.factories.accounts import UserFactory
from tests.factories.events import DayFactory, EventFactory, RegistrationFactory, RoleGrantFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db
PAGE = {"HTTP_ACCEPT": "text/html"}


@pytest.fixture
def event():
    return EventFactory(slug="harbour", is_open_to_all=False)


@pytest.fixture
def aoi(event):
    user = sign_up(email="aoi@example.com")
    RegistrationFactory(event=event, user=user)
    return user


@pytest.fixture
def link(event, aoi):
    return issue_join_link(event=event, user=aoi, actor=None)


@pytest.fixture
def path(link):
    return urlsplit(link[1]).path


def person_in(client):
    return client.session.get("_auth_user_id")


def test_only_the_digest_is_kept(link):
    row, url = link
    token = url.rpartition("/")[2]
    assert row.digest == digest_of(token)
    assert token not in str(vars(row))


def test_reading_the_page_uses_nothing_up_and_signs_nobody_in(client, path, link):
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert person_in(client) is None
    assert JoinLink.objects.get().last_used_at is None


def test_one_press_signs_that_person_in_and_opens_the_viewer(client, path, aoi):
    response = client.post(path)
    assert response["Location"] == "/harbour/ui"
    assert person_in(client) == str(aoi.pk)
    assert client.get("/harbour/ui").status_code == 200
    assert JoinLink.objects.get().last_used_at is not None


@pytest.mark.parametrize("page", ["dashboard", "profile", "registration"])
def test_the_link_alone_opens_nothing_personal(client, path, page):
    client.post(path)
    answer = client.get(f"/harbour/{page}", headers={"Accept": "text/html"})
    assert answer["Location"] == f"/accounts/guest/?next=%2Fharbour%2F{page}"


@pytest.mark.parametrize("page", ["calendar", "profile", "registration"])
def test_the_link_alone_writes_nothing_personal(client, path, page):
    client.post(path)
    assert client.post(f"/harbour/{page}", {"nickname": "Somebody else"}).json() == {"code": "guest"}


def test_a_second_press_opens_the_viewer_again(client, path, aoi):
    assert [client.post(path)["Location"] for _ in range(2)] == ["/harbour/ui"] * 2
    assert client.get(path)["Location"] == "/harbour/ui"


def test_the_link_works_on_a_second_device(path, aoi):
    devices = [Client(), Client()]
    for device in devices:
        device.post(path)
    assert [person_in(device) for device in devices] == [str(aoi.pk)] * 2


def test_the_page_wants_a_token_with_its_form(path):
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


def test_the_address_is_kept_from_other_sites_and_search_engines(client, path):
    response = client.get(path)
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("strict-origin", "noindex")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("fate", ["expired", "revoked", "closed", "unknown", "of another event"])
def test_a_link_that_opens_nothing_says_so_and_shows_the_usual_way(client, path, event, aoi, fate):
    links = JoinLink.objects.all()
    if fate == "expired":
        links.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    elif fate == "revoked":
        revoke_join_links(event=event, user=aoi, actor=aoi)
    elif fate == "closed":
        type(aoi).objects.update(is_active=False)
    elif fate == "unknown":
        path = "/harbour/join/nonsense"
    else:
        EventFactory(slug="hill")
        path = path.replace("harbour", "hill")
    for response in (client.get(path), client.post(path)):
        assert response.status_code == 404
        assert "/accounts/login/" in response.content.decode()
    assert person_in(client) is None


def test_a_link_of_a_draft_that_does_not_exist_gives_no_draft_away(client):
    EventFactory(slug="secret", status="draft", name_ja="秘密", name_en="Secret")
    assert "秘密" not in client.get("/secret/join/nonsense").content.decode()


def test_somebody_else_is_asked_before_being_signed_out(client, path, aoi):
    other = UserFactory(name="Ren")
    client.force_login(other)
    page = client.get(path)
    assert page.context["is_another"]
    assert person_in(client) == str(other.pk)
    client.post(path)
    assert person_in(client) == str(aoi.pk)


def test_whoever_has_a_second_factor_is_asked_for_it(client, path, aoi):
    TOTP.activate(aoi, generate_totp_secret())
    assert client.post(path)["Location"] == "/accounts/2fa/authenticate/"
    assert person_in(client) is None


def test_the_link_of_a_member_of_staff_opens_no_page_of_staff(client, path, event, aoi):
    RoleGrantFactory(event=event, user=aoi, role=Role.ORGANIZER)
    client.post(path)
    assert client.get("/harbour/console", **PAGE).status_code == 302
    # Nor can a second factor be set up by whoever holds the mail.
    for page in ("/accounts/second-factor/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        assert client.get(page)["Location"].startswith("/accounts/guest/")


@pytest.mark.parametrize(
    "page", ["/accounts/", "/accounts/email/", "/accounts/password/set/", "/accounts/join-links/"]
)
def test_the_account_itself_asks_for_a_code_first(client, path, page):
    client.post(path)
    response = client.get(page)
    assert response["Location"] == f"/accounts/guest/?next={page.replace('/', '%2F')}"
    assert client.get(response["Location"]).status_code == 200


def test_proving_the_mailbox_opens_the_account(client, path, aoi, mailoutbox):
    client.post(path)
    response = client.post("/accounts/guest/", {"next": "/accounts/email/"})
    assert response["Location"] == "/accounts/login/?next=%2Faccounts%2Femail%2F"
    assert 'value="aoi@example.com"' in client.get(response["Location"]).content.decode()
    client.post("/accounts/login/", {"email": aoi.email})
    client.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9]})
    assert client.get("/accounts/email/").status_code == 200


def test_what_was_told_at_registration_is_not_shown_to_whoever_holds_the_mail(client, path):
    client.post(path)
    response = client.get("/harbour/registration", **PAGE)
    assert response["Location"] == "/accounts/guest/?next=%2Fharbour%2Fregistration"
    response = client.post("/harbour/registration", {"action": "withdraw"})
    assert (response.status_code, response.json()) == (403, {"code": "guest"})


def test_a_link_ends_with_the_day_after_the_last(event, aoi):
    DayFactory(event=event, date=dt.date(2027, 3, 1))
    DayFactory(event=event, date=dt.date(2027, 3, 2))
    row, _url = issue_join_link(event=event, user=aoi, actor=None)
    assert row.expires_at == dt.datetime(2027, 3, 4, tzinfo=event.zone)


def test_all_links_of_an_event_are_revoked_and_no_others(event, aoi, link):
    other = issue_join_link(event=EventFactory(), user=aoi, actor=None)[0]
    issue_join_link(event=event, user=UserFactory(), actor=None)
    assert revoke_join_links(event=event, actor=aoi) == 2
    assert list(JoinLink.objects.filter(revoked_at=None)) == [other]


def test_a_person_makes_an_own_link_worthless_but_no_other(client, event, aoi, link, path):
    client.force_login(aoi)
    stranger = issue_join_link(event=event, user=UserFactory(), actor=None)[0]
    assert client.post("/accounts/join-links/", {"link": stranger.pk}).status_code == 404
    client.post("/accounts/join-links/", {"link": link[0].pk})
    assert list(JoinLink.objects.filter(revoked_at=None)) == [stranger]
    assert Client().get(path).status_code == 404


def test_the_list_asks_as_often_with_three_links_as_with_one(
    client, event, aoi, link, django_assert_num_queries
):
    client.force_login(aoi)
    with django_assert_num_queries(3):
        client.get("/accounts/join-links/")
    for _ in range(2):
        issue_join_link(event=event, user=aoi, actor=None)
    with django_assert_num_queries(3):
        client.get("/accounts/join-links/")


def reminded():
    return list(OutgoingMail.objects.order_by("to").values_list("to", flat=True))


def test_everybody_registered_is_reminded_once_in_their_language(event, aoi):
    english = RegistrationFactory(event=event, user=UserFactory(email="ren@example.com"), language="en")
    RegistrationFactory(user=UserFactory())
    assert send_reminders(event=event, actor=aoi) == 2
    assert send_reminders(event=event, actor=aoi) == 0
    assert reminded() == ["aoi@example.com", "ren@example.com"]
    mail = OutgoingMail.objects.get(to=english.user.email)
    assert "signs you in" in mail.body
    assert mail.subject == f"Your way into {event.name_en}"


def test_the_link_in_the_mail_opens_the_viewer(client, event, aoi):
    send_reminders(event=event, actor=None)
    body = OutgoingMail.objects.get().body
    address = next(line for line in body.splitlines() if "/join/" in line)
    client.post(urlsplit(address).path)
    assert person_in(client) == str(aoi.pk)


def test_a_late_registration_is_reminded_by_a_second_press(event, aoi):
    send_reminders(event=event, actor=aoi)
    RegistrationFactory(event=event)
    assert send_reminders(event=event, actor=aoi) == 1


def test_a_revoked_reminder_is_not_sent_again(event, aoi):
    send_reminders(event=event, actor=aoi)
    revoke_join_links(event=event, actor=aoi)
    assert send_reminders(event=event, actor=aoi) == 0


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_remind_nobody_twice():
    event = EventFactory()
    RegistrationFactory.create_batch(3, event=event)
    # The counts say nothing here: whoever finds the table locked begins again and has nothing left to send.
    at_once(lambda: send_reminders(event=event, actor=None), 2)
    assert OutgoingMail.objects.count() == 3
