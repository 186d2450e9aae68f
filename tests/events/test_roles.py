import threading

import pytest

from accounts.models import OutgoingMail
from accounts.services.people import sign_up
from events.claims import roles_in
from events.errors import LastOrganizer
from events.models import LiveCounter, RoleChange, RoleGrant, RoleInvitation
from events.rules import roles_of
from events.services.roles import (
    follow_claims,
    grant_role,
    invite_to_role,
    revoke_role,
    take_up_invitations,
    withdraw_invitation,
)
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def actor():
    return UserFactory()


def changes():
    return list(RoleChange.objects.order_by("pk").values_list("role", "is_granted", "actor"))


def test_a_role_is_given_with_a_name_under_it(event, actor):
    user = UserFactory()
    grant = grant_role(event=event, user=user, role="organizer", actor=actor)
    assert roles_of(user, event) == {"organizer"}
    assert grant.granted_by == actor
    assert changes() == [("organizer", True, actor.pk)]


def test_giving_a_role_twice_changes_nothing(event, actor):
    user = UserFactory()
    first = grant_role(event=event, user=user, role="organizer", actor=actor)
    second = grant_role(event=event, user=user, role="organizer", actor=UserFactory())
    assert first == second
    assert len(changes()) == 1


def test_taking_a_role_away_is_logged_and_rechecks_who_may_watch(event, actor):
    user = UserFactory()
    grant = grant_role(event=event, user=user, role="broadcaster", actor=None)
    assert revoke_role(grant=grant, actor=actor) is True
    assert RoleGrant.objects.count() == 0
    assert changes() == [("broadcaster", True, None), ("broadcaster", False, actor.pk)]
    assert LiveCounter.objects.get(event=event).access == 1


def test_taking_a_role_away_twice_counts_once(event, actor):
    grant = grant_role(event=event, user=UserFactory(), role="moderator", actor=actor)
    assert [revoke_role(grant=grant, actor=actor) for _ in range(2)] == [True, False]
    assert len(changes()) == 2


def test_the_log_outlives_the_person_without_naming_them(event, actor):
    user = UserFactory()
    grant_role(event=event, user=user, role="organizer", actor=actor)
    user.delete()
    assert RoleChange.objects.get().user is None


def test_a_role_in_one_event_is_none_in_the_next(event, actor):
    user = UserFactory()
    grant_role(event=event, user=user, role="organizer", actor=actor)
    assert roles_of(user, EventFactory()) == set()


def test_the_last_organizer_cannot_be_removed_by_an_organizer(event):
    first, second = UserFactory(), UserFactory()
    grants = [grant_role(event=event, user=user, role="organizer", actor=None) for user in (first, second)]
    assert revoke_role(grant=grants[1], actor=first) is True
    with pytest.raises(LastOrganizer):
        revoke_role(grant=grants[0], actor=first)
    assert roles_of(UserFactory._meta.model.objects.get(pk=first.pk), event) == {"organizer"}


def test_a_closed_account_is_no_other_organizer(event, actor):
    grant = grant_role(event=event, user=UserFactory(), role="organizer", actor=None)
    grant_role(event=event, user=UserFactory(is_active=False), role="organizer", actor=None)
    with pytest.raises(LastOrganizer):
        revoke_role(grant=grant, actor=actor)


def test_the_owners_of_the_site_may_remove_the_last_organizer(event):
    grant = grant_role(event=event, user=UserFactory(), role="organizer", actor=None)
    assert revoke_role(grant=grant, actor=UserFactory(is_superuser=True)) is True


