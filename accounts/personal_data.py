"""The account itself: names, addresses, ways to sign in, sessions, mail that waits."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail, User
from accounts.personal import Fate, Rows
from accounts.services.people import sign_out_everywhere

ACCOUNT = _("Your account: name, addresses, password, second factors, passkeys and all sign-ins.")
MAIL = _("Mail to you that has not been sent yet.")

ROWS = [
    Rows(User, "pk", "account", Fate.GOES, ACCOUNT, hidden=frozenset({"password"})),
    Rows(EmailAddress, "user", "e-mail addresses", Fate.GOES, ACCOUNT),
    Rows(
        EmailConfirmation,
        "email_address__user",
        "e-mail confirmations",
        Fate.GOES,
        ACCOUNT,
        hidden=frozenset({"key"}),
    ),
    Rows(UserSession, "user", "sign-ins", Fate.GOES, ACCOUNT, hidden=frozenset({"session_key", "data"})),
    Rows(Authenticator, "user", "second factors", Fate.GOES, ACCOUNT, hidden=frozenset({"data"})),
    Rows(SocialAccount, "user", "accounts elsewhere", Fate.GOES, ACCOUNT),
    Rows(
        SocialToken,
        "account__user",
        "keys to accounts elsewhere",
        Fate.GOES,
        ACCOUNT,
        hidden=frozenset({"token", "token_secret"}),
    ),
    Rows(User.groups.through, "user", "groups", Fate.GOES, ACCOUNT),
    Rows(User.user_permissions.through, "user", "permissions", Fate.GOES, ACCOUNT),
    # A subject may carry a sign-in code, and files are passed on.
    Rows(
        OutgoingMail,
        "to",
        "mail that waits",
        Fate.GOES,
        MAIL,
        by_address=True,
        hidden=frozenset({"subject", "body", "html"}),
    ),
]


def refusals(user: User) -> list[str]:
    if not user.is_superuser or not user.is_active:
        return []
    owners = User.objects.select_for_update().filter(is_superuser=True, is_active=True)
    if any(owner.pk != user.pk for owner in owners.order_by("pk")):
        return []
    return [str(_("You are the only owner of this site. Make somebody else an owner first."))]


def erase(user: User) -> None:
    sign_out_everywhere(user=user)
