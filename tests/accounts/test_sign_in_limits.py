from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Turns
from accounts.services.limits import CODES_PER_MAILBOX, Limit, forget_old_turns, take_turn
from tests.races import at_once

LOGIN, CODE = "/accounts/login/", "/accounts/login/code/confirm/"
THREE = Limit("three", 3, timedelta(minutes=1))


@pytest.mark.django_db
def test_three_hundred_people_sign_in_from_one_address(mailoutbox):
    for number in range(300):
        client = Client(REMOTE_ADDR="192.0.2.1")
        client.post(LOGIN, {"email": f"person{number}@example.com"})
        response = client.post(CODE, {"code": mailoutbox[-1].subject[:9]})
        assert client.session.get("_auth_user_id"), response
    assert len(mailoutbox) == 300


@pytest.mark.django_db
def test_the_sixth_code_for_one_mailbox_is_refused_with_what_was_typed(mailoutbox):
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"email": "one@example.com"})
        for number in range(6)
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert 'value="one@example.com"' in answers[-1].content.decode()
    assert len(mailoutbox) == 5


@pytest.mark.django_db
def test_writing_the_mailbox_in_capitals_gives_no_more_codes(client, mailoutbox):
    for email in ["one@example.com", "ONE@example.com", "One@Example.com"] * 2:
        client.post(LOGIN, {"email": email})
    assert len(mailoutbox) == 5


@pytest.mark.django_db
def test_asking_again_on_the_code_page_counts_too(client, mailoutbox):
    for _ in range(4):
        client.post(LOGIN, {"email": "one@example.com"})
    client.post(CODE, {"action": "resend"})
    response = client.post(CODE, {"action": "resend"}, follow=True)
    assert response.status_code == 200
    assert len(mailoutbox) == 5
    assert len(list(response.context["messages"])) == 1


@pytest.mark.django_db
def test_the_limit_holds_when_the_cache_is_dead(client, mailoutbox, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "dreamkast.lib.cache.SurvivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1",
            "OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
        }
    }
    answers = [client.post(LOGIN, {"email": "one@example.com"}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.django_db
def test_a_password_is_tried_ten_times_per_account(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for _ in range(10):
        client.post("/accounts/login/password/", {"login": "one@example.com", "password": "wrong"})
    response = client.post("/accounts/login/password/", {"login": "ONE@example.com", "password": "wrong"})
    assert response.context["form"].non_field_errors() == [
        "Too many attempts. Wait ten minutes, then try again."
    ]


@pytest.mark.django_db
def test_turns_come_back_when_the_span_is_over():
    assert [take_turn(THREE, "me") for _ in range(4)] == [True, True, True, False]
    Turns.objects.update(since=timezone.now() - THREE.span)
    assert [take_turn(THREE, "me") for _ in range(4)] == [True, True, True, False]


@pytest.mark.django_db
def test_one_persons_turns_are_not_anothers():
    assert [take_turn(THREE, "me") for _ in range(4)][-1] is False
    assert take_turn(THREE, "you") is True


@pytest.mark.django_db
def test_no_address_is_kept_with_the_turns():
    take_turn(CODES_PER_MAILBOX, "one@example.com")
    assert "example" not in str(Turns.objects.values().get())


@pytest.mark.django_db
def test_old_turns_are_forgotten():
    take_turn(THREE, "me")
    take_turn(THREE, "you")
    Turns.objects.filter(pk=Turns.objects.first().pk).update(since=timezone.now() - timedelta(days=2))
    assert forget_old_turns() == 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_no_more_than_the_limit():
    assert sorted(at_once(lambda: take_turn(THREE, "me"), 8)) == [False] * 5 + [True] * 3
