"""Which addresses may be called: names on the public Internet, and nothing within the operator's own network.

A name is resolved once for each call, and the address it gives is the address that is connected to, so that a name whose
answer changes cannot slip between. No redirect is followed. Where it is refused, the reason is the same for every
address that is not public: it says nothing of what listens there.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress
from requests_hardened.ip_filter_adapter import IPFilterAdapter

from tracker.sources import wire

CONNECT_SECONDS = 5
WHOLE_SECONDS = 15
ANSWER_READ = 4096  # bytes
LONGEST_URL = 2000
LOOPBACK_TOO = False  # for tests, whose receivers listen there on any port; nothing else sets it
NOT_PUBLIC = "the name leads to no address on the public Internet"

# What Python's own `is_global` lets pass, and is none: IPv4 in IPv6 clothes, site-local, and tunnels.
_NOT_GLOBAL = tuple(
    ipaddress.ip_network(block)
    for block in (
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)


class Refused(ValueError):
    """An address that is not called, with the reason."""


def check_url(url: str) -> str:
    """The address as it is kept, if it has the form of one that may be called. Raises Refused."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Refused("no address: give one such as https://example.org/hook") from None
    schemes = ("https",) if settings.HTTPS else ("https", "http")
    if parts.scheme not in schemes or not parts.hostname:
        raise Refused(f"give an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    if len(text) > LONGEST_URL or any(character.isspace() or ord(character) < 32 for character in text):
        raise Refused(f"no address: it has white space in it, or more than {LONGEST_URL} characters")
    if parts.username is not None or parts.password is not None:
        raise Refused("leave out the name and password before the @")
    if port not in (None, 80, 443) and not LOOPBACK_TOO:
        raise Refused("give an address on the usual port: 443, or 80 for http")
    _refuse_numbers(parts.hostname)
    return text


def _refuse_numbers(host: str) -> None:
    """An IP address in any spelling is refused at once where it is not public; names are judged when they are called."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return
    if not _may_be_called(address):
        raise Refused(NOT_PUBLIC)


def _may_be_called(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return is_public(address) or (LOOPBACK_TOO and address.is_loopback)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address is one of the public Internet: global unicast, and not another address in disguise."""
    if isinstance(address, ipaddress.IPv6Address) and any(address in block for block in _NOT_GLOBAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class _Adapter(IPFilterAdapter):
    """The library's, which connects to the address that it checked; and a check of our own on that very address."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        wire.keep_deadlines(self.poolmanager)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: bool | str, cert: Any = None
    ) -> tuple[Any, Any]:
        host_params, pool_kwargs = super().build_connection_pool_key_attributes(request, verify, cert)
        self.judge(ipaddress.ip_address(host_params["host"].strip("[]")))
        return host_params, pool_kwargs

    def judge(self, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
        if not _may_be_called(address):
            raise InvalidIPAddress(address)


def _session() -> HTTPSession:
    session = HTTPSession(
        Config(
            ip_filter_enable=True,
            ip_filter_allow_loopback_ips=LOOPBACK_TOO,
            never_redirect=True,
            default_timeout=(CONNECT_SECONDS, WHOLE_SECONDS),
            user_agent_override=f"Whereas-Webhooks/1 (+{settings.SITE_URL})",
        )
    )
    session.trust_env = False  # a proxy of the environment would resolve the name anew, and connect for us
    for scheme in ("http", "https"):
        session.mount(f"{scheme}://", _Adapter(is_https_proto=scheme == "https", allow_loopback=LOOPBACK_TOO))
    return session


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str, Mapping[str, str]]:
    """Send `body`; answers the status, the beginning of what came back, and its headers. All within 15 seconds.

    Raises Refused for a target that is not public or has an impossible address, and requests.RequestException, or
    `wire.DeadlineSpent`, where no answer came.
    """
    check_url(url)
    token = wire.current.set(wire.Deadline(WHOLE_SECONDS))
    try:
        with (
            _session() as session,
            session.post(url, data=body, headers=dict(headers), stream=True) as response,
        ):
            response.raw.decode_content = False  # a packed answer is not unpacked: it is only looked at
            answer = response.raw.read(ANSWER_READ) or b""
            return response.status_code, answer.decode("utf-8", "replace"), response.headers
    except InvalidIPAddress:
        raise Refused(NOT_PUBLIC) from None
    finally:
        wire.current.reset(token)
