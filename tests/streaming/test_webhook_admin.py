"""Webhooks in the administration: the secret is shown once, the results always, and a test goes out."""

import pytest
from django.urls import reverse

from events.enums import Role
from streaming.models import Webhook, WebhookDelivery
from tests.factories.accounts import UserFactory
from tests.factories.events import RoleGrantFactory

LIST = "admin:streaming_webhook_changelist"


@pytest.fixture
def organizer(client, event):
    user = UserFactory()
    RoleGrantFactory(event=event, user=user, role=Role.ORGANIZER)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def sent(event, **fields):
    wants = dict.fromkeys(["wants_due", "wants_on_air", "is_active"], "on")
    return {"event": event.pk, "name": "Slack", "url": "https://hooks.example/x", **wants, **fields}


def test_secret_is_shown_once(organizer, event):
    page = organizer.post(reverse("admin:streaming_webhook_add"), sent(event))
    hook = Webhook.objects.get()
    assert hook.secret in page.content.decode()
    change = reverse("admin:streaming_webhook_change", args=[hook.pk])
    assert hook.secret not in organizer.get(change).content.decode()
    assert (hook.wants_on_air, hook.wants_health) == (True, False)


def test_closed_address_is_refused_with_a_sentence(organizer, event):
    page = organizer.post(reverse("admin:streaming_webhook_add"), sent(event, url="http://10.0.0.1/"))
    assert "open internet" in page.content.decode()
    assert not Webhook.objects.exists()


def test_test_message_waits_and_its_result_is_seen(organizer, event):
    hook = Webhook.objects.create(event=event, name="Slack", url="https://hooks.example/x")
    organizer.post(reverse(LIST), {"action": "test", "_selected_action": [hook.pk]})
    assert WebhookDelivery.objects.get().kind == "test"
    assert "on its way" in organizer.get(reverse(LIST)).content.decode()
    WebhookDelivery.objects.update(status=500, error="HTTP 500 Oops", try_at=None)
    assert "given up: HTTP 500 Oops" in organizer.get(reverse(LIST)).content.decode()
    page = organizer.get(reverse("admin:streaming_webhook_change", args=[hook.pk])).content.decode()
    assert "HTTP 500 Oops" in page


@pytest.mark.parametrize("hooks", [1, 3])
def test_list_asks_as_often_for_three_as_for_one(organizer, event, hooks, django_assert_num_queries):
    for number in range(hooks):
        Webhook.objects.create(event=event, name=f"Hook {number}", url="https://hooks.example/x")
    organizer.get(reverse(LIST))
    with django_assert_num_queries(13):
        organizer.get(reverse(LIST))
