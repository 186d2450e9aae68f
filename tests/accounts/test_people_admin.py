import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db.models import ProtectedError
from django.test import Client

from accounts.models import User
from events.enums import Role
from events.models import Places, Registration
from events.services.places import set_places
from events.services.registration import register
from events.services.roles import grant_role
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = User.objects.create_superuser("owner@example.com", "correct horse battery")
    client.force_login(owner)
    return owner


@pytest.fixture
def person_with_a_device(mailoutbox):
    device = Client()
    device.post("/accounts/login/", {"email": "aoi@example.com"})
    device.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9]})
    return User.objects.get(email="aoi@example.com"), device


def test_the_list_finds_people_by_address_and_name(client, owner):
    UserFactory(email="aoi@example.com", name="Aoi")
    UserFactory(email="ren@example.com", name="Ren")
    for query in ["aoi@", "Aoi"]:
        page = client.get("/admin/accounts/user/", {"q": query}).content.decode()
        assert ("aoi@example.com" in page, "ren@example.com" in page) == (True, False)


def test_the_list_asks_as_often_with_three_people_as_with_one(client, owner, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as with_one:
        client.get("/admin/accounts/user/")
    UserFactory.create_batch(2)
    with django_assert_max_num_queries(100) as with_three:
        client.get("/admin/accounts/user/")
    assert len(with_three) == len(with_one)


def test_no_password_is_shown(client, owner):
    page = client.get(f"/admin/accounts/user/{owner.pk}/change/").content.decode()
    assert owner.password not in page
    assert "password" not in page.lower().replace("password_change", "").replace("change password", "")


def test_a_new_person_cannot_sign_in_by_password(client, owner):
    client.post("/admin/accounts/user/add/", {"email": "Aoi@Example.com", "name": "Aoi", "is_active": "on"})
    person = User.objects.get(name="Aoi")
    assert (person.email, person.has_usable_password()) == ("aoi@example.com", False)


def test_an_organizer_sees_no_list_of_all_people(client):
    grant = RoleGrantFactory(role="organizer")
    client.force_login(grant.user)
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get(f"/admin/accounts/user/{grant.user.pk}/change/").status_code == 403
    assert client.get("/admin/accounts/outgoingmail/").status_code == 403


def act(client, action, person, **more):
    chosen = {"action": action, "_selected_action": [person.pk], **more}
    return client.post("/admin/accounts/user/", chosen, headers={"Accept-Language": "en"})


@pytest.mark.parametrize("action", ["sign_out", "take_factor"])
def test_an_action_on_people_asks_first_and_says_what_it_means(client, owner, person_with_a_device, action):
    person, device = person_with_a_device
    page = act(client, action, person).content.decode()
    assert "signed out everywhere" in page
    assert device.get("/accounts/").status_code == 200


def test_a_person_has_a_history_of_what_was_done_to_them(client, owner, person_with_a_device):
    person, _ = person_with_a_device
    act(client, "sign_out", person, agreed="1")
    event = EventFactory(name_en="Harbour Conf")
    grant_role(event=event, user=person, role=Role.MODERATOR, actor=owner)
    page = client.get(f"/admin/accounts/user/{person.pk}/history/", headers={"Accept-Language": "en"})
    assert [(line.who, line.text) for line in page.context["lines"]] == [
        (owner, f"Harbour Conf: {person.display_name} was made moderator."),
        (owner, "Signed out on all devices."),
    ]


def test_a_person_can_be_signed_out_everywhere(client, owner, person_with_a_device):
    person, device = person_with_a_device
    assert device.get("/accounts/").status_code == 200
    act(client, "sign_out", person, agreed="1")
    assert device.get("/accounts/").status_code == 302
    assert UserSession.objects.filter(user=person).count() == 0


@pytest.fixture
def coming(client, owner):
    """One has the only place, one waits for it."""
    event = EventFactory(slug="harbour")
    set_places(event=event, has_on_site=True, on_site_places=1, actor=None)
    return [register(event=event, user=UserFactory(), attendance="on_site") for _ in range(2)]


def places(rows):
    left = Registration.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "attendance")
    return list(left), Places.objects.get().taken


def test_deleting_a_person_hands_their_place_on(client, owner, coming):
    first, second = coming
    address = f"/admin/accounts/user/{first.user_id}/delete/"
    assert "Your places are handed on." in client.get(address, headers={"Accept-Language": "en"}).text
    client.post(address, {"post": "yes"})
    assert places(coming) == ([(second.pk, "on_site")], 1)


def test_deleting_several_people_frees_all_of_their_places(client, owner, coming):
    people = [row.user_id for row in coming]
    chosen = {"action": "delete_selected", "_selected_action": people, "post": "yes"}
    client.post("/admin/accounts/user/", chosen)
    assert places(coming) == ([], 0)


def test_no_cascade_takes_a_registration_along(coming):
    with pytest.raises(ProtectedError):
        coming[0].user.delete()


def test_the_last_organizer_is_not_deleted(client, owner):
    person = UserFactory()
    event = EventFactory(name_en="Harbour Conf")
    grant_role(event=event, user=person, role=Role.ORGANIZER, actor=None)
    answer = client.post(
        f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"}, headers={"Accept-Language": "en"}
    )
    assert "You are the only organizer of “Harbour Conf”" in answer.text
    assert User.objects.filter(pk=person.pk).exists()


def test_deleting_leaves_no_name_in_the_history(client, owner):
    person = UserFactory(name="Umi Hoshi")
    client.post(f"/admin/accounts/user/{person.pk}/delete/", {"post": "yes"})
    assert [entry.object_repr for entry in LogEntry.objects.all()] == ["–"]


def test_a_closed_account_is_out_at_once(client, owner, person_with_a_device):
    person, device = person_with_a_device
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert device.get("/accounts/").status_code == 302


def test_who_has_lost_device_and_codes_is_helped_by_the_owner(client, owner, person_with_a_device):
    person, device = person_with_a_device
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    act(client, "take_factor", person, agreed="1")
    assert Authenticator.objects.count() == 0
    assert device.get("/accounts/").status_code == 302


def test_the_sole_owner_is_helped_from_a_shell(owner, capsys):
    TOTP.activate(owner, generate_totp_secret())
    for printed in ("has no second factor any more", "had none"):
        call_command("remove_second_factor", "OWNER@example.com")
        assert printed in capsys.readouterr().out
    assert Authenticator.objects.count() == 0


def test_the_shell_says_when_there_is_nobody():
    with pytest.raises(CommandError, match=r"Nobody has the address nobody@example.com\."):
        call_command("remove_second_factor", "nobody@example.com")
