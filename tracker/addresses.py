"""Network addresses: as they are kept, never whole, since a whole one is a person; and as they are counted."""

from __future__ import annotations

import ipaddress


def cut_address(address: str) -> str:
    """An address as logs keep it: /24 of IPv4, /48 of IPv6; "" for what is no address (a Unix socket)."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    kept = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, kept), strict=False))


def household(address: str) -> str:
    """Whom a counter of this address counts: the address, or the /64 of an IPv6 one, since whoever has one has them all.

    "none" for what is no address (a Unix socket).
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "none"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, 64), strict=False).network_address)
    return str(parsed)