def test_whoever_has_an_account_gets_the_role_at_once(event, actor):
    user = sign_up(email="aoi@example.com")
    invite_to_role(event=event, email="Aoi@example.com", role="broadcaster", actor=actor)
    assert roles_of(user, event) == {"broadcaster"}
    assert (RoleInvitation.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_whoever_has_none_is_invited_by_mail_once(event, actor):
    for _ in range(2):
        invite_to_role(event=event, email="New@Example.com", role="organizer", actor=actor)
    assert RoleInvitation.objects.get().email == "new@example.com"
    mail = OutgoingMail.objects.get()
    assert mail.to == "new@example.com"
    assert "/accounts/login/?next=%2Fadmin%2F" in mail.body


def come_in(client, mailoutbox, email):
    client.post("/accounts/login/", {"email": email})
    client.post("/accounts/login/code/confirm/", {"code": mailoutbox[-1].subject[:9]})


def test_the_first_sign_in_with_the_address_takes_the_invitation_up(client, mailoutbox, event, actor):
    invite_to_role(event=event, email="new@example.com", role="moderator", actor=actor)
    come_in(client, mailoutbox, "NEW@example.com")
    grant = RoleGrant.objects.get()
    assert (grant.user.email, grant.role, grant.granted_by) == ("new@example.com", "moderator", actor)
    assert RoleInvitation.objects.count() == 0
    assert changes() == [("moderator", True, actor.pk)]


def test_somebody_elses_sign_in_takes_nothing_up(client, mailoutbox, event, actor):
    invite_to_role(event=event, email="new@example.com", role="moderator", actor=actor)
    come_in(client, mailoutbox, "other@example.com")
    assert RoleGrant.objects.count() == 0


def test_a_withdrawn_invitation_gives_nothing(client, mailoutbox, event, actor):
    invitation = invite_to_role(event=event, email="new@example.com", role="moderator", actor=actor)
    assert [withdraw_invitation(invitation=invitation, actor=actor) for _ in range(2)] == [True, False]
    come_in(client, mailoutbox, "new@example.com")
    assert RoleGrant.objects.count() == 0


def test_an_invitation_is_taken_up_once(event, actor):
    user = UserFactory()
    invite_to_role(event=event, email="new@example.com", role="moderator", actor=actor)
    taken = [take_up_invitations(user=user, emails=["new@example.com"]) for _ in range(2)]
    assert taken == [1, 0]


def follow(user, *pairs, source="auth0"):
    follow_claims(user=user, source=source, wanted=pairs)


def test_a_claim_gives_its_role_and_its_end_takes_it(event):
    user = UserFactory()
    follow(user, (event.slug, "organizer"))
    assert RoleGrant.objects.get().source == "auth0"
    follow(user)
    assert RoleGrant.objects.count() == 0
    assert changes() == [("organizer", True, None), ("organizer", False, None)]
    assert LiveCounter.objects.get(event=event).access == 1


def test_the_end_of_a_claim_leaves_what_was_given_by_hand(event, actor):
    user = UserFactory()
    grant_role(event=event, user=user, role="organizer", actor=actor)
    follow(user, (event.slug, "organizer"))
    follow(user)
    assert RoleGrant.objects.get().source == ""


def test_a_claimed_role_that_is_also_given_by_hand_stays(event, actor):
    user = UserFactory()
    follow(user, (event.slug, "organizer"))
    grant_role(event=event, user=user, role="organizer", actor=actor)
    follow(user)
    assert RoleGrant.objects.get().granted_by == actor


def test_one_provider_takes_nothing_that_another_gave(event):
    user = UserFactory()
    follow(user, (event.slug, "organizer"))
    follow(user, source="github")
    assert RoleGrant.objects.count() == 1


def test_a_claim_on_an_event_that_does_not_exist_is_skipped():
    follow(UserFactory(), ("nowhere", "organizer"))
    assert RoleGrant.objects.count() == 0


MAPPING = {"claim": "groups", "roles": {"X-Admin": [("x", "organizer")], "X-All": [("x", "reception")]}}


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        ({"groups": ["X-Admin", "other"]}, {("x", "organizer")}),
        ({"groups": "X-All"}, {("x", "reception")}),
        ({"groups": ["X-Admin", "X-All"]}, {("x", "organizer"), ("x", "reception")}),
        ({"groups": None}, set()),
        ({"groups": [1, {"X-Admin": 1}, ["X-Admin"]]}, set()),
        ({}, set()),
    ],
)
def test_a_claim_may_have_many_shapes(claims, wanted):
    assert roles_in(claims, **MAPPING) == wanted


@pytest.mark.django_db(transaction=True)
def test_two_organizers_who_remove_each_other_at_once_leave_one():
    event = EventFactory()
    grants = [grant_role(event=event, user=UserFactory(), role="organizer", actor=None) for _ in range(2)]
    pairs, turns = [(grants[0], grants[1].user), (grants[1], grants[0].user)], {}

    def remove():
        # A thread that has to try again tries the same.
        me = threading.get_ident()
        turns[me] = turns.get(me) or pairs.pop()
        grant, actor = turns[me]
        try:
            return revoke_role(grant=grant, actor=actor)
        except LastOrganizer:
            return "refused"

    assert sorted(map(str, at_once(remove, 2))) == ["True", "refused"]
    assert RoleGrant.objects.count() == 1
