"""Roles are given and taken here and nowhere else, so that each change has a name under it."""

from django.db import transaction

from accounts.models import User
from events.models import Event, RoleChange, RoleGrant
from events.services.revision import recheck_access


def grant_role(*, event: Event, user: User, role: str, actor: User | None) -> RoleGrant:
    """Give the role; a second time changes nothing. `actor` is None for a command run by hand."""
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            event=event, user=user, role=role, defaults={"granted_by": actor}
        )
        if is_new:
            _log(grant, is_granted=True, actor=actor)
    return grant


def revoke_role(*, grant: RoleGrant, actor: User | None) -> bool:
    """Take the role away and make all ask again who may watch. False when it was gone already."""
    with transaction.atomic():
        deleted, _ = RoleGrant.objects.filter(pk=grant.pk).delete()
        if not deleted:
            return False
        _log(grant, is_granted=False, actor=actor)
        recheck_access(grant.event)
    return True


def _log(grant: RoleGrant, *, is_granted: bool, actor: User | None) -> None:
    RoleChange.objects.create(
        event_id=grant.event_id, user_id=grant.user_id, role=grant.role, is_granted=is_granted, actor=actor
    )
