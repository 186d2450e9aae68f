"""Accounts of people who have just proved a mailbox."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User


def sign_up(*, email: str) -> User:
    """The account of a proved address, made when there is none. Two at once make one account."""
    with transaction.atomic():
        user, _ = User.objects.get_or_create(
            email__iexact=email, defaults={"email": email.lower(), "password": make_password(None)}
        )
        remember_address(user=user, email=email)
    return user


def remember_address(*, user: User, email: str) -> None:
    """Note that the person has proved the address."""
    has_primary = EmailAddress.objects.filter(user=user, primary=True).exists()
    address, _ = EmailAddress.objects.get_or_create(
        user=user, email=email.lower(), defaults={"verified": True, "primary": not has_primary}
    )
    address.set_verified()


def rename(*, user: User, name: str) -> None:
    user.name = name
    user.save(update_fields=["name"])


def take_second_factor(*, user: User) -> int:
    """For somebody who has lost the device and the codes: all factors go, and every session ends.

    Whoever does this has made sure by other means who is asking.
    """
    with transaction.atomic():
        gone, _ = Authenticator.objects.filter(user=user).delete()
        sign_out_everywhere(user=user)
    return gone


def sign_out_everywhere(*, user: User) -> int:
    """End all sessions of the person; how many there were."""
    sessions = UserSession.objects.purge_and_list(user)
    for session in sessions:
        session.end()
    return len(sessions)
