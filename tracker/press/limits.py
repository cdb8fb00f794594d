"""How many articles one address may have checked in a minute: a check costs more than a page."""

from __future__ import annotations

import time

import structlog
from django.core.cache import caches

from tracker.addresses import household

log = structlog.get_logger("tracker.press")

CHECKS_PER_MINUTE = 30
_MINUTE = 60  # seconds


def seconds_to_wait(address: str) -> int | None:
    """Count one check of this address; seconds until it may have another, or None where it may now.

    Minutes are the clock's own. A cache that fails limits nobody: a check writes nothing.
    """
    now = int(time.time())
    key = f"checks:{household(address)}:{now // _MINUTE}"
    cache = caches["limits"]
    try:
        cache.add(key, 0, 2 * _MINUTE)
        count = int(cache.incr(key))
    except Exception as error:  # noqa: BLE001 - each kind of cache fails with exceptions of its own
        log.warning("checks not counted", error=f"{type(error).__name__}: {error}")
        return None
    return None if count <= CHECKS_PER_MINUTE else _MINUTE - now % _MINUTE
