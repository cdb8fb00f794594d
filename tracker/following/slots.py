"""When a follower's next mail leaves: the hour they chose, in their own zone, summer and winter."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.following.models import Follower

MUCH_LATER = timedelta(hours=3)  # a mail that leaves later than this after its slot says so


def zone_named(name: str) -> ZoneInfo:
    """The time zone of this name. Raises ValueError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ValueError(f"{name!r} is no time zone: give one such as Europe/Berlin") from unknown


def next_slot(follower: Follower, after: datetime) -> datetime:
    """The first moment after `after` that is the follower's hour (and weekday), in UTC.

    An hour that the clocks leave out is the one after it; of an hour that comes twice, the first.
    """
    zone = zone_named(follower.zone)
    day = after.astimezone(zone).date()
    while True:
        slot = datetime.combine(day, time(follower.hour), zone).astimezone(UTC)
        right_day = follower.rhythm != Follower.Rhythm.WEEKLY or day.weekday() == follower.weekday
        if right_day and slot > after:
            return slot
        day += timedelta(days=1)
