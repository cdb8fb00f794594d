"""The pace of a host, and what Retry-After asks for."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.conftest import NOON
from tracker.sources.pauses import Pace, seconds_to_wait


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = 100.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 6))
        self.at += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(sleep=clock.sleep, monotonic=lambda: clock.at)


def test_the_first_request_does_not_wait(pace: Pace, clock: Clock) -> None:
    pace.wait("a", 0.5)
    assert clock.slept == []


def test_the_next_one_waits_for_what_is_left(pace: Pace, clock: Clock) -> None:
    pace.wait("a", 0.5)
    clock.at += 0.2
    pace.wait("a", 0.5)
    assert clock.slept == [0.3]


def test_a_request_after_the_pace_does_not_wait(pace: Pace, clock: Clock) -> None:
    pace.wait("a", 0.5)
    clock.at += 0.5
    pace.wait("a", 0.5)
    assert clock.slept == []


def test_hosts_do_not_wait_for_one_another(pace: Pace, clock: Clock) -> None:
    pace.wait("a", 0.5)
    pace.wait("b", 0.5)
    assert clock.slept == []


def test_a_pace_of_nothing_never_waits(pace: Pace, clock: Clock) -> None:
    for _ in range(3):
        pace.wait("a", 0)
    assert clock.slept == []


def test_threads_share_the_pace() -> None:
    """Five threads ask at once: each takes its own place in the queue."""
    slept: list[float] = []
    pace = Pace(sleep=slept.append, monotonic=lambda: 100.0)
    threads = [threading.Thread(target=pace.wait, args=("a", 0.5)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == [0.5, 1.0, 1.5, 2.0]


@given(st.integers(1, 10**9))
def test_seconds_are_seconds(seconds: int) -> None:
    assert seconds_to_wait(f" {seconds} ", date=None, now=NOON) == seconds


@given(st.integers(1, 10**8))
def test_a_date_ahead_is_the_time_until_then(seconds: int) -> None:
    until = format_datetime(NOON + timedelta(seconds=seconds), usegmt=True)
    assert seconds_to_wait(until, date=None, now=NOON) == seconds
    written = format_datetime(datetime(2020, 1, 1, tzinfo=UTC), usegmt=True)
    later = format_datetime(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds), usegmt=True)
    assert seconds_to_wait(later, date=written, now=NOON) == seconds


@given(st.text() | st.sampled_from([None, "soon", "-5", "0", "Mon, 02 Mar 2026 12:00:00 GMT", "١٢"]))
def test_nothing_else_asks_for_anything(text: str | None) -> None:
    wait = seconds_to_wait(text, date=text, now=NOON)
    assert wait is None or (text is not None and text.strip().isdigit() and wait > 0)
