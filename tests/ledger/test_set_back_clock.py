"""A clock that was wrong and is set back: nothing that was noted under it holds anything up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tracker.ledger import due, health
from tracker.ledger.models import DueFetch, Source
from tracker.ledger.polling.lately import lately

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 1, 12, tzinfo=UTC)
AHEAD = (timedelta(hours=1), timedelta(days=1), timedelta(days=3650))


@pytest.fixture(params=AHEAD, ids=lambda ahead: f"{ahead.days} days, {ahead.seconds} s")
def wrong(request: pytest.FixtureRequest) -> datetime:
    return NOW + request.param


def test_the_turn_to_poll_is_free_again(wrong: datetime) -> None:
    half = timedelta(minutes=7)
    assert Source.objects.claim(health.GOVINFO, wrong - half, wrong)
    assert Source.objects.claim(health.GOVINFO, NOW - half, NOW)
    assert not Source.objects.claim(health.GOVINFO, NOW - half, NOW + timedelta(seconds=1))


def test_a_source_that_rested_is_asked(wrong: datetime) -> None:
    with time_machine.travel(wrong, tick=False):
        for _ in range(9):
            health.failed(health.GOVINFO, "no answer")
        assert health.rests(health.of(health.GOVINFO), wrong)
    assert not health.rests(health.of(health.GOVINFO), NOW)


def test_a_clock_put_right_by_seconds_ends_no_rest() -> None:
    with time_machine.travel(NOW, tick=False):
        for _ in range(9):
            health.failed(health.GOVINFO, "no answer")
    assert health.rests(health.of(health.GOVINFO), NOW - timedelta(seconds=5))
    assert lately(NOW, timedelta(hours=1), NOW - timedelta(seconds=5))


def test_files_that_were_noted_and_leased_are_taken_up(wrong: datetime) -> None:
    with time_machine.travel(wrong, tick=False):
        due.want({1: "a", 2: "b"}, "listed", wrong)
        assert len(due.lease(wrong)) == 2  # by a worker that was killed
        due.want({3: "c"}, "listed", wrong)
    with time_machine.travel(NOW, tick=False):
        assert DueFetch.objects.ready(NOW).count() == 3
        assert len(due.lease(NOW)) == 3
        assert due.lease(NOW) == []  # and leases hold as they do


def test_what_one_poll_put_off_waits_for_the_next() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        due.want({1: "a"}, "listed", NOW)
        assert due.lease(NOW)
        clock.shift(5)
        due.postpone(1, "a", "no answer", NOW + timedelta(seconds=5))
        assert due.lease(NOW) == []


def test_what_is_asked_seldom_is_asked_again(wrong: datetime) -> None:
    day = timedelta(days=1)
    assert not lately(wrong, day, NOW)
    assert not lately(None, day, NOW)
    assert lately(NOW - timedelta(hours=23), day, NOW)
    assert not lately(NOW - day, day, NOW)
