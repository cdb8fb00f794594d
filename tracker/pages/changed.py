"""Changes as pages list them: newest first, by the day on which they were learned, a measure's own together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from tracker.congress.calendar import WASHINGTON
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.words import Told, tell

_OF_EVENT = ("kind", "subject", "before", "after", "occurred_on", "observed_at", "document_id")
_OF_MEASURE = ("congress", "type", "number", "title", "origin", "cosponsor_count", "cosponsors_by_party")


@dataclass(frozen=True, slots=True)
class Changed:
    """What one document changed in one measure."""

    measure: Measure
    lines: tuple[Told, ...]
    observed_at: datetime
    newest: int  # id of its last event

    @property
    def sign(self) -> str:
        return self.lines[0].sign

    @property
    def names_moved(self) -> bool:
        """Whether a name came or went, so that it is worth saying how many stand now."""
        return any(line.kind.startswith("cosponsor_") for line in self.lines)


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What was learned on one day in Washington."""

    day: date
    changed: tuple[Changed, ...]


def with_measures(events: QuerySet[ChangeEvent]) -> QuerySet[ChangeEvent]:
    """The same events, with what is shown of their measures in the same query."""
    return events.select_related("measure").only(
        *_OF_EVENT,
        *(f"measure__{name}" for name in _OF_MEASURE),
    )


def newest(limit: int) -> list[ChangeEvent]:
    """The last `limit` events that readers are told of, newest first. Costs one query."""
    return list(with_measures(ChangeEvent.objects.announced().order_by("-id"))[:limit])


def change_days(events: Iterable[ChangeEvent], limit: int | None = None) -> list[ChangedDay]:
    """Events, newest first, as days of changed measures; of these at most `limit`."""
    groups = []
    for _, of_document in groupby(events, key=_of_one_document):
        if len(groups) == limit:
            break
        several = list(of_document)
        groups.append(_changed(several))
    return [
        ChangedDay(day, tuple(same_day))
        for day, same_day in groupby(
            groups, key=lambda group: group.observed_at.astimezone(WASHINGTON).date()
        )
    ]


def whole_documents(events: Sequence[ChangeEvent], size: int) -> list[ChangeEvent]:
    """Of `size` + 1 events the first that make a page: one that does not end in the middle of a document.

    A document of more events than a page holds is cut all the same.
    """
    if len(events) <= size:
        return list(events)
    page = list(events[:size])
    begun = _of_one_document(events[size])
    kept = [event for event in page if _of_one_document(event) != begun]
    return kept or page


def _of_one_document(event: ChangeEvent) -> tuple[int, str | None, datetime]:
    return event.measure_id, event.document_id, event.observed_at


def _changed(events: Sequence[ChangeEvent]) -> Changed:
    first = events[0]
    return Changed(first.measure, tuple(tell(reversed(events))), first.observed_at, first.pk)
