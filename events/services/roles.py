"""Roles are given and taken here and nowhere else, so that each change has a name under it."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from accounts.selectors import person_by_email
from events.enums import Role
from events.errors import LastOrganizer
from events.invitation_mail import mail_invitation
from events.models import Event, RoleChange, RoleGrant, RoleInvitation
from events.services.revision import recheck_access


def grant_role(*, event: Event, user: User, role: str, actor: User | None, source: str = "") -> RoleGrant:
    """Give the role; a second time changes nothing. `actor` is None for a command run by hand.

    `source` names the sign-in provider whose claim gives it; a role given by hand as well stays for good.
    """
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            event=event, user=user, role=role, defaults={"granted_by": actor, "source": source}
        )
        if is_new:
            _log(grant, is_granted=True, actor=actor)
        elif grant.source and not source:
            RoleGrant.objects.filter(pk=grant.pk).update(source="", granted_by=actor)
    return grant


def revoke_role(*, grant: RoleGrant, actor: User | None) -> bool:
    """Take the role away and make all ask again who may watch. False when it was gone already.

    Nobody but the owners of the site takes the last organizer from an event.
    """
    with transaction.atomic():
        # Two organizers who remove each other at once are asked one after the other.
        event = Event.objects.select_for_update().get(pk=grant.event_id)
        if actor is not None and not actor.is_superuser and _is_last_organizer(grant):
            raise LastOrganizer
        deleted, _ = RoleGrant.objects.filter(pk=grant.pk).delete()
        if not deleted:
            return False
        _log(grant, is_granted=False, actor=actor)
        recheck_access(event)
    return True


def invite_to_role(*, event: Event, email: str, role: str, actor: User) -> RoleGrant | RoleInvitation:
    """Give the role to whoever owns the address: at once, or at their first sign-in with it."""
    person = person_by_email(email)
    if person is not None and person.is_active:
        return grant_role(event=event, user=person, role=role, actor=actor)
    with transaction.atomic():
        invitation, is_new = RoleInvitation.objects.get_or_create(
            event=event, email=email.lower(), role=role, defaults={"invited_by": actor}
        )
        if is_new:
            mail_invitation(invitation)
    return invitation


def withdraw_invitation(*, invitation: RoleInvitation, actor: User) -> bool:
    deleted, _ = RoleInvitation.objects.filter(pk=invitation.pk).delete()
    return bool(deleted)


def take_up_invitations(*, user: User, emails: Iterable[str]) -> int:
    """Give the roles that waited for one of the addresses, which the person has proved."""
    waiting = RoleInvitation.objects.filter(email__in=[email.lower() for email in emails])
    taken = 0
    for invitation in waiting.select_related("event", "invited_by"):
        with transaction.atomic():
            deleted, _ = RoleInvitation.objects.filter(pk=invitation.pk).delete()
            if deleted:
                event, role, actor = invitation.event, invitation.role, invitation.invited_by
                grant_role(event=event, user=user, role=role, actor=actor)
        taken += bool(deleted)
    return taken


def follow_claims(*, user: User, source: str, wanted: Iterable[tuple[str, str]]) -> None:
    """Make the roles that the provider `source` gives equal to `wanted`, pairs of event and role.

    Roles given by hand or by another provider are left alone; an event that does not exist is skipped.
    """
    pairs = set(wanted)
    for grant in RoleGrant.objects.filter(user=user, source=source).select_related("event"):
        if (grant.event.slug, grant.role) not in pairs:
            revoke_role(grant=grant, actor=None)
    events = {event.slug: event for event in Event.objects.filter(slug__in={slug for slug, _ in pairs})}
    for slug, role in sorted(pairs):
        if slug in events:
            grant_role(event=events[slug], user=user, role=role, actor=None, source=source)


def _is_last_organizer(grant: RoleGrant) -> bool:
    if grant.role != Role.ORGANIZER:
        return False
    organizers = RoleGrant.objects.filter(event=grant.event_id, role=Role.ORGANIZER)
    mine = organizers.filter(pk=grant.pk).exists()
    return mine and not organizers.exclude(pk=grant.pk).filter(user__is_active=True).exists()


def _log(grant: RoleGrant, *, is_granted: bool, actor: User | None) -> None:
    RoleChange.objects.create(
        event_id=grant.event_id, user_id=grant.user_id, role=grant.role, is_granted=is_granted, actor=actor
    )
