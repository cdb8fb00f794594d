"""How often somebody may try to sign in: counted for each account and for each address, whatever the outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from django.core.cache import caches

from tracker.addresses import household

log = structlog.get_logger("tracker.desk")

TRIES = 20
PERIOD = 60 * 60  # seconds from the first try


class CannotCount(Exception):
    """The cache that holds the counts does not answer: nobody can be let try."""


@dataclass(frozen=True, slots=True)
class Tries:
    """How many there were within the hour, this one included."""

    of_account: int
    from_address: int

    @property
    def too_many(self) -> bool:
        return max(self.of_account, self.from_address) > TRIES


def count_try(what: str, account: str, address: str) -> Tries:
    """Count a try at `what` ("sign-in", "code", …), before any secret is looked at. Raises CannotCount.

    Counting comes first so that tries made at the same moment cannot all pass on the same count.
    """
    with _counting():
        return Tries(*(_count(key) for key in _keys(what, account, address)))


def got_it_right(what: str, account: str, address: str) -> None:
    """What was mistyped before no longer counts against the account; against the address only this try does not.

    So whoever has an account of their own cannot by signing in to it go on guessing at others. Raises CannotCount.
    """
    of_account, from_address = _keys(what, account, address)
    with _counting():
        caches["limits"].delete(of_account)
        try:
            caches["limits"].decr(from_address)
        except ValueError:  # it ran out in the meantime
            return


@contextmanager
def _counting() -> Iterator[None]:
    try:
        yield
    except Exception as error:  # each kind of cache fails with exceptions of its own
        log.error("tries not counted", error=f"{type(error).__name__}: {error}")
        raise CannotCount from error


def _keys(what: str, account: str, address: str) -> tuple[str, str]:
    hashed = hashlib.sha256(account.strip().lower().encode()).hexdigest()
    return f"{what}:account:{hashed}", f"{what}:address:{household(address)}"


def _count(key: str) -> int:
    cache = caches["limits"]
    cache.add(key, 0, PERIOD)
    try:
        return int(cache.incr(key))
    except ValueError:  # it ran out between the two lines above
        cache.set(key, 1, PERIOD)
        return 1
