"""Networks as people write them."""

from ipaddress import ip_network

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def networks_in(text: str) -> tuple[str, ...]:
    """CIDR networks parted by blanks, commas or lines; an address is a network of one. Raises ValueError."""
    return tuple(str(ip_network(word)) for word in text.replace(",", " ").split())


def validate_networks(text: str) -> None:
    for word in text.replace(",", " ").split():
        try:
            ip_network(word)
        except ValueError:
            sentence = _("“%(word)s” is no network. Write it like 203.0.113.7/32.")
            raise ValidationError(sentence % {"word": word}) from None
