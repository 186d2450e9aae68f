"""Limits that hold with a dead cache and across processes: one small row each, changed by one statement."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Turns


@dataclass(frozen=True)
class Limit:
    name: str
    uses: int
    span: timedelta


# A venue of 3,000 people shares one address behind its router; everybody may need a second code.
CODES_PER_ADDRESS = Limit("codes per address", 6000, timedelta(minutes=10))
CODES_PER_MAILBOX = Limit("codes per mailbox", 5, timedelta(minutes=10))
MAILS_PER_MAILBOX = Limit("mails per mailbox", 40, timedelta(hours=1))
POSTAL_CODES_PER_PERSON = Limit("postal codes per person", 60, timedelta(minutes=10))
PASSWORDS_PER_MAILBOX = Limit("passwords per mailbox", 10, timedelta(minutes=10))

SECOND_FACTORS_PER_PERSON = Limit("second factors per person", 10, timedelta(minutes=10))


def take_turn(limit: Limit, who: str) -> bool:
    """Use one of the limit's turns; False when none is left. Who it was is stored as a digest only."""
    now = timezone.now()
    key = salted_hmac("accounts.limits", f"{limit.name}:{who}", algorithm="sha256").hexdigest()
    row = Turns.objects.filter(key=key)
    if row.filter(since__lte=now - limit.span).update(since=now, uses=1):
        return True
    if _count_up(key, limit):
        return True
    _, is_first = Turns.objects.get_or_create(key=key, defaults={"since": now, "uses": 1})
    return is_first or _count_up(key, limit)


def _count_up(key: str, limit: Limit) -> bool:
    return bool(Turns.objects.filter(key=key, uses__lt=limit.uses).update(uses=F("uses") + 1))


def forget_old_turns() -> int:
    deleted, _ = Turns.objects.filter(since__lt=timezone.now() - timedelta(days=1)).delete()
    return deleted
