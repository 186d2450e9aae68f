import pytest

from events.models import LiveCounter, RoleChange, RoleGrant
from events.rules import roles_of
from events.services.roles import grant_role, revoke_role
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory

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
    grant = grant_role(event=event, user=UserFactory(), role="organizer", actor=actor)
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
