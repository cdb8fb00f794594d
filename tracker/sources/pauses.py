"""When a source may be asked again: the pace of a host, and what its Retry-After says."""

from __future__ import annotations

import email.utils
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime


class Pace:
    """Keeps the starts of two requests to one host apart, in all threads that share it."""

    def __init__(
        self, sleep: Callable[[float], None] = time.sleep, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep, self._monotonic = sleep, monotonic
        self._lock = threading.Lock()
        self._free_at: dict[str, float] = {}

    def wait(self, host: str, seconds: float) -> None:
        """Return when `host` may be asked: `seconds` or more after the request before it. 0 never waits."""
        if seconds <= 0:
            return
        with self._lock:  # takes the next place in the queue; the waiting itself is done outside
            now = self._monotonic()
            mine = max(now, self._free_at.get(host, now))
            self._free_at[host] = mine + seconds
        if mine > now:
            self._sleep(mine - now)


#: One queue a process, whoever fetches.
PACE = Pace()


def seconds_to_wait(retry_after: str | None, *, date: str | None, now: datetime) -> float | None:
    """What `Retry-After` asks for, in seconds from now; None for nothing that can be obeyed ("soon", -5, a past date).

    A date is measured from the answer's own `Date` where it has one, so that a wrong clock here does no harm.
    Source: RFC 9110, sections 10.2.3 and 5.6.7.
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text) or None
    until = _http_date(text)
    if until is None:
        return None
    seconds = (until - (_http_date(date or "") or now)).total_seconds()
    return seconds if seconds > 0 else None


def _http_date(text: str) -> datetime | None:
    try:
        parsed = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
