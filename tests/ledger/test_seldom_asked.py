"""The lists of members are asked once a day; a poll between two asks claims no answer that nobody gave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.pages.reading import first_words
from tracker.ledger import health, outside
from tracker.ledger.models import Source
from tracker.ledger.polling import run

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 24, 6, tzinfo=UTC)


class Lists:
    """Lists that have not changed, and count how often they are asked."""

    asked = 0

    def file(self, name: str, etag: str | None, last_modified: str | None) -> None:
        self.asked += 1


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Lists:
    lists = Lists()
    monkeypatch.setattr(outside, "legislators", lambda: lists)
    for name in ("poll_govinfo", "poll_house", "poll_senate"):
        monkeypatch.setattr(run, name, lambda source, report, marks, **_: marks)
    return lists


def _poll(at: datetime) -> str:
    with time_machine.travel(at, tick=False):
        reports = {report.source: report for report in run.poll(take_over=True)}
        return reports[health.LEGISLATORS].line()


def test_a_poll_between_two_asks_says_so_and_leaves_the_health_as_it_was(lists: Lists) -> None:
    _poll(MORNING)
    asked = lists.asked
    line = _poll(MORNING + timedelta(hours=5))
    assert line == "legislators: asked lately, not due again until 2026-11-25 02:00 UTC"
    assert lists.asked == asked
    row = Source.objects.get(name=health.LEGISLATORS)
    assert (row.asked_at, row.answered_at) == (MORNING, MORNING)


def test_a_day_later_they_are_asked_again(lists: Lists) -> None:
    _poll(MORNING)
    asked = lists.asked
    _poll(MORNING + timedelta(hours=21))
    assert lists.asked == 2 * asked
    assert Source.objects.get(name=health.LEGISLATORS).answered_at == MORNING + timedelta(hours=21)


def test_what_is_asked_once_a_day_is_not_called_silent_within_it(lists: Lists) -> None:
    _poll(MORNING)
    _poll(later := MORNING + timedelta(hours=5))
    with time_machine.travel(later):
        page = Client().get("/sources/").content.decode()
    assert first_words(page, "h1") == "All four sources answered within the last 5 hours"
