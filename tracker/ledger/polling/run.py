"""One poll of all sources; one that fails is marked with since when and why, and the others go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tracker.ledger import health, outside
from tracker.ledger.ended import end_congresses
from tracker.ledger.models import Source
from tracker.ledger.polling import further
from tracker.ledger.polling.congress_api import poll_congress_api
from tracker.ledger.polling.govinfo import poll_govinfo
from tracker.ledger.polling.lists import poll_lists
from tracker.ledger.polling.report import SourceReport
from tracker.ledger.polling.votes import poll_house, poll_senate
from tracker.sources.http import SourceError

Marks = dict[str, str | None]
Poll = Callable[..., Marks]


def poll(*, take_over: bool = False) -> list[SourceReport]:
    """Poll every source once, work off what is due, and let die what the calendar ended; answers a report a source.

    Safe beside other polls, and after one that was killed. `take_over` does not wait for leases of others, nor for the rest
    that this tracker gave a failing source of its own accord; it does for one that the source asked for.
    """
    plan: list[tuple[str, Any, Poll]] = [(health.GOVINFO, outside.govinfo(), poll_govinfo)]
    api = outside.congress_api()
    if api is not None:
        plan.append((health.CONGRESS_API, api, poll_congress_api))
    plan.append((health.LEGISLATORS, outside.legislators(), poll_lists))
    plan.append((health.HOUSE_CLERK, outside.house_clerk(), poll_house))
    plan.append((health.SENATE, outside.senate(), poll_senate))
    reports = [_one(name, source, ask, take_over) for name, source, ask in plan]
    reports += further.reports(take_over=take_over)
    end_congresses()
    return reports


def _one(name: str, source: Any, ask: Poll, take_over: bool) -> SourceReport:
    report, row = SourceReport(name), health.of(name)
    if _must_rest(row, take_over):
        assert row.rests_until is not None
        report.failures.append(f"{name}: rests until {row.rests_until:%H:%M UTC}: {row.error}")
        return report
    try:
        marks = ask(source, report, row.marks, take_over=take_over)
    except SourceError as error:
        if str(error) not in report.failures:
            report.failures.append(str(error))
        health.failed(name, error)
    else:
        if report.failures:
            health.failed(name, report.failures[0])
            Source.objects.filter(pk=name).update(marks=marks)
        elif report.not_due_until is None:
            health.answered(name, changed=report.has_news, marks=marks)
    return report


def _must_rest(row: Source, take_over: bool) -> bool:
    return health.rests(row, timezone.now()) and (row.rest_asked_for or not take_over)
