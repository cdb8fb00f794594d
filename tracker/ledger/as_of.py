"""Both clocks: a measure as this tracker knew it at some moment (`as_of`), and as it officially stood on some day (`on`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.congress import calendar
from tracker.congress.stages import Status
from tracker.ledger.derived import status_of
from tracker.ledger.models import ChangeEvent, Document, Measure
from tracker.ledger.readings import record_of
from tracker.records.model import MeasureRecord
from tracker.records.on_day import on_day


class NotKnownYet(LookupError):
    """The measure was first seen after the moment asked for, at `seen_at`; or it began after the day asked for."""

    def __init__(self, seen_at: datetime | date) -> None:
        super().__init__(f"known since {seen_at.isoformat()}")
        self.seen_at = seen_at


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure as a page or an API answer draws it; the same shape for now and for both clocks.

    `measure` is the row of today, for what does not depend on the moment; everything else is of the moment shown.
    """

    measure: Measure
    record: MeasureRecord
    status: Status
    document: Document
    as_of: datetime | None = None
    on: date | None = None


def end_of_day(day: date) -> datetime:
    """The last second of a day in UTC: what `?as_of=2025-05-01` means."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(seconds=1)


def shown(measure: Measure, *, as_of: datetime | None = None, on: date | None = None) -> Shown:
    """The measure now; as known at the instant `as_of`; or as it officially stood at the end of the day `on`.

    With both, what was known at the one of the other. A moment still to come shows what is so today. Raises NotKnownYet before it was first seen, or introduced.
    """
    document = _in_force(measure, as_of)
    record = record_of(document)
    today = calendar.today()
    day = today if as_of is None else min(today, as_of.astimezone(calendar.WASHINGTON).date())
    if on is not None:
        began = calendar.valid_day(record.introduced_on)
        if began is not None and on < began:
            raise NotKnownYet(began)
        record, day = on_day(record, on), min(today, on)
    return Shown(measure, record, status_of(record, day), document, as_of, on)


def _in_force(measure: Measure, as_of: datetime | None) -> Document:
    if as_of is None:
        return Document.objects.get(pk=measure.document_id)
    last = (
        ChangeEvent.objects.filter(measure=measure, observed_at__lte=as_of, document_id__isnull=False)
        .of_official_record()
        .order_by("-id")
        .values_list("document_id", flat=True)
        .first()
    )
    if last is None:
        raise NotKnownYet(measure.seen_at)
    return Document.objects.get(pk=last)
