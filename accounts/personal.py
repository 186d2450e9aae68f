"""What an app says about a person's rows: how the person gets them to see, and what erasing does to them.

The setting PERSONAL_DATA names one module for each app; accounts knows none of them.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from allauth.account.models import EmailAddress
from django.db.models import Model, QuerySet

from accounts.models import User


class Fate(Enum):
    """What becomes of a row when its person is erased."""

    GOES = "goes"
    STAYS_NAMELESS = "stays, without the person"


@dataclass(frozen=True)
class Rows:
    """A person's rows in one table. `by` leads to the person, or holds one of their addresses."""

    model: type[Model]
    by: str
    title: str
    fate: Fate
    # For the person, before they erase; the same words are said once.
    words: Any
    by_address: bool = False
    # Left out of the download: secrets, and what says nothing.
    hidden: frozenset[str] = frozenset()
    # Further entries of the download: a name, and the way there.
    also: dict[str, str] = field(default_factory=dict)

    def of(self, user: User) -> QuerySet[Any]:
        rows = self.model._base_manager.order_by("pk")
        if self.by_address:
            return rows.filter(**{f"{self.by}__in": addresses_of(user)})
        return rows.filter(**{self.by: user.pk})

    @property
    def link(self) -> str:
        """The column that ties a row to the person, or to another row of theirs."""
        return f"{self.model._meta.label}.{self.by.split('__')[0]}"


class Part(Protocol):
    ROWS: list[Rows]

    def refusals(self, user: User) -> list[str]:
        """Why the person cannot be erased now, in sentences. Locks what must not change until they are."""

    def erase(self, user: User) -> None:
        """What has to happen before the account's row goes, and everything that hangs on it."""


def addresses_of(user: User) -> list[str]:
    """All that the person has proved, and the one that the account carries. Nobody else's claims."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(address.lower() for address in proved)})
