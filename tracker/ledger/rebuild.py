"""Everything derived, written anew from the documents in force. The ledger is read, and never written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import bulk, chain, lists, people, rows, search
from tracker.ledger.batch import measure_row, origin_of
from tracker.ledger.derived import derive
from tracker.ledger.models import ChangeEvent, Document, Measure
from tracker.ledger.models.measures import measure_key
from tracker.ledger.readings import record_of
from tracker.records.keys import action_keys
from tracker.records.model import MeasureRecord

_BATCH = 25


def rebuild(
    progress: Callable[[int, int], None] = lambda done, total: None, *, today: date | None = None
) -> int:
    """Write rows, statuses, counts and the search index of every measure anew, and take away what is of no measure;
    members and committees too, from the lists kept.

    Answers how many measures.

    A measure whose own row is gone comes back, from the last document that an event names. May be killed and run again.
    """
    today = today or calendar.today()
    every = sorted(ChangeEvent.objects.named_measures())
    done = 0
    lists.take_anew()
    for pks in bulk.chunks(every, _BATCH):
        rebuild_measures(pks, today=today)
        done += len(pks)
        progress(done, len(every))
    prune()
    return done


def prune() -> None:
    """Take away rows and search entries of what is no measure held."""
    with transaction.atomic():
        chain.lock()
        rows.prune()
        search.prune()


def told(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The columns of measures' own rows that their ids and the ledger decide: who they are, since when known, when changed."""
    spans = (
        ChangeEvent.objects.filter(measure_id__in=pks)
        .order_by()
        .values("measure_id")
        .annotate(seen_at=Min("observed_at"), changed_at=Max("observed_at"), last_event=Max("id"))
    )
    presence = ChangeEvent.objects.filter(
        measure_id__in=pks, kind__in=(ChangeEvent.Kind.VANISHED, ChangeEvent.Kind.RETURNED)
    )
    absent = {event.measure_id: event for event in presence.order_by("id")}
    columns: dict[int, dict[str, Any]] = {}
    for span in spans:
        congress, type, number = measure_key(span["measure_id"]).split("/")
        gone = absent.get(span["measure_id"])
        columns[span["measure_id"]] = {
            "congress": int(congress),
            "type": type,
            "number": int(number),
            "seen_at": span["seen_at"],
            "changed_at": span["changed_at"],
            "last_event": span["last_event"],
            "vanished_at": gone.observed_at if gone and gone.kind == ChangeEvent.Kind.VANISHED else None,
        }
    return columns


def fallen_back(measures: Iterable[Measure]) -> dict[int, Document]:
    """By row id: the document that the ledger shows in force, where the one held is older: none ever goes backwards."""
    held = {m.pk: m.document for m in measures}
    last = (
        ChangeEvent.objects.filter(measure_id__in=held, document_id__isnull=False)
        .of_official_record()
        .order_by()
        .values("measure_id")
        .annotate(event=Max("id"))
    )
    events = ChangeEvent.objects.filter(pk__in=[row["event"] for row in last])
    named = dict(events.values_list("measure_id", "document_id"))
    documents = Document.objects.defer("packed").in_bulk(
        [sha256 for pk, sha256 in named.items() if held[pk].sha256 != sha256]
    )
    return {
        pk: documents[sha256]
        for pk, sha256 in named.items()
        if sha256 in documents and _is_older(held[pk], documents[sha256])
    }


def _is_older(document: Document, other: Document) -> bool:
    ours, theirs = calendar.instant(document.updated_at), calendar.instant(other.updated_at)
    return ours is not None and theirs is not None and ours < theirs <= timezone.now()


def columns_of(document: Document, record: MeasureRecord, keys: list[str], today: date) -> dict[str, Any]:
    """The columns of a measure's own row that its document in force decides. `keys` are its actions' keys."""
    origin = origin_of(document.source).value
    return derive(record, keys, today).columns | {"origin": origin, "updated_at": record.updated_at}


def rebuild_measures(pks: Sequence[int], *, today: date) -> None:
    """Write everything derived of these measures anew, in one transaction."""
    with transaction.atomic():
        chain.lock()
        known = told(pks)
        _restore(pks, known, today)
        measures = Measure.every.select_related("document").in_bulk(pks)
        behind = fallen_back(measures.values())
        fresh, columns, entries, records = [], {}, [], []
        for pk, measure in measures.items():
            measure.document = behind.get(pk, measure.document)
            record = record_of(measure.document)
            keys = action_keys(record.actions)
            fresh.append(rows.rows_of(pk, record, keys))
            entries.append(search.entry(pk, record))
            records.append(record)
            decided = columns_of(measure.document, record, keys, today)
            columns[pk] = {"document_id": measure.document.sha256} | decided
        bulk.update(Measure, columns)
        bulk.update(Measure, {pk: known[pk] for pk in measures.keys() & known.keys()})
        rows.clear(measures)
        rows.insert(fresh)
        search.write(entries, measures)
        people.note(records)


def _restore(pks: Iterable[int], known: dict[int, dict[str, Any]], today: date) -> None:
    """Put back the rows of measures that the ledger knows and the table lacks."""
    lost = set(pks) - set(Measure.every.filter(pk__in=pks).values_list("pk", flat=True))
    for pk in sorted(lost):
        shown = ChangeEvent.objects.filter(measure_id=pk).of_official_record().exclude(document_id=None)
        document = Document.objects.get(pk=shown.order_by("-id").values_list("document_id", flat=True)[0])
        record = record_of(document)
        row = measure_row(
            pk,
            document.source,
            document.sha256,
            record,
            derive(record, action_keys(record.actions), today),
            bulk.instant(known[pk]["seen_at"]),
            known[pk]["last_event"],
        )
        bulk.insert(Measure, bulk.columns_of(Measure), [row])
