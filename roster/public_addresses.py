"""Which addresses the service may call for others: those of the public internet, nothing nearer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_LONGEST_URL = 1_000
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, however it is written.

    Addresses that carry another one (of IPv4 in IPv6, by whatever scheme) are judged by it too.
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(one) for one in (parsed, *_carried(parsed)))


def _is_public(parsed: Address) -> bool:
    if isinstance(parsed, ipaddress.IPv6Address) and (
        parsed.ipv4_mapped is not None or parsed in _NAT64
    ):
        return True  # Judged by what it carries.
    nearer = (
        parsed.is_private
        or parsed.is_loopback
        or parsed.is_link_local
        or parsed.is_multicast
        or parsed.is_reserved
        or parsed.is_unspecified
        or getattr(parsed, "is_site_local", False)
    )
    return parsed.is_global and not nearer


def _carried(parsed: Address) -> tuple[Address, ...]:
    if not isinstance(parsed, ipaddress.IPv6Address):
        return ()
    found: list[Address] = []
    if parsed.ipv4_mapped is not None:
        found.append(parsed.ipv4_mapped)
    if parsed.sixtofour is not None:
        found.append(parsed.sixtofour)
    if parsed.teredo is not None:
        found += parsed.teredo
    if parsed in _NAT64:
        found.append(ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF))
    return tuple(found)


def check_url(url: str, *, allow_private: bool) -> str:
    """Return what is wrong with an address to call; empty where nothing is.

    A name is judged when it is called, by the addresses that it then has.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "This is no address. It looks like https://example.org/hook."
    if len(url) > _LONGEST_URL or not host or any(sign.isspace() for sign in url):
        return "This is no address. It looks like https://example.org/hook."
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        return "The address has to begin with https://."
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "Leave names, passwords and # out of the address; what is sent is signed."
    if not allow_private and _is_written_out(host) and not is_public(host):
        return "This address is not on the public internet. ROSTER_WEBHOOKS_PRIVATE allows it."
    return ""


def _is_written_out(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
