"""Who a mailbox belongs to."""

from allauth.account.models import EmailAddress

from accounts.models import User


def person_by_email(email: str) -> User | None:
    """The person who has proved the address, else whose account carries it.

    An address that somebody has only claimed does not count: its owner would end up in a stranger's account.
    """
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    if proved is not None:
        return User.objects.get(pk=proved.user_id)
    return User.objects.filter(email__iexact=email).first()
