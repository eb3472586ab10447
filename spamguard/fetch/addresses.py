"""Which addresses may be asked: hosts of one site, and machines that the whole internet reaches."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from spamguard.errors import Unjudgeable, UsageError

Address = IPv4Address | IPv6Address

# Both translate to an IPv4 address in their last bits, which decides where a packet ends up.
_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
# For use within a network or in documents; the ipaddress of some Pythons that we support takes them for global.
_LOCAL: Final = (IPv6Network("64:ff9b:1::/48"), IPv6Network("3fff::/20"), IPv6Network("5f00::/16"))
_SCHEMES: Final = frozenset({"http", "https"})


def is_public(address: Address) -> bool:
    """Tell whether an address is one of the open internet: not private, loopback, link-local, shared or multicast.

    IPv6 addresses that carry an IPv4 address are as public as that.
    """
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return is_public(inner)
        if any(address in network for network in _TRANSLATED):
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or any(address in network for network in _LOCAL):
            return False
    return address.is_global and not address.is_multicast


def resolve(host: str, port: int) -> list[Address]:
    """All addresses of a host, in the order of the system's resolver. Raises :class:`Unjudgeable` (``unreachable``)."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unjudgeable("unreachable", f"the name {host} has no address") from error
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


def host_of(url: str) -> str:
    """The host of an address in lower case; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_web(url: str) -> bool:
    """Tell whether something is an absolute address of the web, without a password in it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in _SCHEMES and bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def same_site(one: str, other: str) -> bool:
    """Tell whether two addresses are of one site: the same host, or one below the other (``www.`` does not count)."""
    a, b = host_of(one).removeprefix("www."), host_of(other).removeprefix("www.")
    if not a or not b:
        return False
    return a == b or a.endswith(f".{b}") or b.endswith(f".{a}")


def checked(url: str) -> str:
    """The address as it was given. Raises :class:`UsageError` if it is none that can be asked for."""
    if not is_web(url):
        raise UsageError(f"not an address of the web (http:// or https://, without a password): {url}")
    return url
