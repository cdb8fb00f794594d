"""Lengths of time in words. Relative words stand only on pages whose bytes may change with the day."""

from __future__ import annotations

from datetime import date, timedelta

from tracker.congress.numbers import number_word


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to a later one."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - 1 if later.day < earlier.day else months


def span_words(earlier: date, later: date) -> str:
    """How long it is from one day to a later one, in the largest unit that is still exact enough to be of use.

    >>> span_words(date(2025, 3, 27), date(2026, 11, 24))
    'nineteen months'
    """
    days = (later - earlier).days
    months = months_between(earlier, later)
    if days < 14:
        count, unit = days, "day"
    elif months < 2:
        count, unit = days // 7, "week"
    elif months < 24:
        count, unit = months, "month"
    else:
        count, unit = months // 12, "year"
    return f"{number_word(count)} {unit}{'' if count == 1 else 's'}"


def lag_words(lag: timedelta) -> str:
    """ "13 minutes", "11 hours", "3 days": how long ago something was, in one unit."""
    minutes = max(int(lag.total_seconds() // 60), 0)
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        count = minutes // size
        if count > 1 or size == 1:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    raise AssertionError("minutes always serve")
