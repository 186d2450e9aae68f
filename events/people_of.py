"""Who works on an event, as the page about roles shows it."""

from dataclasses import dataclass
from itertools import groupby

from allauth.mfa.models import Authenticator

from accounts.models import User
from events.models import Event, RoleGrant


@dataclass(frozen=True)
class Colleague:
    user: User
    grants: list[RoleGrant]
    has_second_factor: bool


def colleagues(event: Event) -> list[Colleague]:
    """Everybody with a role, by name; two queries."""
    grants = RoleGrant.objects.filter(event=event).select_related("user", "granted_by")
    rows = list(grants.order_by("user__name", "user__email", "user_id", "role"))
    safe = _with_second_factor(rows)
    return [
        Colleague(user, list(some), user.pk in safe)
        for user, some in groupby(rows, key=lambda grant: grant.user)
    ]


def _with_second_factor(grants: list[RoleGrant]) -> set[int]:
    found = Authenticator.objects.filter(
        user__in=[grant.user_id for grant in grants],
        type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN],
    )
    return set(found.values_list("user_id", flat=True))
