"""A measure with its text, as key points need it."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.api.holding import hold, record
from tests.texts import printed
from tracker.ledger.models import Measure
from tracker.texts.clauses import clauses_of
from tracker.texts.keeping import Arrived, keep
from tracker.texts.models import MeasureText

NOW = datetime(2025, 4, 1, 12, tzinfo=UTC)
TITLE = "Honoring those who keep the banks of rivers."


def with_text() -> Measure:
    """S.Res. 145 of the 119th, introduced and referred, with its text held: three paragraphs."""
    hold(record("119/sres/145", title=TITLE))
    measure = Measure.objects.get(number=145, congress=119)
    arrive(measure)
    return measure


def arrive(measure: Measure) -> None:
    """The text of a measure as it was introduced comes, and is held from now on."""
    row = MeasureText.objects.create(
        measure=measure, version="is", package="BILLS-119sres145is", seen_at=NOW, due_at=NOW
    )
    keep([Arrived(row, printed.bill_dtd(), "https://www.govinfo.gov/x.xml", NOW)], NOW)


def tie(measure: Measure, anchor: str) -> str:
    """A clause of its text as one value of a form."""
    text = clauses_of(measure.pk)
    assert text is not None
    clause = text.clause(anchor)
    assert clause is not None
    return f"clause|{text.version}|{anchor}|{clause.digest}"
