"""The mail that tells somebody of a role that waits for them."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.services.mail import queue
from events.enums import Role
from events.models import RoleInvitation

GOOD_FOR = timedelta(days=3)
# Where the work of a role begins.
DESKS = {Role.ORGANIZER: "admin:index", Role.BROADCASTER: "streaming:control_room"}


def mail_invitation(invitation: RoleInvitation) -> None:
    """In the language of whoever invites: the guest's own is not known yet."""
    subject = _("You are invited to work on %(event)s") % {"event": invitation.event.name}
    after = urlencode({"next": _desk(invitation)})
    page = {
        "invitation": invitation,
        "event": invitation.event,
        "url": f"{settings.SITE_URL}{reverse('account_login')}?{after}",
    }
    text = render_to_string("events/invitation_mail.txt", page)
    queue(EmailMultiAlternatives(subject[:200], text, to=[invitation.email]), good_for=GOOD_FOR)


def _desk(invitation: RoleInvitation) -> str:
    desk = DESKS.get(Role(invitation.role))
    if desk == "admin:index":
        return reverse(desk)
    return reverse(desk or "events:landing", args=[invitation.event.slug])
