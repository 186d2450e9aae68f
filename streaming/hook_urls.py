"""Where a webhook may lead: to the open internet by https, and to this machine only while it is developed."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Address = IPv4Address | IPv6Address
# IPv4 addresses inside of IPv6 ones, behind a translator.
TRANSLATED = ip_network("64:ff9b::/96")
NOT_OPEN = _("Give an https address on the open internet.")


class AddressRefused(Exception):
    """The name leads to a place that this server must not be sent to."""


def validate_hook_url(url: str) -> None:
    """What can be seen of the address itself; where its name leads is looked at with each message."""
    try:
        check_parts(urlsplit(url))
    except (AddressRefused, ValueError) as error:
        raise ValidationError(NOT_OPEN) from error


def check_parts(parts: SplitResult) -> None:
    """Raises AddressRefused for what is no https, has a user in it, or names a closed address outright."""
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None or not host or parts.port == 0:
        raise AddressRefused
    literal = _literal(host)
    if literal is not None and not may_reach(literal):
        raise AddressRefused
    is_own = settings.DEBUG and (host == "localhost" or (literal is not None and literal.is_loopback))
    if parts.scheme != "https" and not (parts.scheme == "http" and is_own):
        raise AddressRefused


def addresses_of(host: str, port: int) -> list[str]:
    """Where the name leads, each of them allowed. One closed address refuses the name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(may_reach(ip_address(one.partition("%")[0])) for one in addresses):
        raise AddressRefused
    return addresses


def may_reach(address: Address) -> bool:
    plain = _plain(address)
    if plain.is_loopback:
        return settings.DEBUG
    return plain.is_global and not (plain.is_multicast or plain.is_reserved)


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, if it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address


def _literal(host: str) -> Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
