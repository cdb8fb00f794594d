"""Addresses of the web as staff give them: where a link of ours may lead."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LONGEST = 2_000  # characters

_SCHEMES = ("http", "https")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff<>\"\\^`{|}]")


class NotAnAddress(ValueError):
    """Why a text is no address that we link to, and what to do, in one sentence."""


def web_address(text: str) -> str:
    """The address, without the white space round it. Raises NotAnAddress for all but http and https with a host.

    A name or a password before the host is refused too: "https://congress.gov@evil.example" looks like another site.

    >>> web_address(" https://www.congress.gov/bill/119th-congress/senate-resolution/145 ")
    'https://www.congress.gov/bill/119th-congress/senate-resolution/145'
    """
    address = text.strip()
    if len(address) > LONGEST:
        raise NotAnAddress(f"This address is longer than {LONGEST:,} characters; give a shorter one.")
    if _NOT_IN_ADDRESSES.search(address):
        raise NotAnAddress(
            "There is a space or another sign in this address that no address has; copy it once more."
        )
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise NotAnAddress("This is no address of the web; copy it from the browser once more.") from None
    if parts.scheme not in _SCHEMES:
        raise NotAnAddress("Give the whole address, beginning with https:// or http://.")
    if not host:
        raise NotAnAddress("The name of the site is missing from this address.")
    if "@" in parts.netloc:
        raise NotAnAddress("Leave out the name or password before the @: give the plain address of the page.")
    return address


def is_web_address(text: str) -> bool:
    """Whether a link of ours may lead there."""
    try:
        web_address(text)
    except NotAnAddress:
        return False
    return True
