"""How long ago something was, by a clock that may have been set back since."""

from __future__ import annotations

from datetime import datetime, timedelta

from tracker.ledger.health import SLACK


def lately(at: datetime | None, within: timedelta, now: datetime) -> bool:
    """Whether `at` is less than `within` ago. One still to come was read off a clock that was wrong, and holds nothing up."""
    return at is not None and -SLACK <= now - at < within
