"""Who a mailbox belongs to, and what waits for the mail server."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db.models import Count, Min, Q

from accounts.models import OutgoingMail, User

# Within these a tick or two may just not have come round yet.
PATIENCE = timedelta(minutes=5)


def person_by_email(email: str) -> User | None:
    """The person who has proved the address, else whose account carries it.

    An address that somebody has only claimed does not count: its owner would end up in a stranger's account.
    """
    proved = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    if proved is not None:
        return User.objects.get(pk=proved.user_id)
    return User.objects.filter(email__iexact=email).first()


@dataclass(frozen=True)
class Outbox:
    """`late` mails wait longer than they should, `oldest` since when; `lost` ones nobody gets any more."""

    late: int
    oldest: datetime | None
    lost: int


def outbox(now: datetime) -> Outbox:
    """As far as the outbox remembers: what is done with goes after a day. One query."""
    late = Q(sent_at=None, expires_at__gt=now, created_at__lt=now - PATIENCE)
    lost = Q(sent_at=None, expires_at__lte=now) | Q(sent_at__isnull=False) & ~Q(last_error="")
    return Outbox(
        **OutgoingMail.objects.aggregate(
            late=Count("pk", filter=late),
            oldest=Min("created_at", filter=late),
            lost=Count("pk", filter=lost),
        )
    )
