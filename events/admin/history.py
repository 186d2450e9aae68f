"""What our own logs know of events, roles and registrations, for their history pages."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from dreamkast.lib.admin_history import MOST_LINES, Line, add_history
from events.models import Event, Registration, RoleChange, RoleGrant


@add_history(Event)
def steps(event: Event) -> Iterable[Line]:
    for change in event.life_changes.select_related("actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, _("Step: %(step)s") % {"step": change.get_verb_display()})


@add_history(Event)
def roles(event: Event) -> Iterable[Line]:
    for change in event.role_changes.select_related("user", "actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, _role_text(change))


@add_history(Event)
def exports(event: Event) -> Iterable[Line]:
    text = _("Exported %(count)s registrations as %(kind)s.")
    for export in event.exports.select_related("actor")[:MOST_LINES]:
        yield Line(export.at, export.actor, text % {"count": export.rows, "kind": export.kind})


@add_history(RoleGrant)
def grants(grant: RoleGrant) -> Iterable[Line]:
    log = RoleChange.objects.filter(event=grant.event_id, user=grant.user_id, role=grant.role)
    for change in log.select_related("user", "actor")[:MOST_LINES]:
        yield Line(change.at, change.actor, _role_text(change))


@add_history(User)
def roles_of_person(person: User) -> Iterable[Line]:
    log = RoleChange.objects.filter(user=person).select_related("event", "user", "actor")
    for change in log[:MOST_LINES]:
        yield Line(change.at, change.actor, f"{change.event}: {_role_text(change)}")


@add_history(Registration)
def registered(registration: Registration) -> Iterable[Line]:
    text = _("Registered, and agreed to the consent text %(version)s.")
    version = {"version": registration.consent_version}
    yield Line(registration.created_at, registration.user, text % version)


def _role_text(change: RoleChange) -> str:
    given = _("%(name)s was made %(role)s.")
    taken = _("%(name)s is no longer %(role)s.")
    name = change.user.display_name if change.user else "–"
    return (given if change.is_granted else taken) % {"name": name, "role": change.get_role_display()}
