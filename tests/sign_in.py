"""What signing in means in tests."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as STEPS
from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.test import Client


@receiver(user_logged_in)
def come_in_whole(request: Any, user: Any, **kwargs: Any) -> None:
    """`client.force_login` stands for the whole way in, so for the second factor too.

    A sign-in through the site's own pages has a real request and is left as it is.
    """
    if request.method is None:
        record_authentication(request, user, "mfa", type="totp")


def without_second_factor(client: Client) -> Client:
    """The same person in a session that has seen no second factor."""
    session = client.session
    session.pop(STEPS, None)
    session.save()
    return client
