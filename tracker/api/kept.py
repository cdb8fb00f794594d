"""What the cache keeps for the API: ready answers and counters. Reading needs only the database, so a cache that fails
costs time and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import structlog
from django.core.cache import cache

from tracker.packing import packed

log = structlog.get_logger("tracker.api")

T = TypeVar("T")

LARGEST = 256 * 1024  # bytes of a packed answer that is worth keeping; the longest record is not


def body(key: str, build: Callable[[], bytes], seconds: int) -> bytes:
    """The answer kept under this key, or built now and kept; packed."""
    kept: bytes | None = _tried(lambda: cache.get(key))
    if kept is None:
        kept = packed(build())
        if len(kept) <= LARGEST:
            fresh = kept
            _tried(lambda: cache.set(key, fresh, seconds))
    return kept


def count(key: str, seconds: int) -> int | None:
    """One more under this key, which lives for `seconds`; the new count, or None where the cache cannot count."""

    def add() -> int:
        cache.add(key, 0, seconds)
        return int(cache.incr(key))

    return _tried(add)


def _tried(action: Callable[[], T]) -> T | None:
    try:
        return action()
    except Exception as error:  # noqa: BLE001 - each kind of cache fails with exceptions of its own
        log.warning("cache unavailable", error=f"{type(error).__name__}: {error}")
        return None
