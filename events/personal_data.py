"""What events keep of a person: registrations with all that hangs on them, roles, and staff's own acts."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.personal import Fate, Rows
from events.enums import EventStatus, Role
from events.models import (
    Announcement,
    Answer,
    ApiToken,
    ConsentText,
    Event,
    JoinLink,
    LifeChange,
    ProfilePicture,
    PublicProfile,
    Registration,
    RegistrationExport,
    RoleChange,
    RoleGrant,
    RoleInvitation,
)
from events.services.registration import withdraw
from events.services.roles import revoke_role

REGISTRATIONS = _("Your registrations with all answers and your public profiles. Your places are handed on.")
LINKS = _("Your personal join links: those in mails that you have kept no longer open anything.")
ROLES = _("Your roles in events, invitations to a role, and the API tokens that you own.")
LOGS = _(
    "Logs of who changed what in an event stay without your name: the team has to know that it was done, "
    "and when."
)
TEXTS = _("Announcements and consent texts stay without your name: others have read and accepted them.")
SECRET = frozenset({"digest"})

ROWS = [
    Rows(Registration, "user", "registrations", Fate.GOES, REGISTRATIONS),
    Rows(
        Answer,
        "registration__user",
        "answers at registration",
        Fate.GOES,
        REGISTRATIONS,
        also={"event": "question__event"},
    ),
    Rows(
        PublicProfile,
        "registration__user",
        "public profiles",
        Fate.GOES,
        REGISTRATIONS,
        also={"event": "registration__event"},
    ),
    Rows(
        ProfilePicture,
        "profile__registration__user",
        "pictures of public profiles",
        Fate.GOES,
        REGISTRATIONS,
        hidden=SECRET,
        also={"event": "profile__registration__event"},
    ),
    Rows(JoinLink, "user", "join links", Fate.GOES, LINKS, hidden=SECRET),
    Rows(RoleGrant, "user", "roles", Fate.GOES, ROLES),
    Rows(RoleInvitation, "email", "invitations to a role", Fate.GOES, ROLES, by_address=True),
    Rows(ApiToken, "owner", "API tokens", Fate.GOES, ROLES, hidden=SECRET),
    Rows(RoleChange, "user", "changes of own roles", Fate.STAYS_NAMELESS, LOGS),
    Rows(RoleChange, "actor", "changes of roles by me", Fate.STAYS_NAMELESS, LOGS),
    Rows(RoleGrant, "granted_by", "roles given by me", Fate.STAYS_NAMELESS, LOGS),
    Rows(
        RoleInvitation,
        "invited_by",
        "invitations by me",
        Fate.STAYS_NAMELESS,
        LOGS,
        hidden=frozenset({"email"}),
    ),
    Rows(JoinLink, "issued_by", "join links made by me", Fate.STAYS_NAMELESS, LOGS, hidden=SECRET),
    Rows(LifeChange, "actor", "steps of events by me", Fate.STAYS_NAMELESS, LOGS),
    Rows(RegistrationExport, "actor", "exports of registrations by me", Fate.STAYS_NAMELESS, LOGS),
    # What was changed may name other people.
    Rows(
        LogEntry,
        "user",
        "changes in the admin by me",
        Fate.STAYS_NAMELESS,
        LOGS,
        hidden=frozenset({"object_repr", "change_message"}),
    ),
    Rows(Announcement, "author", "announcements by me", Fate.STAYS_NAMELESS, TEXTS),
    Rows(ConsentText, "author", "consent texts by me", Fate.STAYS_NAMELESS, TEXTS),
]

OVER = {EventStatus.CLOSED, EventStatus.ARCHIVED}
# The admin's history wants somebody; this account is nobody's and opens nothing.
NOBODY = "erased@localhost.invalid"
NAMES_PEOPLE = [User, Registration, RoleGrant, JoinLink]


def refusals(user: User) -> list[str]:
    words = _("You are the only organizer of “%(event)s”. Give somebody else this role first.")
    return [str(words) % {"event": event} for event in _only_organized_by(user)]


def erase(user: User) -> None:
    """Before the account goes: roles end in the log, places are handed on, open pages are asked again."""
    _forget_in_history(user)
    grants = RoleGrant.objects.filter(user=user).select_related("event")
    for grant in grants.order_by("event", "pk"):
        revoke_role(grant=grant, actor=None)
    # After the roles: both wait for rows of the event, and this is the order of everybody else.
    registrations = Registration.objects.filter(user=user).select_related("event")
    for registration in registrations.order_by("event"):
        withdraw(registration=registration)


def _only_organized_by(user: User) -> list[Event]:
    """The events are locked: of two organizers who leave at once the second is refused."""
    mine = RoleGrant.objects.filter(user=user, role=Role.ORGANIZER).values("event")
    locked = Event.objects.select_for_update(no_key=True).filter(pk__in=mine)
    events = list(locked.exclude(status__in=OVER).order_by("pk"))
    others = RoleGrant.objects.filter(role=Role.ORGANIZER, user__is_active=True).exclude(user=user)
    handed_over = set(others.filter(event__in=events).values_list("event", flat=True))
    return [event for event in events if event.pk not in handed_over]


def _forget_in_history(user: User) -> None:
    _entries_about(user).update(object_repr="–")
    if LogEntry.objects.filter(user=user).exists():
        nobody, _is_new = User.objects.get_or_create(
            email=NOBODY, defaults={"is_active": False, "password": "!"}
        )
        LogEntry.objects.filter(user=user).update(user=nobody)


def _entries_about(user: User) -> QuerySet[LogEntry]:
    """Also those about rows that are gone: their titles begin with the person's name."""
    kinds = ContentType.objects.get_for_models(*NAMES_PEOPLE).values()
    about = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    named = Q(content_type__in=kinds, object_repr__startswith=user.display_name)
    return LogEntry.objects.filter(about | named)
