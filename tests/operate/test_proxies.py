"""Whose request it is."""

from __future__ import annotations

import ipaddress

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from tracker.operate.proxies import ClientAddressMiddleware, client_address, is_within

TRUSTED = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


def _seen(**meta: str) -> HttpRequest:
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    ClientAddressMiddleware(view)(RequestFactory().get("/", **meta))
    return seen[0]


@pytest.mark.parametrize(
    ("peer", "forwarded", "whose"),
    [
        ("10.0.0.1", "192.0.2.7", "192.0.2.7"),
        (
            "10.0.0.1",
            "6.6.6.6, 192.0.2.7",
            "192.0.2.7",
        ),  # what stands left of the nearest stranger is his word alone
        ("10.0.0.1", "192.0.2.7, 10.0.0.2, 10.0.0.3", "192.0.2.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "192.0.2.7, junk", "10.0.0.1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.2"),
        ("fd00::1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", " , ,192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy_of_ours(
    peer: str, forwarded: str, whose: str
) -> None:
    assert client_address(peer, forwarded, TRUSTED) == whose


def test_a_trusted_proxy_is_believed(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = TRUSTED
    request = _seen(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7", HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == "192.0.2.7"
    assert request.is_secure()


@pytest.mark.parametrize("trusted", [(), TRUSTED])
def test_nobody_else_is_and_the_header_is_gone_for_whoever_looks_later(
    settings: Settings, trusted: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]
) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = _seen(
        REMOTE_ADDR="198.51.100.1", HTTP_X_FORWARDED_FOR="192.0.2.7", HTTP_X_FORWARDED_PROTO="https"
    )
    assert request.META["REMOTE_ADDR"] == "198.51.100.1"
    assert "HTTP_X_FORWARDED_FOR" not in request.META
    assert not request.is_secure()


@pytest.mark.parametrize(
    ("address", "inside"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("11.0.0.1", False),
        ("", False),
        ("unix:", False),
        ("fd12::1", True),
    ],
)
def test_an_address_lies_in_a_network_however_it_is_written(address: str, inside: bool) -> None:
    assert is_within(address, TRUSTED) is inside
