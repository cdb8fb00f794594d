"""Files that are due: one that cannot be stored does not keep its neighbours waiting."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from tests.builders import billstatus
from tracker.ledger import due, health
from tracker.ledger.models import DueFetch, Measure, measure_pk
from tracker.ledger.polling import fetching
from tracker.ledger.polling.report import SourceReport

pytestmark = pytest.mark.django_db


class Source:
    """Answers any measure's file."""

    def measure_file(
        self, congress: int, type: str, number: int, **validators: str | None
    ) -> SimpleNamespace:
        return SimpleNamespace(
            body=billstatus(number), url="x", fetched_at=datetime.now(UTC), etag=None, last_modified=None
        )


def test_a_measure_that_the_database_refuses_is_set_aside_and_the_others_are_taken(monkeypatch) -> None:
    now = datetime.now(UTC)
    health.of(health.GOVINFO)
    due.want({measure_pk(119, "sres", number): "2025-01-01" for number in (1, 2, 3)}, "listed", now)
    apply = fetching.apply

    def refusing(documents, **how):
        if documents[0].number == 2:
            raise IntegrityError("UNIQUE constraint failed: ledger_subject.position\nwith more lines")
        return apply(documents, **how)

    monkeypatch.setattr(fetching, "apply", refusing)
    report = SourceReport(health.GOVINFO)
    fetching.fetch_due(Source(), report)
    assert sorted(Measure.objects.values_list("number", flat=True)) == [1, 3]
    row = DueFetch.objects.get()
    assert (row.pk, row.set_aside) == (measure_pk(119, "sres", 2), True)
    (line,) = report.failures
    assert line.startswith("govinfo: 119/sres/2: cannot be stored, set aside: UNIQUE constraint failed")
    assert "\n" not in line

    monkeypatch.setattr(fetching, "apply", apply)
    due.want({row.pk: "2025-01-02"}, "listed", now)  # listed under a newer stamp
    fetching.fetch_due(Source(), report)
    assert not DueFetch.objects.exists()
