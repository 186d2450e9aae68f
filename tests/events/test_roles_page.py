"""The page "People and roles" of an event."""

import pytest
from django.test import Client

from accounts.models import OutgoingMail
from accounts.services.people import sign_up
from events.models import RoleChange, RoleGrant, RoleInvitation
from events.services.roles import grant_role
from tests.admin_pages import page
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def organizer(client, event):
    user = UserFactory(name="Olga")
    grant_role(event=event, user=user, role="organizer", actor=None)
    client.force_login(user)
    return user


@pytest.fixture
def path(event, organizer):
    return page("events_people", event.pk)


def texts(response):
    return [str(message) for message in response.context["messages"]]


def test_the_page_names_people_roles_and_the_log(client, path, event):
    grant_role(event=event, user=UserFactory(name="Ren"), role="moderator", actor=None)
    html = client.get(path).content.decode()
    assert "Ren" in html
    assert RoleChange.objects.count() == 2


def test_a_role_is_given_to_somebody_with_an_account(client, path, organizer):
    user = sign_up(email="aoi@example.com")
    response = client.post(path, {"email": "Aoi@example.com", "role": "broadcaster"})
    assert response["Location"] == path
    assert RoleGrant.objects.get(user=user).granted_by == organizer


def test_somebody_without_an_account_is_invited(client, path):
    client.post(path, {"email": "new@example.com", "role": "organizer"})
    assert RoleInvitation.objects.get().email == "new@example.com"
    assert "new@example.com" in client.get(path).content.decode()


@pytest.mark.parametrize(
    "sent", [{"email": "no-address", "role": "organizer"}, {"email": "a@example.com", "role": "king"}]
)
def test_what_is_wrong_is_said_and_kept(client, path, sent):
    response = client.post(path, sent)
    assert response.status_code == 200
    assert len(response.context["form"].errors) == 1
    assert sent["email"] in response.content.decode()


def test_a_role_is_taken_away_at_once(client, path, event):
    user = UserFactory()
    colleague = Client()
    grant = grant_role(event=event, user=user, role="organizer", actor=None)
    colleague.force_login(user)
    assert colleague.get(path).status_code == 200
    client.post(page("events_people_revoke", event.pk, grant.pk))
    assert colleague.get(path).status_code == 403


def test_the_last_organizer_stays_and_is_told_why(client, path, event, organizer):
    grant = RoleGrant.objects.get(user=organizer)
    response = client.post(page("events_people_revoke", event.pk, grant.pk), follow=True)
    assert len(texts(response)) == 1
    assert RoleGrant.objects.count() == 1


def test_the_last_organizer_stays_on_the_usual_admin_pages_too(client, event, organizer):
    grant = RoleGrant.objects.get(user=organizer)
    client.post(page("events_rolegrant_delete", grant.pk), {"post": "yes"})
    every = {"action": "delete_selected", "_selected_action": [grant.pk], "post": "yes"}
    client.post(page("events_rolegrant_changelist"), every)
    assert RoleGrant.objects.count() == 1


def test_whoever_gives_the_own_role_back_leaves_the_page(client, path, event, organizer):
    grant_role(event=event, user=UserFactory(), role="organizer", actor=None)
    grant = RoleGrant.objects.get(user=organizer)
    assert client.post(page("events_people_revoke", event.pk, grant.pk))["Location"] == "/"


def test_pressing_twice_takes_away_once(client, path, event):
    grant = grant_role(event=event, user=UserFactory(), role="moderator", actor=None)
    for _ in range(2):
        assert client.post(page("events_people_revoke", event.pk, grant.pk))["Location"] == path
    assert RoleChange.objects.filter(is_granted=False).count() == 1


def test_an_invitation_is_withdrawn(client, path, event):
    client.post(path, {"email": "new@example.com", "role": "organizer"})
    client.post(page("events_people_withdraw", event.pk, RoleInvitation.objects.get().pk))
    assert RoleInvitation.objects.count() == 0


def test_the_reminder_goes_out_once(client, path, event):
    RegistrationFactory(event=event)
    for _ in range(2):
        client.post(page("events_people_remind", event.pk))
    assert OutgoingMail.objects.count() == 1


def test_nothing_of_another_event_is_seen_or_done(client, path):
    theirs = EventFactory()
    grant = grant_role(event=theirs, user=UserFactory(), role="moderator", actor=None)
    assert client.get(page("events_people", theirs.pk)).status_code == 404
    for name, args in {
        "events_people": (),
        "events_people_revoke": (grant.pk,),
        "events_people_withdraw": (1,),
        "events_people_remind": (),
    }.items():
        assert client.post(page(name, theirs.pk, *args)).status_code == 404
    assert client.post(page("events_people_revoke", path.split("/")[-2], grant.pk)).status_code == 302
    assert RoleGrant.objects.filter(event=theirs).count() == 1


def test_what_changes_something_needs_a_post(client, path, event):
    assert client.get(page("events_people_remind", event.pk)).status_code == 405


def test_the_page_asks_as_often_for_three_people_as_for_one(
    client, path, event, django_assert_max_num_queries
):
    client.get(path)
    with django_assert_max_num_queries(60) as with_one:
        client.get(path)
    for role in ("moderator", "reception"):
        grant_role(event=event, user=UserFactory(), role=role, actor=None)
    with django_assert_max_num_queries(60) as with_three:
        client.get(path)
    assert len(with_three) == len(with_one)
