"""What a sign-in means for somebody's roles."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver

from accounts.models import User
from accounts.signals import signed_in
from events.claims import roles_in
from events.services.roles import follow_claims, take_up_invitations


@receiver(signed_in)
def give_what_waits(
    user: User, emails: list[str], provider: str, claims: dict[str, Any], **kwargs: Any
) -> None:
    take_up_invitations(user=user, emails=emails)
    mapping = settings.SIGN_IN_ROLES.get(provider)
    if mapping is not None:
        follow_claims(user=user, source=provider, wanted=roles_in(claims, **mapping))
