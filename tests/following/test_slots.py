"""When a digest leaves: the hour somebody chose, where they live."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.following.models import Follower
from tracker.following.slots import next_slot, zone_named

ZONES = ["America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]


def reader(
    rhythm: str = "daily", hour: int = 7, weekday: int = 0, zone: str = "America/New_York"
) -> Follower:
    return Follower(rhythm=rhythm, hour=hour, weekday=weekday, zone=zone)


def test_seven_in_washington_is_eleven_in_summer_and_twelve_in_winter() -> None:
    assert next_slot(reader(), datetime(2025, 7, 1, 0, tzinfo=UTC)) == datetime(2025, 7, 1, 11, tzinfo=UTC)
    assert next_slot(reader(), datetime(2025, 12, 1, 0, tzinfo=UTC)) == datetime(2025, 12, 1, 12, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_the_one_after_it() -> None:
    found = next_slot(reader(hour=2), datetime(2025, 3, 9, 5, tzinfo=UTC))
    assert found.astimezone(zone_named("America/New_York")).hour == 3


@given(
    after=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    zone=st.sampled_from(ZONES),
)
def test_the_next_slot_is_ahead_within_its_rhythm_and_at_the_chosen_hour(
    after: datetime, hour: int, weekday: int, zone: str
) -> None:
    daily = next_slot(reader("daily", hour, weekday, zone), after)
    weekly = next_slot(reader("weekly", hour, weekday, zone), after)
    assert after < daily <= after + timedelta(hours=26)
    assert after < weekly <= after + timedelta(days=7, hours=2)
    assert weekly.astimezone(zone_named(zone)).weekday() == weekday
    assert daily.astimezone(zone_named(zone)).hour in (hour, (hour + 1) % 24)


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "../etc/passwd", "\x00"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        zone_named(name)
