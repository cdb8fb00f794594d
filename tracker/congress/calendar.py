"""The days of Congress, and the days and instants that its sources write.

A Congress begins and ends at noon of 3 January in Washington (20th Amendment); those before the 74th at noon of
4 March. `today` is the only function in this package that reads a clock.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

WASHINGTON = ZoneInfo("America/New_York")

_FIRST_YEAR = 1789
_LAST_YEAR = 2200
_FIRST_IN_JANUARY = 74  # 3 January 1935, the first Congress under the 20th Amendment
_NOON = time(12)

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ]0[045]:00:00(\.0+)?([Zz]|[+-]00:00)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", re.ASCII)


def first_day(congress: int) -> date:
    """The day at whose noon this Congress begins. Raises ValueError for a number below 1."""
    if congress < 1:
        raise ValueError(f"congress {congress}: the first Congress is number 1")
    year = _FIRST_YEAR + 2 * (congress - 1)
    return date(year, 1, 3) if congress >= _FIRST_IN_JANUARY else date(year, 3, 4)


def last_day(congress: int) -> date:
    """The day at whose noon this Congress ends: the first day of the next one."""
    return first_day(congress + 1)


def congress_on(day: date) -> int:
    """The Congress of this day; a day on which one follows another belongs to the new one.

    Raises ValueError for a day before the first Congress.
    """
    congress = (day.year - _FIRST_YEAR) // 2 + 1
    if congress >= 1 and day < first_day(congress):
        congress -= 1
    if congress < 1:
        raise ValueError(f"{day}: before the first Congress, which began on {first_day(1)}")
    return congress


def congress_at(instant: datetime) -> int:
    """The Congress in being at this instant, which must be aware: before noon of the last day, the old one."""
    here = _in_washington(instant)
    congress = congress_on(here.date())
    starts_today = here.date() == first_day(congress)
    return congress - 1 if starts_today and here.time() < _NOON and congress > 1 else congress


def session_on(day: date) -> int:
    """1 in the first calendar year of a Congress, 2 in the second: how both chambers number sessions and roll calls.

    Holds since 1935. 1 and 2 January belong to the session of the year before.
    """
    year = day.year - 1 if (day.month, day.day) < (1, 3) else day.year
    return 1 if year % 2 else 2


def is_over(congress: int, today: date) -> bool:
    """Whether this Congress has ended: on its last day, which it leaves at noon, it counts as over."""
    return today >= last_day(congress)


@lru_cache(maxsize=1 << 17)
def valid_day(text: str | None) -> date | None:
    """The day that `YYYY-MM-DD` names, or None where it names none.

    None too for years that no record of Congress can be of (before 1789, after 2200), so that `0000-00-00` and
    `2025-02-30`, which sources do write, are no days.
    """
    if text is None or _DAY.fullmatch(text) is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None


def instant(text: str | None) -> datetime | None:
    """The instant that an RFC 3339 text names, in UTC; None where it names none or carries no zone."""
    if text is None or _INSTANT.fullmatch(text) is None:
        return None
    try:
        named = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return named.astimezone(UTC) if _FIRST_YEAR <= named.year <= _LAST_YEAR else None


def washington_day(text: str | None) -> date | None:
    """The day in Washington that a source means by a day or by an instant.

    GovInfo writes days without a clock as midnight of Washington in UTC, at times with the other season's offset
    (`2025-01-20T04:00:00Z`), or as midnight of UTC: each is the day that is written. Any other instant is
    the day that Washington's calendar then showed.
    """
    if text is None:
        return None
    as_midnight = _MIDNIGHT.fullmatch(text)
    if as_midnight is not None:
        return valid_day(as_midnight[1])
    named = instant(text)
    return named.astimezone(WASHINGTON).date() if named is not None else valid_day(text)


def action_instant(on: str | None, time: str | None) -> datetime | None:
    """The instant of an action in UTC, from its day and Washington's wall clock (`14:05:00`, without a zone)."""
    day = valid_day(on)
    clock = _CLOCK.fullmatch(time) if time is not None else None
    if day is None or clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups())
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=WASHINGTON).astimezone(UTC)


def today() -> date:
    """The day it is in Washington now."""
    return datetime.now(WASHINGTON).date()


def _in_washington(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant}: an instant without a zone")
    return instant.astimezone(WASHINGTON)
