"""How often one address may read in a minute."""

from __future__ import annotations

import time

from django.conf import settings

from tracker.addresses import household
from tracker.api import kept

_MINUTE = 60  # seconds


def seconds_to_wait(address: str) -> int | None:
    """Count one read of this address; seconds until it may read again, or None where it may now.

    Minutes are the clock's own, so the count needs one key of the cache. A cache that fails limits nobody.
    """
    limit: int = settings.API_READS_PER_MINUTE
    if not limit:
        return None
    now = int(time.time())
    key = f"api-reads:{household(address)}:{now // _MINUTE}"
    reads = kept.count(key, 2 * _MINUTE)
    return None if reads is None or reads <= limit else _MINUTE - now % _MINUTE
