"""Whose request this is, when a proxy stands in front."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.accepted import Network

_STRANGER = "tracker.forwarded_by_a_stranger"


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR and the scheme to what `TRUSTED_PROXIES` say; a forwarding header of anybody else is dropped.

    After it, REMOTE_ADDR is the client's address for whoever asks: throttles, limits, logs, metrics. Where a header was
    dropped, `came_through_a_stranger` says so: REMOTE_ADDR is then a proxy's, and whose request it is, nobody knows.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        forwarded = meta.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = meta.pop("HTTP_X_FORWARDED_PROTO", "")
        trusted: Sequence[Network] = settings.TRUSTED_PROXIES
        if trusted and is_within(meta.get("REMOTE_ADDR", ""), trusted):
            meta["REMOTE_ADDR"] = client_address(meta["REMOTE_ADDR"], forwarded, trusted)
            if scheme in ("http", "https"):
                meta["wsgi.url_scheme"] = scheme
        elif forwarded or "HTTP_FORWARDED" in meta:
            meta[_STRANGER] = True
        return self.get_response(request)


def came_through_a_stranger(request: HttpRequest) -> bool:
    """Whether a proxy that is not trusted passed this request on."""
    return bool(request.META.get(_STRANGER))


def client_address(peer: str, forwarded: str, trusted: Sequence[Network]) -> str:
    """The nearest address that is no trusted proxy's, read from the right: what stands further left anyone may write.

    >>> client_address("10.0.0.1", "6.6.6.6, 192.0.2.7, 10.0.0.2", [ipaddress.ip_network("10.0.0.0/8")])
    '192.0.2.7'
    """
    nearest = peer
    for hop in reversed([hop.strip() for hop in forwarded.split(",") if hop.strip()]):
        try:
            nearest = str(ipaddress.ip_address(hop))
        except ValueError:  # written by somebody who is no proxy of ours: believe what stood nearer
            break
        if not is_within(nearest, trusted):
            break
    return nearest


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Whether the address lies in one of the networks; False for what is no address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed.version == network.version and parsed in network for network in networks)
