"""Days of Congress, and the days and instants that sources write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress import calendar
from tracker.congress.calendar import (
    action_instant,
    congress_at,
    congress_on,
    first_day,
    instant,
    is_over,
    last_day,
    session_on,
    valid_day,
    washington_day,
)

DAYS = st.dates(date(1789, 3, 4), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("day", "congress"),
    [
        ("1789-03-04", 1),
        ("1933-03-03", 72),  # before the 20th Amendment a Congress ended in March
        ("1935-01-02", 73),
        ("1935-01-03", 74),
        ("2023-01-02", 117),
        ("2023-01-03", 118),
        ("2025-01-02", 118),
        ("2025-01-03", 119),
        ("2026-12-31", 119),
        ("2027-01-03", 120),
    ],
)
def test_a_day_belongs_to_the_congress_that_began_last(day: str, congress: int) -> None:
    assert congress_on(date.fromisoformat(day)) == congress


@given(DAYS)
def test_every_day_lies_between_the_first_and_the_last_of_its_congress(day: date) -> None:
    congress = congress_on(day)
    assert first_day(congress) <= day < last_day(congress)
    assert not is_over(congress, day)
    assert congress == 1 or is_over(congress - 1, day)


def test_before_the_first_congress_there_is_none() -> None:
    with pytest.raises(ValueError, match="1789-03-03: before the first Congress"):
        congress_on(date(1789, 3, 3))
    with pytest.raises(ValueError, match="congress 0"):
        first_day(0)


def test_one_congress_follows_another_at_noon_in_washington() -> None:
    noon = datetime(2025, 1, 3, 17, tzinfo=UTC)
    assert congress_at(noon - timedelta(seconds=1)) == 118
    assert congress_at(noon) == 119
    assert congress_at(datetime(2025, 1, 3, 3, tzinfo=UTC)) == 118  # still the 2nd in Washington
    assert congress_at(datetime(1789, 3, 4, 6, tzinfo=UTC)) == 1  # no Congress before it


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        congress_at(datetime(2025, 1, 3))


def test_sessions_are_calendar_years_but_for_the_first_two_days() -> None:
    assert [session_on(date(2025, 1, 3)), session_on(date(2025, 12, 31))] == [1, 1]
    assert [session_on(date(2026, 1, 2)), session_on(date(2026, 1, 3))] == [1, 2]
    assert session_on(date(2025, 1, 2)) == 2


def test_a_congress_is_over_on_its_last_day() -> None:
    assert not is_over(118, date(2025, 1, 2))
    assert is_over(118, date(2025, 1, 3))


@pytest.mark.parametrize(
    "text",
    [
        None, "", " ", "2025", "20250327", "2025-3-27", "2025-02-30", "0000-00-00", "2025-13-01", "2025-W13-4", "2025-03-27 ",
        "1788-12-31", "2201-01-01", "9999-12-31", "٢٠٢٥-٠٣-٢٧", "2025-03-27T04:00:00Z", "x" * 10_000,
    ],
)  # fmt: skip
def test_what_is_no_day_is_none(text: str | None) -> None:
    assert valid_day(text) is None


@given(DAYS)
def test_a_day_as_sources_write_it_is_that_day(day: date) -> None:
    assert valid_day(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-03-27T15:17:03Z", "2025-03-27T15:17:03+00:00"),
        ("2025-03-27T15:17:03-04:00", "2025-03-27T19:17:03+00:00"),
        ("2026-04-21T20:20:00.649Z", "2026-04-21T20:20:00.649000+00:00"),
        ("2026-04-21t20:20:00z", "2026-04-21T20:20:00+00:00"),
        ("2026-04-21 20:20:00+00:00", "2026-04-21T20:20:00+00:00"),
    ],
)
def test_an_instant_is_read_into_utc(text: str, utc: str) -> None:
    read = instant(text)
    assert read is not None
    assert read.isoformat() == utc


@pytest.mark.parametrize(
    "text",
    [None, "", "2025-03-27", "2025-03-27T15:17:03", "2025-02-30T00:00:00Z", "2025-03-27T25:00:00Z", "0001-01-01T00:00:00+23:59",
     "9999-12-31T23:59:59-23:59", "2025-03-27T15:17:03+99:99", "Thu, 27 Mar 2025 15:17:03 GMT"],
)  # fmt: skip
def test_what_is_no_instant_is_none(text: str | None) -> None:
    assert instant(text) is None


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{0,12}[Z+-][0-9:]{0,6}"))
def test_no_text_makes_a_reader_of_dates_raise(text: str) -> None:
    valid_day(text)
    instant(text)
    washington_day(text)
    action_instant(text, text)
    action_instant("2025-03-27", text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-27T04:00:00Z", "2025-03-27"),  # midnight in summer
        ("2025-01-20T05:00:00Z", "2025-01-20"),  # midnight in winter
        ("2025-01-20T04:00:00Z", "2025-01-20"),  # written with the other season's offset
        ("2025-01-20T00:00:00Z", "2025-01-20"),
        ("2025-01-20T00:00:00.000+00:00", "2025-01-20"),
        ("2025-03-27", "2025-03-27"),
        ("2025-03-28T01:30:00Z", "2025-03-27"),  # an evening in Washington
        ("2025-03-27T23:30:00-04:00", "2025-03-27"),
        ("2025-02-30T04:00:00Z", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_day_written_as_midnight_in_utc_is_that_day(text: str | None, day: str | None) -> None:
    assert washington_day(text) == (date.fromisoformat(day) if day else None)


def test_an_action_is_timed_by_washingtons_clock() -> None:
    assert action_instant("2025-03-11", "17:54:00") == datetime(2025, 3, 11, 21, 54, tzinfo=UTC)
    assert action_instant("2025-01-03", "17:54") == datetime(2025, 1, 3, 22, 54, tzinfo=UTC)
    assert action_instant("2025-03-09", "02:30:00") is not None  # an hour that the clock skipped
    for on, time in [
        ("2025-02-30", "17:54:00"),
        (None, "17:54:00"),
        ("2025-03-11", None),
        ("2025-03-11", "24:00:00"),
    ]:
        assert action_instant(on, time) is None


def test_today_is_washingtons_day() -> None:
    before = datetime.now(calendar.WASHINGTON).date()
    assert calendar.today() in (before, datetime.now(calendar.WASHINGTON).date())
