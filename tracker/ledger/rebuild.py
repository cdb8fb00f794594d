"""Everything derived, written anew from the documents in force. The ledger is read, and never written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max, Min

from tracker.congress import calendar
from tracker.ledger import bulk, chain, people, rows, search
from tracker.ledger.apply import measure_row
from tracker.ledger.derived import derive
from tracker.ledger.models import ChangeEvent, Document, Measure
from tracker.ledger.readings import record_of
from tracker.records.keys import action_keys

_BATCH = 25


def rebuild(
    progress: Callable[[int, int], None] = lambda done, total: None, *, today: date | None = None
) -> int:
    """Write rows, statuses, counts and the search index of every measure anew; answers how many measures.

    A measure whose own row is gone comes back, from the last document that an event names. May be killed and run again.
    """
    today = today or calendar.today()
    every = sorted({*ChangeEvent.objects.values_list("measure_id", flat=True).distinct()})
    done = 0
    for pks in bulk.chunks(every, _BATCH):
        rebuild_measures(pks, today=today)
        done += len(pks)
        progress(done, len(every))
    with transaction.atomic():
        chain.lock()
        search.prune()
    return done


def rebuild_measures(pks: Sequence[int], *, today: date) -> None:
    """Write everything derived of these measures anew, in one transaction."""
    with transaction.atomic():
        chain.lock()
        _restore(pks)
        measures = Measure.objects.select_related("document").in_bulk(pks)
        fresh, entries, records = [], [], []
        for pk, measure in measures.items():
            record = record_of(measure.document)
            keys = action_keys(record.actions)
            rows.clear(pk)
            fresh.append(rows.rows_of(pk, record, keys))
            entries.append(search.entry(pk, record))
            records.append(record)
            Measure.objects.filter(pk=pk).update(
                **derive(record, keys, today).columns, updated_at=record.updated_at
            )
        rows.insert(fresh)
        search.write(entries, measures)
        people.note(records)


def _restore(pks: Iterable[int]) -> None:
    """Put back the rows of measures that the ledger knows and the table lacks."""
    lost = set(pks) - set(Measure.objects.filter(pk__in=pks).values_list("pk", flat=True))
    for pk in sorted(lost):
        events = ChangeEvent.objects.filter(measure_id=pk).of_official_record()
        shown = events.exclude(document_id=None)
        document = Document.objects.get(pk=shown.order_by("-id").values_list("document_id", flat=True)[0])
        record = record_of(document)
        derived = derive(record, action_keys(record.actions), calendar.today())
        spans = events.aggregate(first=Min("observed_at"), last=Max("observed_at"), event=Max("id"))
        row = measure_row(
            pk,
            document.source,
            document.sha256,
            record,
            derived,
            bulk.instant(spans["first"]),
            spans["event"],
        )
        bulk.insert(Measure, bulk.columns_of(Measure), [row])
        Measure.objects.filter(pk=pk).update(changed_at=spans["last"])
