"""How often somebody may try to sign in: counted for each account and for each address, whatever the outcome."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.core.cache import caches

log = structlog.get_logger("tracker.desk")

TRIES = 20
PERIOD = 60 * 60  # seconds from the first try


class CannotCount(Exception):
    """The cache that holds the counts does not answer: nobody can be let try."""


def may_try(email: str, address: str) -> bool:
    """Count a try, before any password is looked at; False once the account's or the address's are used up.

    Counting comes first so that tries made at the same moment cannot all pass on the same count. Raises CannotCount.
    """
    with _counting():
        counts = [_count(key) for key in _keys(email, address)]
    return all(count <= TRIES for count in counts)


def forget(email: str, address: str) -> None:
    """The right password was given: what was mistyped before no longer counts. Raises CannotCount."""
    with _counting():
        caches["limits"].delete_many(_keys(email, address))


@contextmanager
def _counting() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each kind of cache fails with exceptions of its own
        log.error("tries not counted", error=f"{type(error).__name__}: {error}")
        raise CannotCount from error


def _keys(email: str, address: str) -> list[str]:
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:  # whoever has one has its whole /64
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    except ValueError:
        address = "none"
    account = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return [f"sign-in:account:{account}", f"sign-in:address:{address}"]


def _count(key: str) -> int:
    cache = caches["limits"]
    cache.add(key, 0, PERIOD)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two lines above
        cache.set(key, 1, PERIOD)
        return 1
